"""What each look read, and what it was measured by: a past verdict can be told again."""

import sqlalchemy as sa
from alembic import op

from monitor.edge.cells import Moment

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "reading",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("column_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(32), nullable=False),
        sa.Column("base_id", sa.Integer(), nullable=True),
        sa.Column("packed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["column_id"], ["column.id"], name=op.f("fk_reading_column_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reading")),
        sa.UniqueConstraint("column_id", "digest", name=op.f("uq_reading_column_id_digest")),
    )
    op.create_table(
        "measure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("column_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(32), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("duty", sa.JSON(), nullable=False),
        sa.Column("opened", sa.Date(), nullable=True),
        sa.Column("timezone", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["column_id"], ["column.id"], name=op.f("fk_measure_column_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_measure")),
        sa.UniqueConstraint("column_id", "digest", name=op.f("uq_measure_column_id_digest")),
    )
    op.create_table(
        "decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("suspicion_id", sa.Integer(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("confirmed", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["suspicion_id"], ["suspicion.id"], name=op.f("fk_decision_suspicion_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
    )
    op.create_index("ix_decision_suspicion_id", "decision", ["suspicion_id"])
    op.add_column("observation", sa.Column("reading_id", sa.Integer(), nullable=True))
    op.add_column("observation", sa.Column("measure_id", sa.Integer(), nullable=True))
