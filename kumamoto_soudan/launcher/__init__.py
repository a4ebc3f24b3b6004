"""Starts, joins and supervises what the application needs: PostgreSQL, Valkey, web, worker and beat.

Nothing here imports Django. Command line: ``python -m kumamoto_soudan.launcher run | exec | provision``.
"""

from kumamoto_soudan.launcher.hosting import ensure_servers
from kumamoto_soudan.launcher.roles import database_role
from kumamoto_soudan.launcher.words import Failure

__all__ = ["Failure", "database_role", "ensure_servers"]
