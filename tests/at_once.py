"""Several deeds at the same moment, each with a connection of its own; the rows that they need must be committed."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connection


def at_once(*deeds) -> list:
    """What each deed returns or raises, all begun together."""
    start = Barrier(len(deeds))

    def run(deed):
        start.wait(timeout=10)
        try:
            return deed()
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(run, deeds))
