"""The worker's sign of life: a key in the broker that a running worker renews and that fades by itself.

``python -m kumamoto_soudan.heartbeat`` exits 0 while a worker lives (the worker container's health check).
"""

import contextlib
import sys
from typing import Any

import redis
from celery import Celery, bootsteps
from redis.backoff import NoBackoff
from redis.retry import Retry

KEY = "soudan:worker:alive"
EVERY = 10  # seconds
FADES_AFTER = 30  # seconds; two beats may be lost
PATIENCE = 1  # seconds for the broker to answer


def _broker(url: str) -> redis.Redis:
    return redis.Redis.from_url(
        url, socket_connect_timeout=PATIENCE, socket_timeout=PATIENCE, retry=Retry(NoBackoff(), 0)
    )


def beat(url: str) -> None:
    """Renew the key. A broker that is away is no reason to stop the worker."""
    with contextlib.suppress(redis.RedisError), _broker(url) as client:
        client.set(KEY, 1, ex=FADES_AFTER)


def worker_alive(url: str) -> bool:
    """Whether broker and worker are both there; answers within about ``PATIENCE`` seconds."""
    try:
        with _broker(url) as client:
            return bool(client.exists(KEY))
    except redis.RedisError:
        return False


def take_over(worker: Any) -> None:
    """Put back the tasks of lost workers whose time is over. The broker client alone looks every 100 s only."""
    tasks = getattr(worker.consumer, "task_consumer", None)
    with contextlib.suppress(OSError, redis.RedisError):
        if tasks is not None and tasks.channel is not None:
            tasks.channel.qos.restore_visible(num=tasks.channel.unacked_restore_limit, interval=1)


class HeartbeatStep(bootsteps.StartStopStep):
    """Part of the worker's main process: silent once that no longer turns."""

    requires = {"celery.worker.components:Timer"}

    def start(self, worker: Any) -> None:
        beat(worker.app.conf.broker_url)
        self.timer = worker.timer.call_repeatedly(EVERY, self.turn, (worker,))

    def turn(self, worker: Any) -> None:
        beat(worker.app.conf.broker_url)
        take_over(worker)

    def stop(self, worker: Any) -> None:
        self.timer.cancel()


def install(app: Celery) -> None:
    app.steps["worker"].add(HeartbeatStep)


if __name__ == "__main__":
    from django.conf import settings  # only the check needs Django

    sys.exit(not worker_alive(settings.CELERY_BROKER_URL))
