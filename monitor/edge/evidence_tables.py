"""The tables of evidence: a row a look that is kept, and each body once, whatever looks it belongs to."""

import sqlalchemy as sa

from monitor.edge.cells import Moment
from monitor.edge.tables import metadata

# `record` is the evidence without its bodies, packed; `seal` is its SHA-256, by which a later change shows.
evidence = sa.Table(
    "evidence",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("column_id", sa.ForeignKey("column.id"), nullable=False),
    sa.Column("at", Moment, nullable=False),
    sa.Column("ground", sa.String(16), nullable=False),
    sa.Column("record", sa.LargeBinary, nullable=False),
    sa.Column("seal", sa.String(64), nullable=False),
    sa.Index("ix_evidence_column_at", "column_id", "at"),
    sa.Index("ix_evidence_ground_at", "ground", "at"),
)

# Bodies by their SHA-256. `last_at` is the last look that kept it.
kept_body = sa.Table(
    "kept_body",
    metadata,
    sa.Column("sha256", sa.String(64), primary_key=True),
    sa.Column("size", sa.Integer, nullable=False),  # bytes, unpacked
    sa.Column("taken", sa.Integer, nullable=False),  # bytes, packed
    sa.Column("last_at", Moment, nullable=False),
    sa.Column("packed", sa.LargeBinary, nullable=False),
)

evidence_body = sa.Table(
    "evidence_body",
    metadata,
    sa.Column("evidence_id", sa.ForeignKey("evidence.id"), primary_key=True),
    sa.Column("sha256", sa.ForeignKey("kept_body.sha256"), primary_key=True),
    sa.Index("ix_evidence_body_sha256", "sha256"),
)
