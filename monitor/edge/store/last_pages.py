"""Last pages: by what the next page of a column is known to be the same, and may be asked for on that condition."""

from collections.abc import Collection, Mapping

import sqlalchemy as sa

from monitor.edge.database import Database
from monitor.edge.page_tables import last_page
from monitor.edge.tables import column
from monitor.model.reading import Validators
from monitor.model.watching import LastPage


def last_pages_of(connection: sa.Connection, column_ids: Collection[int]) -> dict[int, LastPage]:
    """The page that last came whole, of each column at its present address."""
    here = sa.and_(last_page.c.column_id == column.c.id, last_page.c.source == column.c.url)
    query = sa.select(last_page).join(column, here).where(column.c.id.in_(column_ids))
    return {
        row.column_id: LastPage(
            validators=Validators(url=row.url, etag=row.etag, modified=row.modified),
            digest=row.digest,
            day=row.day,
            terms=row.terms,
            lied=row.lied,
        )
        for row in connection.execute(query)
    }


def save_last_pages(connection: sa.Connection, database: Database, pages: Mapping[int, tuple[str, LastPage]]) -> None:
    """After looks: by column, its address and the page that came whole."""
    if not pages:
        return
    rows = [
        {
            "column_id": id_,
            "source": source,
            "url": page.validators.url,
            "etag": page.validators.etag,
            "modified": page.validators.modified,
            "digest": page.digest,
            "day": page.day,
            "terms": page.terms,
            "lied": page.lied,
        }
        for id_, (source, page) in pages.items()
    ]
    upsert = database.insert(last_page)
    values = {name: upsert.excluded[name] for name in rows[0] if name != "column_id"}
    connection.execute(upsert.on_conflict_do_update(index_elements=["column_id"], set_=values), rows)
