"""When a look first named a newer entry of a column that is late all the same."""

import sqlalchemy as sa
from alembic import op

from monitor.edge.cells import Moment

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("finding", sa.Column("moved", Moment(), nullable=True))
