"""Wall time of `flask content check` of 100 courses. `./dev bench content [--json]`.

The courses are `seminar-working-time` of `content/`, copied a hundred times under other names into a folder of
its own; the command runs as people run it, as a process from start to exit. The last line is JSON.
"""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
COURSES, RUNS, MOST = 100, 3, 3.0


def fill(folder: Path) -> None:
    """A hundred courses that differ in their ids."""
    source = ROOT / "content" / "seminar-working-time"
    for number in range(COURSES):
        name = f"seminar-{number:03d}"
        shutil.copytree(source, folder / name)
        facts = folder / name / "course.yaml"
        text = facts.read_text("utf-8")
        facts.write_text(re.sub(r'^id: .+$', f'id: "{name}"', text, count=1, flags=re.MULTILINE), "utf-8")


def seconds(folder: Path) -> tuple[float, int]:
    """Wall time of one check, and its exit code."""
    environment = {**os.environ, "FLASK_APP": "wsgi.py", "SEAMWISE_ENV": "development"}
    began = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "flask", "content", "check", str(folder)], cwd=ROOT, env=environment, check=False,
        stdout=subprocess.DEVNULL,
    )
    return time.perf_counter() - began, done.returncode


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--json", action="store_true")
    chosen = arguments.parse_args()
    with tempfile.TemporaryDirectory() as name:
        fill(Path(name))
        runs = [seconds(Path(name)) for _ in range(RUNS)]
    failed = [code for _taken, code in runs if code]
    best = round(min(taken for taken, _code in runs), 2)
    if not chosen.json:
        print(f"check of {COURSES} courses: {best} s (at most {MOST})")
    missed = ["check_seconds"] * (best > MOST) + ["exit code"] * bool(failed)
    print(json.dumps({"bench": "content", "courses": COURSES, "check_seconds": best, "missed": missed}))
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
