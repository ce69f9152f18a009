"""Alembic's way in: the connection comes from `Database.migrate`, within its transaction."""

from alembic import context

from monitor.edge import evidence_tables, honesty_tables, page_tables, past_tables  # noqa: F401 -- their tables are among the metadata once imported
from monitor.edge.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
