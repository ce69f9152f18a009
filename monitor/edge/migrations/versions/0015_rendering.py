"""Columns whose pages a browser builds."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("column", sa.Column("render", sa.JSON(), nullable=True))
