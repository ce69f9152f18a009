"""The store: all that Lanmu remembers. Each room is a class over one database; SQL goes no further than here."""

from monitor.edge.database import Database
from monitor.edge.store.claims import Claims
from monitor.edge.store.evidence import Evidences
from monitor.edge.store.figures import Figures
from monitor.edge.store.findings import Findings
from monitor.edge.store.glances import Glances
from monitor.edge.store.holds import Holds
from monitor.edge.store.inspecting import Inspecting
from monitor.edge.store.learnt import Redesigns
from monitor.edge.store.lookbacks import LookBacks
from monitor.edge.store.looks import Looks
from monitor.edge.store.outbox import Outbox
from monitor.edge.store.past import Pasts
from monitor.edge.store.probes import Probes
from monitor.edge.store.purging import Purging
from monitor.edge.store.register import Register
from monitor.edge.store.suspicions import Suspicions
from monitor.edge.store.unseen import Unseens


class Store:
    """The rooms of one database."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.register = Register(database)
        self.claims = Claims(database)
        self.glances = Glances(database)
        self.looks = Looks(database)
        self.findings = Findings(database)
        self.outbox = Outbox(database)
        self.unseen = Unseens(database)
        self.holds = Holds(database)
        self.probes = Probes(database)
        self.look_backs = LookBacks(database)
        self.redesigns = Redesigns(database)
        self.evidence = Evidences(database)
        self.inspecting = Inspecting(database)
        self.purging = Purging(database)
        self.suspicions = Suspicions(database)
        self.figures = Figures(database)
        self.pasts = Pasts(database)


def open_store(url: str, *, migrate: bool = False) -> Store:
    """The store at a database address; DatabaseDown says in one line what is wrong with it."""
    database = Database(url)
    if migrate:
        database.migrate()
    return Store(database)
