"""Measures the works on one database: CPU time and wall time, alone and sixteen at once."""

from collections.abc import Callable, Sequence
from itertools import count
from statistics import quantiles

from benchmarks.client import Visitor, use
from benchmarks.rows import Row, Sample
from benchmarks.server import Meter, Server
from benchmarks.works import HELLO, Work

ALONE, CROWD = 1, 16


def measure(
    bare: Server,
    product: Server,
    works: Sequence[Work],
    *,
    seconds: float,
    tell: Callable[[str], None],
    crowd: int = CROWD,
) -> list[Row]:
    """hello first, on the server with the least middleware; then each work, on the product's.

    Each for so many seconds alone and as many with `crowd` connections; `tell` gets the label of what comes.
    """
    visitors: dict[str, Visitor] = {}

    def row(work: Work, server: Server, hello: Row | None) -> Row:
        tell(work.label)
        if work.user not in visitors:
            visitors[work.user] = Visitor(product.port, work.user)
        alone, many = _samples(visitors[work.user], server, work, seconds, crowd)
        return Row.of(work.key, work.label, work.goal, alone, many, hello)

    hello = row(HELLO, bare, None)
    return [hello, *(row(work, product, hello) for work in works)]


def _samples(
    visitor: Visitor, server: Server, work: Work, seconds: float, crowd: int
) -> tuple[Sample, Sample]:
    numbers = count()
    use(visitor, server.port, work.act, threads=crowd, seconds=0, numbers=numbers)  # warms every worker

    def sample(threads: int) -> Sample:
        meter = Meter(server)
        taken = use(visitor, server.port, work.act, threads=threads, seconds=seconds, numbers=numbers)
        spent = meter.spent()
        twentieths = quantiles(taken, n=20, method="inclusive") if len(taken) > 1 else taken * 19
        return Sample(len(taken), spent / len(taken), twentieths[9], twentieths[18])

    return sample(ALONE), sample(crowd)
