"""Unseen columns, outages and marks."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "outage",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(), nullable=False),
        sa.Column("last_at", sa.DateTime(), nullable=False),
        sa.Column("rounds", sa.Integer(), nullable=False),
        sa.Column("trouble", sa.String(length=32), nullable=False),
        sa.Column("down", sa.DateTime(), nullable=True),
        sa.Column("ended", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_outage_site_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outage")),
        sa.UniqueConstraint("site_id", "since", name=op.f("uq_outage_site_id_since")),
    )
    op.create_table(
        "unseen",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("column_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(), nullable=False),
        sa.Column("last_at", sa.DateTime(), nullable=False),
        sa.Column("looks", sa.Integer(), nullable=False),
        sa.Column("trouble", sa.String(length=32), nullable=False),
        sa.Column("gone_since", sa.DateTime(), nullable=True),
        sa.Column("gone_looks", sa.Integer(), nullable=False),
        sa.Column("concern", sa.String(length=16), nullable=True),
        sa.Column("opened", sa.DateTime(), nullable=True),
        sa.Column("ended", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["column_id"], ["column.id"], name=op.f("fk_unseen_column_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unseen")),
        sa.UniqueConstraint("column_id", "since", name=op.f("uq_unseen_column_id_since")),
    )
    with op.batch_alter_table("column", schema=None) as batch_op:
        batch_op.add_column(sa.Column("marks", sa.JSON(none_as_null=True), nullable=True))

    with op.batch_alter_table("site", schema=None) as batch_op:
        batch_op.add_column(sa.Column("site_code", sa.String(length=32), nullable=True))
