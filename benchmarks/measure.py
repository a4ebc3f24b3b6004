"""Measures the works on one database: CPU time and wall time, alone and sixteen at once."""

from collections.abc import Callable, Sequence
from itertools import count
from statistics import quantiles

from benchmarks.client import Visitor, use
from benchmarks.rows import Row, Sample
from benchmarks.server import Meter, Server
from benchmarks.works import HELLO, Work

ALONE, CROWD = 1, 16
WARM_UP = 16


def measure(
    bare: Server, product: Server, works: Sequence[Work], *, seconds: float, tell: Callable[[str], None]
) -> list[Row]:
    """hello first, on the server with the least middleware; then each work, on the product's."""
    visitors: dict[str, Visitor] = {}

    def row(work: Work, server: Server, hello: Row | None) -> Row:
        tell(work.label)
        if work.user not in visitors:
            visitors[work.user] = Visitor(product.port, work.user)
        alone, crowd = _samples(visitors[work.user], server, work, seconds)
        return Row.of(work.key, work.label, work.goal, alone, crowd, hello)

    hello = row(HELLO, bare, None)
    return [hello, *(row(work, product, hello) for work in works)]


def _samples(visitor: Visitor, server: Server, work: Work, seconds: float) -> tuple[Sample, Sample]:
    numbers = count()
    use(visitor, server.port, work.act, threads=WARM_UP, seconds=0, numbers=numbers)
    alone, crowd = (
        _sample(visitor, server, work, threads=threads, seconds=seconds, numbers=numbers)
        for threads in (ALONE, CROWD)
    )
    return alone, crowd


def _sample(visitor: Visitor, server: Server, work: Work, *, threads: int, seconds: float, numbers) -> Sample:
    meter = Meter(server)
    taken = use(visitor, server.port, work.act, threads=threads, seconds=seconds, numbers=numbers)
    spent = meter.spent()
    twentieths = quantiles(taken, n=20, method="inclusive") if len(taken) > 1 else taken * 19
    return Sample(len(taken), spent / len(taken), twentieths[9], twentieths[18])
