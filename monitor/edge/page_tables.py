"""The table of last pages."""

import sqlalchemy as sa

from monitor.edge.tables import metadata

# The page that last came whole at a column's address: what its server gave to ask by, and what it was.
last_page = sa.Table(
    "last_page",
    metadata,
    sa.Column("column_id", sa.ForeignKey("column.id"), primary_key=True),
    sa.Column("source", sa.Text, nullable=False),  # the column's address
    sa.Column("url", sa.Text, nullable=False),  # the address that answered
    sa.Column("etag", sa.Text, nullable=False),
    sa.Column("modified", sa.Text, nullable=False),
    sa.Column("digest", sa.String(64), nullable=False),
    sa.Column("day", sa.Date, nullable=False),
    sa.Column("terms", sa.String(16), nullable=False),
    sa.Column("lied", sa.Boolean, nullable=False),
)
