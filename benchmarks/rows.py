"""What was measured, without anything of Django: the report is written outside it."""

from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Sample:
    """Of one work at one number of connections; times in milliseconds."""

    times: int
    cpu: float
    p50: float
    p95: float


@dataclass(frozen=True)
class Row:
    """One line of the report. `ratio` is the CPU time as a multiple of hello's, the greater of the two samples'."""

    key: str
    label: str
    goal: float | None
    alone: Sample
    crowd: Sample
    ratio: float
    wall_ratio: float

    @classmethod
    def of(
        cls, key: str, label: str, goal: float | None, alone: Sample, crowd: Sample, hello: "Row | None"
    ) -> "Row":
        base_alone, base_crowd = (hello.alone, hello.crowd) if hello else (alone, crowd)
        ratio = max(alone.cpu / base_alone.cpu, crowd.cpu / base_crowd.cpu)
        return cls(key, label, goal, alone, crowd, ratio, crowd.p95 / base_crowd.p95)

    def as_data(self) -> dict:
        return asdict(self)

    @classmethod
    def from_data(cls, data: dict) -> "Row":
        return cls(**data | {"alone": Sample(**data["alone"]), "crowd": Sample(**data["crowd"])})
