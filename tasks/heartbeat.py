"""A worker's heartbeat: a row that its own event loop writes, so that a silent worker shows."""

from datetime import timedelta
from typing import Any

from celery import bootsteps
from celery.signals import worker_process_init

from tasks.app import app
from tasks.wiring import world

BEAT_SECONDS = 10.0
SILENT = timedelta(seconds=45)  # an older row means a dead or hanging worker


class Heartbeat(bootsteps.StartStopStep):
    """Writes the row every few seconds from the worker's main process."""

    requires = ("celery.worker.components:Timer",)
    again: Any = None  # the entry in the worker's timer

    def start(self, parent: Any) -> None:
        beat(parent.hostname)
        self.again = parent.timer.call_repeatedly(BEAT_SECONDS, beat, (parent.hostname,))

    def stop(self, parent: Any) -> None:
        """A worker that ends as it should leaves no row; one that was killed leaves an old one."""
        if self.again:
            self.again.cancel()  # the timer still runs while the pool comes to its end
        world().store.figures.farewell(parent.hostname)


def beat(name: str) -> None:
    here = world()
    here.store.figures.heartbeat(name, wall=here.clock())


app.steps["worker"].add(Heartbeat)


@worker_process_init.connect
def leave_the_parents_connections(**_: Any) -> None:
    """After a fork: a connection shared with the parent gives wrong rows (docs/design/engine.md)."""
    world().store.database.forget_connections()
