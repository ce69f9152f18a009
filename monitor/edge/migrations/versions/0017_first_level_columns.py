"""Which columns are first-level ones."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("column", sa.Column("first_level", sa.Boolean(), nullable=True))
