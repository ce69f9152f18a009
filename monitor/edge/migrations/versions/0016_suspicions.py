"""Signs that dates may not be honest, and entries whose day a person has found to be false."""

import sqlalchemy as sa
from alembic import op

from monitor.edge.cells import Moment

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "suspicion",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("column_id", sa.Integer, sa.ForeignKey("column.id"), nullable=False),
        sa.Column("key", sa.String(32), nullable=False),
        sa.Column("sign", sa.String(32), nullable=False),
        sa.Column("noticed", sa.Date, nullable=False),
        sa.Column("entries", sa.JSON, nullable=False),
        sa.Column("known", sa.JSON, nullable=False),
        sa.Column("found", Moment, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("decided", Moment),
        sa.Column("reason", sa.Text, nullable=False),
        sa.UniqueConstraint("column_id", "key"),
    )
    op.create_index("ix_suspicion_state", "suspicion", ["state"])
    with op.batch_alter_table("entry") as table:
        table.add_column(sa.Column("forged", sa.Boolean, nullable=True))
