"""From which day on a column's history is complete."""

import sqlalchemy as sa
from alembic import op

from monitor.edge.cells import Moment

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("look_back", sa.Column("since", sa.Date(), nullable=True))
    op.add_column("look_back", sa.Column("before_gap", sa.Date(), nullable=True))
    op.create_table(
        "coverage",
        sa.Column("column_id", sa.Integer(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["column_id"], ["column.id"], name=op.f("fk_coverage_column_id")),
        sa.PrimaryKeyConstraint("column_id", "at", name=op.f("pk_coverage")),
    )
