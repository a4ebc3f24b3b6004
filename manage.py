#!/usr/bin/env python3
import os
import sys

from kumamoto_soudan.launcher import Failure, database_role, ensure_servers


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kumamoto_soudan.settings")
    from django.core.management import execute_from_command_line  # needs the settings variable first

    try:
        with ensure_servers(role=database_role(sys.argv)):
            execute_from_command_line(sys.argv)
    except Failure as failure:
        sys.exit(failure.lines())


if __name__ == "__main__":
    main()
