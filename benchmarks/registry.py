"""What can be measured: each benchmark registers itself by name and yields figures."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from statistics import median, quantiles

from benchmarks.stage import Stage

Benchmark = Callable[[Stage], Iterator["Figure"]]
BENCHMARKS: dict[str, Benchmark] = {}


@dataclass(frozen=True, slots=True)
class Figure:
    """``ours`` and ``floor`` in milliseconds, median of the same number of repetitions, taken in turns."""

    name: str
    ours: float
    floor: float
    ninety_fifth: float
    times: int

    @property
    def ratio(self) -> float:
        return self.ours / self.floor


def benchmark(name: str) -> Callable[[Benchmark], Benchmark]:
    """Register a function that takes a stage and yields figures."""

    def register(function: Benchmark) -> Benchmark:
        BENCHMARKS[name] = function
        return function

    return register


def compare(name: str, ours: Callable[[int], object], floor: Callable[[int], object], times: int) -> Figure:
    """Both, in turns, so that a busy machine slows both; each gets the number of its turn."""
    ours(-1)
    floor(-1)
    taken: tuple[list[float], list[float]] = ([], [])
    for turn in range(times):
        for work, found in zip((ours, floor), taken, strict=True):
            started = time.perf_counter()
            work(turn)
            found.append((time.perf_counter() - started) * 1000)
    return Figure(name, median(taken[0]), median(taken[1]), quantiles(taken[0], n=20)[-1], times)
