"""``make bench``: every benchmark, or those named; ``--seed n`` repeats a run, ``--json`` is for machines."""

import argparse
import importlib
import json
import pkgutil
from dataclasses import asdict

import benchmarks
from benchmarks.registry import BENCHMARKS, Figure
from benchmarks.stage import set_up

LINE = "{:34} {:>10.2f} {:>10.2f} {:>10.2f} {:>8.1f}x {:>6}"


def main() -> None:
    for module in pkgutil.iter_modules(benchmarks.__path__):
        if module.name != "__main__":
            importlib.import_module(f"benchmarks.{module.name}")
    parser = argparse.ArgumentParser(prog="python -m benchmarks")
    parser.add_argument("names", nargs="*", choices=[[], *BENCHMARKS], default=[])
    parser.add_argument("--seed", type=int, default=20260312)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    if not asked.json:
        print(
            f"seed {asked.seed}; milliseconds, median and 95th percentile; floor: plain SQL or a bare window, same run"
        )
        print("{:34} {:>10} {:>10} {:>10} {:>9} {:>6}".format("", "ours", "95 %", "floor", "ratio", "times"))
    with set_up(asked.seed) as stage:
        for name in asked.names or BENCHMARKS:
            for figure in BENCHMARKS[name](stage):
                tell(figure, as_json=asked.json)


def tell(figure: Figure, *, as_json: bool) -> None:
    if as_json:
        print(json.dumps({**asdict(figure), "ratio": figure.ratio}), flush=True)
        return
    numbers = figure.ours, figure.ninety_fifth, figure.floor, figure.ratio, figure.times
    print(LINE.format(figure.name, *numbers), flush=True)


if __name__ == "__main__":
    main()
