"""What hardly ever changes, remembered by each process for a short while: code lists, catalogues, settings.

Everything else is read anew by every request. What is remembered is shared by all requests and never changed.
"""

from collections.abc import Callable
from functools import wraps
from time import monotonic
from typing import Any, ParamSpec, TypeVar

SECONDS = 20
MOST = 500  # answers kept by one function

P = ParamSpec("P")
T = TypeVar("T")

_stores: list[dict[tuple, tuple[float, Any]]] = []


def remembered(work: Callable[P, T]) -> Callable[P, T]:
    """Decorator: the same arguments give the same answer for SECONDS. An exception is not remembered."""
    store: dict[tuple, tuple[float, T]] = {}
    _stores.append(store)

    @wraps(work)
    def ask(*args: P.args, **kwargs: P.kwargs) -> T:
        key = (*args, *kwargs.items())
        kept = store.get(key)
        if kept and monotonic() < kept[0]:
            return kept[1]
        value = work(*args, **kwargs)
        if len(store) >= MOST:
            store.clear()
        store[key] = (monotonic() + SECONDS, value)
        return value

    return ask


def forget() -> None:
    """Remember nothing: after a load of reference data, and between tests."""
    for store in _stores:
        store.clear()
