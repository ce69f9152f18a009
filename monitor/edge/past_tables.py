"""The tables by which a past verdict can be told again: what was read at each look, and what it was measured by."""

import sqlalchemy as sa

from monitor.edge.cells import Moment
from monitor.edge.tables import metadata

# What surely stood in a column's list, once for all the looks that read the same; packed against a base where it is
# like it. NULL: it is a base itself.
reading = sa.Table(
    "reading",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("column_id", sa.ForeignKey("column.id"), nullable=False),
    sa.Column("digest", sa.String(32), nullable=False),
    sa.Column("base_id", sa.Integer),
    sa.Column("packed", sa.LargeBinary, nullable=False),
    sa.UniqueConstraint("column_id", "digest"),
)

# What the register said of a column when it was looked at, as far as a verdict depends on it.
measure = sa.Table(
    "measure",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("column_id", sa.ForeignKey("column.id"), nullable=False),
    sa.Column("digest", sa.String(32), nullable=False),
    sa.Column("source", sa.Text, nullable=False),  # the column's address
    sa.Column("duty", sa.JSON, nullable=False),
    sa.Column("opened", sa.Date),
    sa.Column("timezone", sa.Text, nullable=False),
    sa.UniqueConstraint("column_id", "digest"),
)

# From which day on the history at an address was complete, from a look on, with the older pages that followed it.
coverage = sa.Table(
    "coverage",
    metadata,
    sa.Column("column_id", sa.ForeignKey("column.id"), primary_key=True),
    sa.Column("at", Moment, primary_key=True),
    sa.Column("source", sa.Text, nullable=False),  # the column's address
    sa.Column("since", sa.Date, nullable=False),
)
