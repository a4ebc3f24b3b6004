"""Locks on a name, for what is done by one at a time and hangs on no single row."""

from django.db import connection


def wait_for_turn(name: str) -> None:
    """Wait until nobody else holds the name; held to the end of the transaction, in which it must be called."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [name])
