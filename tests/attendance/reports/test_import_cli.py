"""`flask attendance import-report` as a shell sees it."""

import json
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from click.testing import Result
from flask import Flask

from app.attendance.models import CurrentMark
from app.attendance.reports.models import MeetingReport, ReportParticipant
from app.platform.db import db, transaction
from tests.attendance.conftest import Hall
from tests.attendance.reports.conftest import Link, zoom


def count(app: Flask, *models: Any) -> list[int]:
    with app.app_context():
        return [db.session.scalar(sa.select(sa.func.count()).select_from(model)) for model in models]


def run(app: Flask, *typed: str) -> Result:
    return app.test_cli_runner().invoke(args=["attendance", "import-report", *typed])


def test_import_report(own_app: Flask, tmp_path: Path) -> None:
    with own_app.app_context(), transaction():
        meeting = str(Link(Hall()).meeting.id)
    file = tmp_path / "report.csv"
    file.write_bytes(zoom(("Keo Dara (Guest)", 0, 170), ("Sophea Sok", 5, 100)))
    dry = run(own_app, str(file), "--meeting", meeting, "--dry-run", "--json")
    told = json.loads(dry.stdout)
    assert dry.exit_code == 0 and told["counts"]["exact"] == 1 and told["format"] == "zoom-joins" and not told["kept"]
    assert [(each["display_name"], each["decision"]) for each in told["decisions"]] == [("Keo Dara (Guest)", "person")]
    assert [(each["mark"], each["minutes"]) for each in told["marks"]] == [("present", 170)]
    assert count(own_app, MeetingReport, ReportParticipant, CurrentMark) == [0, 0, 0], "a dry run keeps nothing"
    for _ in range(2):
        assert json.loads(run(own_app, str(file), "--meeting", meeting, "--json").stdout)["applied"] is False
        assert count(own_app, MeetingReport, ReportParticipant, CurrentMark) == [1, 3, 0], "a person confirms"
    told = json.loads(run(own_app, str(file), "--meeting", meeting, "--confirm-exact", "--json").stdout)
    assert told["applied"] and len(told["marks"]) == 1 and count(own_app, CurrentMark) == [1]
    assert "present 170" in run(own_app, str(file), "--meeting", meeting, "--dry-run").stdout
    file.write_bytes(b"")
    assert json.loads(run(own_app, str(file), "--meeting", meeting, "--json").stdout)["reason"] == "file_empty"
    done = run(own_app, str(file), "--meeting", "999999", "--json")
    assert (done.exit_code, json.loads(done.stdout)["reason"]) == (2, "unknown_meeting")
