"""The tables. Moments are UTC, dates are local to the site; nothing here can be computed from something else here."""

import sqlalchemy as sa

from monitor.edge.cells import Moment, Packed

NAMES = {
    "pk": "pk_%(table_name)s",
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
}
metadata = sa.MetaData(naming_convention=NAMES)

unit = sa.Table(
    "unit",
    metadata,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("group", sa.String(32), nullable=False),
    sa.Column("has_site", sa.Boolean, nullable=False),
)

site = sa.Table(
    "site",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("name", sa.Text, nullable=False, unique=True),
    sa.Column("home", sa.Text, nullable=False),
    sa.Column("unit", sa.Text, nullable=False),
    sa.Column("group", sa.String(32), nullable=False),
    sa.Column("officer_name", sa.Text, nullable=False),
    sa.Column("officer_email", sa.Text, nullable=False),
    sa.Column("language", sa.String(16), nullable=False),
    sa.Column("timezone", sa.Text, nullable=False),
    sa.Column("allow_networks", sa.Text, nullable=False),  # CIDR, comma-separated
    sa.Column("spacing", sa.Float, nullable=False),  # seconds between two requests
    sa.Column("access", sa.JSON(none_as_null=True)),  # how it may be asked besides; NULL: as any site
    sa.Column("active", sa.Boolean, nullable=False),  # False once it has left the admins' folder
    sa.Column("next_probe", Moment),  # of the home page; NULL: not planned yet
    sa.Column("weak_tls", sa.JSON(none_as_null=True)),  # what is borne of its HTTPS, and why
    sa.Column("site_code", sa.String(32)),  # 网站标识码, where the register has it
)

