from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext


@pytest.fixture
def queries_of():
    """queries_of(act) → how many queries the act makes, once what a session keeps is there."""

    def _queries_of(act: Callable) -> int:
        act()
        with CaptureQueriesContext(connection) as queries:
            act()
        return len(queries)

    return _queries_of
