"""What stands while a column's page stays as it is; and which entries were read on older pages alone."""

import sqlalchemy as sa
from alembic import op

from monitor.edge.cells import Moment

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "glance",
        sa.Column("column_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("judged_by", sa.String(length=32), nullable=False),
        sa.Column("verdict_id", sa.Integer(), nullable=False),
        sa.Column("reading_id", sa.Integer(), nullable=False),
        sa.Column("measure_id", sa.Integer(), nullable=False),
        sa.Column("method", sa.String(length=64), nullable=False),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("content_type", sa.Text(), nullable=False),
        sa.Column("read_at", Moment(), nullable=True),
        sa.ForeignKeyConstraint(["column_id"], ["column.id"], name=op.f("fk_glance_column_id")),
        sa.PrimaryKeyConstraint("column_id", name=op.f("pk_glance")),
    )
    op.add_column("entry", sa.Column("older", sa.Boolean(), nullable=True))