# A column's row holds its duty as the book states it and where its watch stands: the next look and who has claimed it.
column = sa.Table(
    "column",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("site_id", sa.ForeignKey("site.id"), nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("url", sa.Text, nullable=False),
    sa.Column("host", sa.Text, nullable=False),  # name:port, the unit of politeness
    sa.Column("category", sa.String(64), nullable=False),
    sa.Column("duty", sa.JSON, nullable=False),
    sa.Column("opened", sa.Date),
    sa.Column("first_level", sa.Boolean),  # 一级栏目; NULL: nobody has said so
    sa.Column("recipe", sa.JSON(none_as_null=True)),  # how the admin says that its page is to be read
    sa.Column("render", sa.JSON(none_as_null=True)),  # a browser builds its page, which may ask these hosts
    sa.Column("active", sa.Boolean, nullable=False),
    sa.Column("next_look", Moment),  # NULL: never looked at, due at once
    sa.Column("failures", sa.Integer, nullable=False, default=0),  # troubles in a row
    sa.Column("put_off", sa.String(16)),  # why the look that was due is due later; NULL once it was recorded
    sa.Column("lease", sa.String(32)),  # the batch that has claimed the look
    sa.Column("verdict_id", sa.Integer),  # the present stretch
    sa.Column("marks", sa.JSON(none_as_null=True)),  # what its page said of itself when last read, and at which address
    sa.UniqueConstraint("site_id", "name"),
    sa.Index("ix_column_due", "active", "next_look"),
    sa.Index("ix_column_lease", "lease"),
)

# A batch is one claim of many looks, sent as one task. `at` is the moment it stands for, NULL for the clock's.
batch = sa.Table(
    "batch",
    metadata,
    sa.Column("token", sa.String(32), primary_key=True),
    sa.Column("origin", sa.Text, nullable=False),  # the run that made it: it frees what its dead workers held
    sa.Column("at", Moment),
    sa.Column("until", Moment, nullable=False),  # by the wall clock; past it the claim is void
)

observation = sa.Table(
    "observation",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("column_id", sa.ForeignKey("column.id"), nullable=False),
    sa.Column("at", Moment, nullable=False),
    sa.Column("batch", sa.String(32), nullable=False),
    sa.Column("trouble", sa.String(32)),
    sa.Column("detail", sa.Text, nullable=False),
    sa.Column("status", sa.Integer),  # of HTTP
    sa.Column("body_hash", sa.String(64)),
    sa.Column("method", sa.String(64)),
    sa.Column("way", sa.String(16)),  # in full, by what was learnt of the page, or not at all: unchanged
    sa.Column("confidence", sa.Float),
    sa.Column("entries", sa.Integer),  # how many were listed
    sa.Column("reading_id", sa.Integer),  # what surely stood in the list
    sa.Column("measure_id", sa.Integer),  # NULL: an older program looked, which kept neither
    sa.UniqueConstraint("column_id", "batch"),  # each look is recorded once
    sa.Index("ix_observation_column_at", "column_id", "at"),
)

# One row for each entry *and date*: an entry that comes back with another date gets another row (旧稿新发).
entry = sa.Table(
    "entry",
    metadata,
    sa.Column("column_id", sa.ForeignKey("column.id"), primary_key=True),
    sa.Column("key", sa.String(32), primary_key=True),  # digest of identity and date
    sa.Column("identity", sa.String(32), nullable=False),  # digest of address, or of title where there is none
    sa.Column("source", sa.Text, nullable=False),  # the column's address when it was last seen
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("url", sa.Text),
    sa.Column("published", sa.Date),
    sa.Column("pinned", sa.Boolean, nullable=False),
    sa.Column("year_inferred", sa.Boolean, nullable=False),
    sa.Column("first_seen", Moment, nullable=False),
    sa.Column("last_seen", Moment, nullable=False),
    sa.Column("readings", sa.Integer, nullable=False),
    sa.Column("forged", sa.Boolean),  # whether a person has found its day to be false
    sa.Column("older", sa.Boolean),  # True: it was read on an older page, and not in the list itself since
    sa.Index("ix_entry_published", "column_id", "published"),
)

# A stretch of looks that gave the same verdict; a row a look would say the same thing a thousand times.
verdict = sa.Table(
    "verdict",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("column_id", sa.ForeignKey("column.id"), nullable=False),
    sa.Column("first_at", Moment, nullable=False),
    sa.Column("last_at", Moment, nullable=False),
    sa.Column("looks", sa.Integer, nullable=False),
    sa.Column("standing", sa.String(16), nullable=False),
    sa.Column("why", sa.String(32), nullable=False),
    sa.Column("rule", sa.Text, nullable=False),
    sa.Column("duty", sa.Text, nullable=False),  # in one line: what the verdict was measured by
    sa.Column("newest", sa.Date),
    sa.Column("deadline", sa.Date),
    sa.Column("days_over", sa.Integer, nullable=False),  # at last_at
    sa.Column("past_grace", sa.Boolean, nullable=False),
    sa.Column("trouble", sa.String(32)),
    sa.Column("detail", sa.Text, nullable=False),
    sa.Index("ix_verdict_column_last", "column_id", "last_at"),
    sa.Index("ix_verdict_standing", "standing"),
)

# A stretch of looks in which a column could not be seen. One that ends without a concern is not kept.
unseen = sa.Table(
    "unseen",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("column_id", sa.ForeignKey("column.id"), nullable=False),
    sa.Column("since", Moment, nullable=False),
    sa.Column("last_at", Moment, nullable=False),
    sa.Column("looks", sa.Integer, nullable=False),
    sa.Column("trouble", sa.String(32), nullable=False),  # of the last look
    sa.Column("gone_since", Moment),
    sa.Column("gone_looks", sa.Integer, nullable=False),
    sa.Column("concern", sa.String(16)),
    sa.Column("opened", Moment),
    sa.Column("ended", Moment),
    sa.UniqueConstraint("column_id", "since"),
)

# A stretch of rounds in which a site answered nobody. One that ends before the site counted as down is not kept.
outage = sa.Table(
    "outage",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("site_id", sa.ForeignKey("site.id"), nullable=False),
    sa.Column("since", Moment, nullable=False),
    sa.Column("last_at", Moment, nullable=False),
    sa.Column("rounds", sa.Integer, nullable=False),
    sa.Column("trouble", sa.String(32), nullable=False),
    sa.Column("down", Moment),
    sa.Column("ended", Moment),
    sa.UniqueConstraint("site_id", "since"),
)

# Where the looking back over a column's older pages stands; without a next page it is over.
look_back = sa.Table(
    "look_back",
    metadata,
    sa.Column("column_id", sa.ForeignKey("column.id"), primary_key=True),
    sa.Column("source", sa.Text, nullable=False),  # the column's address
    sa.Column("next_url", sa.Text),
    sa.Column("pages", sa.Integer, nullable=False),
    sa.Column("oldest", sa.Date),
    sa.Column("to_known", sa.Boolean, nullable=False),
    sa.Column("since", sa.Date),  # the first day of which the history is complete; NULL: an older program kept none
    sa.Column("before_gap", sa.Date),
)

# What the probes of a home page found on one local day. `minutes` holds those of the failed ones: "09:05 10:05 ".
probe_day = sa.Table(
    "probe_day",
    metadata,
    sa.Column("site_id", sa.ForeignKey("site.id"), primary_key=True),
    sa.Column("day", sa.Date, primary_key=True),
    sa.Column("probes", sa.Integer, nullable=False),
    sa.Column("failed", sa.Integer, nullable=False),
    sa.Column("minutes", sa.Text, nullable=False),
)

# How a column's page can be read again without the search; the reader alone knows what it means.
learnt = sa.Table(
    "learnt",
    metadata,
    sa.Column("column_id", sa.ForeignKey("column.id"), primary_key=True),
    sa.Column("source", sa.Text, nullable=False),  # the column's address
    sa.Column("kept", Packed, nullable=False),
)

# The looks that found a list built in another way than it had been learnt.
redesign = sa.Table(
    "redesign",
    metadata,
    sa.Column("column_id", sa.ForeignKey("column.id"), primary_key=True),
    sa.Column("at", Moment, primary_key=True),
    sa.Index("ix_redesign_at", "at"),
)

# A run of rounds of which nothing was recorded, since the silence may have been our own.
hold = sa.Table(
    "hold",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("reason", sa.String(16), nullable=False),
    sa.Column("since", Moment, nullable=False),
    sa.Column("last_at", Moment, nullable=False),
    sa.Column("looks", sa.Integer, nullable=False),  # that were put off
    sa.Column("silent", sa.Integer, nullable=False),  # hosts of the last round
    sa.Column("asked", sa.Integer, nullable=False),
    sa.Column("ended", Moment),
)

finding = sa.Table(
    "finding",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("column_id", sa.ForeignKey("column.id"), nullable=False),
    sa.Column("rule", sa.Text, nullable=False),
    sa.Column("episode", sa.Integer, nullable=False),
    sa.Column("state", sa.String(32), nullable=False),
    sa.Column("since", Moment, nullable=False),
    sa.Column("opened", Moment, nullable=False),
    sa.Column("newest", sa.Date),
    sa.Column("step", sa.Integer, nullable=False),
    sa.Column("released", sa.Boolean, nullable=False),
    sa.Column("told", Moment),
    sa.Column("closing_told", sa.Boolean, nullable=False),
    sa.Column("moved", Moment),
    sa.UniqueConstraint("column_id", "episode"),
    sa.Index("ix_finding_state", "state"),
)

# Every transition of a finding, with its reason.
finding_event = sa.Table(
    "finding_event",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("finding_id", sa.ForeignKey("finding.id"), nullable=False, index=True),
    sa.Column("at", Moment, nullable=False),
    sa.Column("state", sa.String(32), nullable=False),
    sa.Column("reason", sa.String(64), nullable=False),
)

# A planned digest, from plan to receipt. `lines` holds what it tells: column, finding, episode, step and kind.
outbox = sa.Table(
    "outbox",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("key", sa.String(64), nullable=False, unique=True),  # digest of recipient, role, slot, channel
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("email", sa.Text, nullable=False),
    sa.Column("language", sa.String(16), nullable=False),
    sa.Column("role", sa.String(32), nullable=False),
    sa.Column("slot", sa.Date, nullable=False),
    sa.Column("channel", sa.String(32), nullable=False),
    sa.Column("lines", sa.JSON, nullable=False),
    sa.Column("state", sa.String(16), nullable=False),
    sa.Column("planned", Moment, nullable=False),
    sa.Column("origin", sa.Text, nullable=False, default=""),
    sa.Column("lease", sa.String(32)),
    sa.Column("until", Moment),  # of the claim, by the wall clock
    sa.Column("marked", Moment),  # committed just before the message is handed over
    sa.Column("attempts", sa.Integer, nullable=False, default=0),
    sa.Column("next_try", Moment),
    sa.Column("sent", Moment),
    sa.Column("detail", sa.Text, nullable=False, default=""),
    sa.Index("ix_outbox_state", "state"),
)

worker = sa.Table(
    "worker",
    metadata,
    sa.Column("name", sa.String(128), primary_key=True),
    sa.Column("seen", Moment, nullable=False),
)
