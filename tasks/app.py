"""The Celery application: settings that lose no task (docs/decisions/0003)."""

import os
from datetime import timedelta

from celery import Celery
from celery.schedules import crontab
from kombu import Exchange, Queue

SOFT_LIMIT = 240  # seconds a task may take before it gives the rest back
HARD_LIMIT = 300
VISIBILITY = 900  # seconds until the broker hands a dead worker's task to another
# A claim outlives the task that works on it, so that nobody else takes its columns meanwhile.
WORK_LEASE = timedelta(seconds=HARD_LIMIT + 30)
# A claim that still waits in the queue outlives one redelivery.
QUEUE_LEASE = timedelta(seconds=VISIBILITY + HARD_LIMIT + 30)

LOOK, REMIND, TICK = "look", "remind", "tick"
QUEUES = (TICK, LOOK, REMIND)
TICK_SECONDS = 5.0
PLAN_SECONDS = 60.0
PROBE_SECONDS = 60.0
AT_NIGHT = crontab(hour="19", minute="10")  # UTC: ten past three in China

TASKS = ("rounds", "look", "probe", "deliver", "evidence", "heartbeat")
app = Celery("lanmu", include=[f"tasks.{name}" for name in TASKS])
app.conf.update(
    broker_url=os.environ.get("LANMU_BROKER_URL") or None,
    broker_connection_retry_on_startup=True,
    broker_transport_options={
        "visibility_timeout": VISIBILITY,
        "unacked_restore_interval": 1,
        "socket_connect_timeout": 5,
    },
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    task_ignore_result=True,
    task_serializer="json",
    accept_content=["json"],
    task_soft_time_limit=SOFT_LIMIT,
    task_time_limit=HARD_LIMIT,
    task_queues=[Queue(name, Exchange(name), routing_key=name) for name in QUEUES],
    task_default_queue=TICK,
    task_default_exchange=TICK,
    task_default_routing_key=TICK,
    task_routes={"lanmu.look": {"queue": LOOK}, "lanmu.probe": {"queue": LOOK}, "lanmu.deliver": {"queue": REMIND}},
    worker_prefetch_multiplier=1,
    worker_soft_shutdown_timeout=4,
    worker_hijack_root_logger=False,
    worker_cancel_long_running_tasks_on_connection_loss=True,
    beat_schedule={
        # A tick that could not run in time is worth nothing: the next one sees the same rows.
        "tick": {"task": "lanmu.tick", "schedule": TICK_SECONDS, "options": {"expires": TICK_SECONDS}},
        "probes": {"task": "lanmu.probes", "schedule": PROBE_SECONDS, "options": {"expires": PROBE_SECONDS}},
        "purge": {"task": "lanmu.purge", "schedule": AT_NIGHT, "options": {"expires": 3600.0}},
        "plan": {"task": "lanmu.plan", "schedule": PLAN_SECONDS, "options": {"expires": PLAN_SECONDS}},
    },
    enable_utc=True,
    timezone="UTC",
)


def use_broker(url: str) -> None:
    """Send and take tasks through this broker from now on."""
    app.conf.update(broker_url=url)
