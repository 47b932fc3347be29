"""What reports and interfaces cost.

`./dev bench reports [--engine sqlite|postgresql] [--size country|global] [--only FIGURE] [--json]`

A programme of that size is loaded first, which takes minutes; `--database` measures one that is loaded already. Each
figure is a function of its own file in `bench/_reports/`, which says what is counted.
The last line is JSON.
"""

import argparse
import importlib
import json
import logging
import sys
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

from flask import Flask

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from app.platform.web import logging as logs
from bench._site import ENGINES
from bench.record import loaded, there

AT_MOST = {
    "indicators_year_seconds": 2.0, "evidence_pack_seconds": 20.0, "evidence_pack_mb": 400.0, "api_list_cpu_ms": 10.0,
}  # fmt: skip
AT_LEAST = {"statements_per_second": 300.0, "backup_mb_per_second": 50.0}
FILES = {
    "indicators_year_seconds": "indicators", "evidence_pack_seconds": "evidence", "evidence_pack_mb": "evidence",
    "api_list_cpu_ms": "api_list",
    "statements_per_second": "statements", "backup_mb_per_second": "backup",
}  # fmt: skip
"""Figure -> the file whose function of that name measures it, given the application."""


def figures() -> dict[str, Callable[[Flask], float]]:
    """Those that there are."""
    there_are = {name: f"bench._reports.{file}" for name, file in FILES.items() if find_spec(f"bench._reports.{file}")}
    return {name: getattr(importlib.import_module(module), name) for name, module in there_are.items()}


def is_met(name: str, value: float) -> bool:
    """Whether a figure keeps its bound."""
    return value <= AT_MOST[name] if name in AT_MOST else value >= AT_LEAST[name]


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--json", action="store_true", help="only the last line")
    arguments.add_argument("--engine", choices=ENGINES, default="sqlite")
    arguments.add_argument("--size", choices=("country", "global"), default="country")
    arguments.add_argument("--database", help="address of a database that holds it already")
    arguments.add_argument("--only", choices=sorted(FILES), help="one figure alone")
    chosen = arguments.parse_args()
    logs.configure(logging.ERROR)
    site = there(chosen.database) if chosen.database else loaded(chosen.engine, chosen.size)
    with site as (app, _roots):
        found = {name: measure(app) for name, measure in figures().items() if chosen.only in {None, name}}
    if not chosen.json:
        for name, value in found.items():
            bound = f"at most {AT_MOST[name]}" if name in AT_MOST else f"at least {AT_LEAST[name]}"
            print(f"{name:<26} {value:>10}  ({bound})")
    print(json.dumps({**found, "engine": chosen.engine, "size": chosen.size}))
    return 0 if all(is_met(name, value) for name, value in found.items()) else 1


if __name__ == "__main__":
    sys.exit(main())
