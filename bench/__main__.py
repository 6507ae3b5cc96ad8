"""Measure everything, print a table, and write ``build/bench.json``.

python -m bench [--anyway] [--rush ATTEMPTS]
"""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from bench import keys, rush, workloads, world
from bench.measure import Figure, load
from tests import engines


def main() -> int:
    """Run all workloads on both engines."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--anyway", action="store_true", help="measure although the machine is busy")
    parser.add_argument("--rush", type=int, default=10_000, help="contended attempts over HTTP")
    options = parser.parse_args()
    if load() > 1.5 and not options.anyway:
        print(f"The load is {load():.2f}. Figures would tell of that; wait, or say --anyway.")
        return 1
    figures: list[Figure] = []
    print(f"load {load():.2f}\n{'workload':44} {'engine':10} {'p50':>9} {'p95':>9}       floor  target")
    for kind in (engines.Sqlite, engines.Postgresql):
        with engines.started(kind) as engine:
            empty = engine.empty()
            engines.migrate(empty)
            engine.keep("empty", empty)
            for therapists in (5, 20, 100):
                figures += _measure(engine, therapists)
            figures += _show(rush.contended(engine, attempts=options.rush))
    figures += _show(keys.by_the_keystroke_model())
    Path("build").mkdir(exist_ok=True)
    Path("build/bench.json").write_text(json.dumps([figure.as_dict() for figure in figures], indent=1))
    print(f"load {load():.2f}; written to build/bench.json")
    return 0


def _measure(engine: Any, therapists: int) -> list[Figure]:
    url = engine.copy("empty")
    app = engines.make_app(url)
    with app.app_context():
        world.build(therapists, weeks=8 if therapists == 20 else 4)
        found = _show(workloads.everything(engine.name, app, therapists))
    engines.close(app)
    engine.drop(url)
    return found


def _show(found: Any) -> list[Figure]:
    kept = []
    for figure in found:
        print(figure.as_row(), flush=True)
        kept.append(figure)
    return kept


if __name__ == "__main__":
    sys.exit(main())
