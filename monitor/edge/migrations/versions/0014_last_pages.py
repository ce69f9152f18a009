"""Last pages."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "last_page",
        sa.Column("column_id", sa.Integer(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("etag", sa.Text(), nullable=False),
        sa.Column("modified", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("terms", sa.String(length=16), nullable=False),
        sa.Column("lied", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["column_id"], ["column.id"], name=op.f("fk_last_page_column_id")),
        sa.PrimaryKeyConstraint("column_id", name=op.f("pk_last_page")),
    )
    with op.batch_alter_table("observation") as batch_op:
        batch_op.alter_column(
            "body_hash", existing_type=sa.String(length=32), type_=sa.String(length=64), existing_nullable=True
        )
