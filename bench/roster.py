"""Rosters: a file of 20,000 rows checked and applied, 100,000 rows in files, a person found among 150,000.

`./dev bench roster [--json]`. Each command runs as a process of its own on a new SQLite database; its time is wall time
from start to exit, its memory the peak of the process. The last line is JSON.
"""

import json
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import sqlalchemy as sa

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from app.access.actor import SYSTEM  # noqa: E402 - the path comes first
from app.boot import create_app  # noqa: E402
from app.factories.models import Factory, Programme  # noqa: E402
from app.factories.search import find_people  # noqa: E402
from app.platform.config import Settings  # noqa: E402
from app.platform.db import db, transaction  # noqa: E402
from app.platform.db.migrate import upgrade  # noqa: E402
from app.platform.tables import write_xlsx  # noqa: E402

ROWS, FILES, MORE = 20_000, 5, 3
MOST = {"import_seconds": 15, "import_peak_mb": 300, "import_all_seconds": 60, "search_cpu_ms": 40}
HEADINGS = ("Employee No", "Name (English)", "ឈ្មោះ", "Sex", "Line", "Position", "Joining date", "Phone")
FAMILY = ("Seng", "Chea", "Kim", "Long", "Heng", "Ouk", "Tan", "Sok", "Keo", "Meas")
GIVEN = ("Dara", "Chan", "Srey", "Vanna", "Sophea", "Rina", "Pisey")
LOCAL = ("សុខ", "ដារ៉ា", "ចាន់", "ស្រី", "វណ្ណា", "សុភា", "រីណា", "សុធី")
ROLES = ("Sewing operator", "Line supervisor", "Helper", "QC", "Mechanic")
WORDS = ("dara", "ouk rina", "សុភា", "nguyen", "zzz")


def people(seed: int) -> list[list[str]]:
    """Rows of a made-up staff list."""
    pick = random.Random(seed)
    return [
        [
            f"{number:06d}", f"{pick.choice(FAMILY)} {pick.choice(GIVEN)} {pick.choice(GIVEN)}",
            f"{pick.choice(LOCAL)} {pick.choice(LOCAL)}", pick.choice("FM"), f"Line {number % 120:02d}",
            pick.choice(ROLES), f"20{pick.randint(10, 25)}-0{pick.randint(1, 9)}-1{pick.randint(0, 9)}",
            f"01{pick.randint(2_000_000, 9_999_999)}",
        ]
        for number in range(1, ROWS + 1)
    ]


def flask(folder: Path, *arguments: str) -> tuple[float, float, float]:
    """Seconds, CPU seconds and peak MB of a command."""
    env = {
        **os.environ, "FLASK_APP": "wsgi.py", "SEAMWISE_ENV": "development", "SEAMWISE_MAIL_TRANSPORT": "outbox",
        "SEAMWISE_DATA_DIR": str(folder), "SEAMWISE_DATABASE_URL": f"sqlite:///{folder}/bench.db",
    }
    command = [sys.executable, "-m", "flask", "roster", *arguments]
    begun = time.monotonic()
    with (folder / "errors").open("wb") as errors:
        process = subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.DEVNULL, stderr=errors)
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 3):
        sys.exit((folder / "errors").read_text())
    kilobytes = used.ru_maxrss / (1024 if sys.platform == "darwin" else 1)
    return time.monotonic() - begun, used.ru_utime + used.ru_stime, kilobytes / 1024


def prepare(folder: Path) -> Any:
    """A migrated database with a programme and its factories, and their staff lists."""
    url = f"sqlite:///{folder}/bench.db"
    app = create_app(Settings(env="test", mail_transport="outbox", database_url=url, data_dir=folder))
    with app.app_context():
        upgrade(db.engine)
        with transaction():
            programme = Programme(
                code="KH", name={"en": "KH"}, country="KH", zone="Asia/Phnom_Penh", rest_days=[7], languages=["km"]
            )
            db.session.add(programme)
            db.session.flush()
            for number in range(1 + FILES + MORE):
                code = f"F{number}"
                told = {"code": code, "name": code, "local_name": None, "language": "km", "province": "Kandal"}
                db.session.add(Factory(programme_id=programme.id, **told))
    for number in range(1 + FILES + MORE):
        (folder / f"{number}.xlsx").write_bytes(write_xlsx(HEADINGS, people(number)))
    for name, first, last in (("files", 1, FILES), ("more", 1 + FILES, FILES + MORE)):
        lines = [f"{number}.xlsx,F{number}," for number in range(first, last + 1)]
        (folder / f"{name}.csv").write_text("\n".join(("file,factory,choices", *lines, "")))
    return app


def search(app: Any) -> float:
    """CPU milliseconds of the slowest of several searches for the first page, the mean of ten each."""
    slowest = 0.0
    with app.app_context():
        for words in WORDS:
            asked = find_people(SYSTEM, words).limit(51)
            db.session.execute(asked).all()
            begun = time.process_time()
            for _ in range(10):
                db.session.execute(asked).all()
            slowest = max(slowest, (time.process_time() - begun) * 100)
        return slowest


def main() -> int:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        app = prepare(folder)
        seconds, cpu, peak = flask(folder, "import", str(folder / "0.xlsx"), "--factory", "F0", "--json")
        all_seconds, all_cpu, all_peak = flask(folder, "import-all", str(folder / "files.csv"), "--json")
        flask(folder, "import-all", str(folder / "more.csv"), "--json")
        with app.app_context():
            known = db.session.scalar(sa.text("SELECT count(*) FROM person"))
        found = {
            "rows": ROWS, "import_seconds": round(seconds, 2), "import_cpu_seconds": round(cpu, 2),
            "import_peak_mb": round(peak), "all_rows": ROWS * FILES, "import_all_seconds": round(all_seconds, 2),
            "import_all_cpu_seconds": round(all_cpu, 2), "import_all_peak_mb": round(all_peak), "people": known,
            "search_cpu_ms": round(search(app), 2),
        }
    missed = [name for name, most in MOST.items() if found[name] > most]
    if "--json" not in sys.argv:
        for name, value in found.items():
            print(f"{name:<20} {value:>10}" + (f"  (at most {MOST[name]})" if name in MOST else ""))
    print(json.dumps({"bench": "roster", **found, "missed": missed}))
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
