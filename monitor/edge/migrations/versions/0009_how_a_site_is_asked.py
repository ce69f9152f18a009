"""How a site is asked: concurrency, daily cap, hours, authority over robots.txt."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("site") as table:
        table.add_column(sa.Column("access", sa.JSON(none_as_null=True), nullable=True))
