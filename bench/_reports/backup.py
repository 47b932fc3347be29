"""How fast a backup is made of what the database holds: megabytes of rows and files, before packing, a second."""

import sys
import tempfile
import time
from pathlib import Path

from flask import Flask

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from app.backup import creating, restoring
from app.demo.scale.loading import load
from app.demo.scale.sizes import SIZES
from app.platform.db import transaction
from bench._site import site_on

LEAST = 50.0
MB = 1_000_000


def backup_mb_per_second(app: Flask) -> float:
    """Megabytes a second by the clock on the wall, the file on the disk included."""
    with app.app_context(), tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "backup.zip"
        began = time.monotonic()
        made = creating.create(path)
        seconds = time.monotonic() - began
        restoring.verify(path)
    return round(made.manifest.size / MB / seconds, 1)


if __name__ == "__main__":
    with site_on(sys.argv[1] if len(sys.argv) > 1 else "sqlite") as (site, _processes):
        with site.app_context(), transaction():
            load(SIZES["country"], 1, lambda line: print(line, file=sys.stderr))
        print(backup_mb_per_second(site))
