"""The tables of signs that dates may not be honest: a row a suspicion, and one for each decision of a person."""

import sqlalchemy as sa

from monitor.edge.cells import Moment
from monitor.edge.tables import metadata

suspicion = sa.Table(
    "suspicion",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("column_id", sa.ForeignKey("column.id"), nullable=False),
    sa.Column("key", sa.String(32), nullable=False),  # digest of the sign and its entries: decided once, it stays so
    sa.Column("sign", sa.String(32), nullable=False),
    sa.Column("noticed", sa.Date, nullable=False),
    sa.Column("entries", sa.JSON, nullable=False),  # title, address and day of each
    sa.Column("known", sa.JSON, nullable=False),  # the older days that speak against them
    sa.Column("found", Moment, nullable=False),
    sa.Column("state", sa.String(16), nullable=False),
    sa.Column("decided", Moment),
    sa.Column("reason", sa.Text, nullable=False, default=""),
    sa.UniqueConstraint("column_id", "key"),
    sa.Index("ix_suspicion_state", "state"),
)

# Each decision, so that a past verdict is told with what was confirmed by then.
decision = sa.Table(
    "decision",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("suspicion_id", sa.ForeignKey("suspicion.id"), nullable=False, index=True),
    sa.Column("at", Moment, nullable=False),
    sa.Column("confirmed", sa.Boolean, nullable=False),
)
