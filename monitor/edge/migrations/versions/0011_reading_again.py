"""Reading again."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "learnt",
        sa.Column("column_id", sa.Integer(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("kept", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["column_id"], ["column.id"], name=op.f("fk_learnt_column_id")),
        sa.PrimaryKeyConstraint("column_id", name=op.f("pk_learnt")),
    )
    op.create_table(
        "redesign",
        sa.Column("column_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["column_id"], ["column.id"], name=op.f("fk_redesign_column_id")),
        sa.PrimaryKeyConstraint("column_id", "at", name=op.f("pk_redesign")),
    )
    with op.batch_alter_table("redesign") as batch_op:
        batch_op.create_index("ix_redesign_at", ["at"], unique=False)
    with op.batch_alter_table("observation") as batch_op:
        batch_op.add_column(sa.Column("way", sa.String(length=16), nullable=True))
