"""The tables of last pages, and of what stands while they stay as they are."""

import sqlalchemy as sa

from monitor.edge.cells import Moment
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

# What a column's look writes while the last page stays as it is, and for which days: then nothing else is needed of it.
# Whatever else its verdict rests on takes the row away when it changes (docs/decisions/0032).
glance = sa.Table(
    "glance",
    metadata,
    sa.Column("column_id", sa.ForeignKey("column.id"), primary_key=True),
    sa.Column("since", sa.Date, nullable=False),  # by the site's local time
    sa.Column("until", sa.Date, nullable=False),
    sa.Column("judged_by", sa.String(32), nullable=False),  # the version of what reads and judges
    sa.Column("verdict_id", sa.Integer, nullable=False),  # the stretch that is lengthened
    sa.Column("reading_id", sa.Integer, nullable=False),
    sa.Column("measure_id", sa.Integer, nullable=False),
    sa.Column("method", sa.String(64), nullable=False),
    sa.Column("confidence", sa.Float, nullable=False),
    sa.Column("content_type", sa.Text, nullable=False),
    sa.Column(
        "read_at", Moment
    ),  # of the look, if it wrote entries: a later one that found the page as it was settles their dates
)
