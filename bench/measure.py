"""Time things, many times, and say the middle and the tail."""

import os
import statistics
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Figure:
    """One workload on one engine: milliseconds, or a rate where it says so."""

    workload: str
    engine: str
    p50: float
    p95: float
    unit: str = "ms"
    target: str = ""
    floor: float = 0.0
    note: str = ""

    def as_row(self) -> str:
        """Return a line of the table."""
        ratio = f"{self.p50 / self.floor:6.2f}x" if self.floor else " " * 7
        return (
            f"{self.workload:44} {self.engine:10} {self.p50:9.2f} {self.p95:9.2f} {self.unit:5} {ratio} "
            f"{self.target:14} {self.note}"
        )

    def as_dict(self) -> dict[str, object]:
        """Return it for JSON."""
        return asdict(self)


def times(work: Callable[[], object], *, rounds: int, warm: int = 3) -> list[float]:
    """Return the milliseconds of ``rounds`` runs, after some that do not count."""
    for _ in range(warm):
        work()
    found = []
    for _ in range(rounds):
        started = time.perf_counter()
        work()
        found.append((time.perf_counter() - started) * 1000)
    return found


def middle_and_tail(found: list[float]) -> tuple[float, float]:
    """Return the median and the 95th percentile."""
    ordered = sorted(found)
    return statistics.median(ordered), ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]


def load() -> float:
    """Return the load of the last minute."""
    return os.getloadavg()[0]
