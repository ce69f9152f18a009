"""Why a look that was due is due later: a round that is played must not take it for a failure."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("column") as table:
        table.add_column(sa.Column("put_off", sa.String(16), nullable=True))
