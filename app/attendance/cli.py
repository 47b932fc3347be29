"""`flask attendance`: marks from the command line."""

import json
import sys
from typing import Any

import click
from flask.cli import AppGroup

from app.access.actor import SYSTEM
from app.attendance.operations.rebuilding import Difference, differences, marked_meetings, mend
from app.platform.db import transaction

attendance = AppGroup("attendance", help="Attendance at half-days, and reports of meeting tools.")


@attendance.command("rebuild")
@click.option("--check", is_flag=True, help="Say what differs; change nothing. Exit code 1 when anything does.")
@click.option("--json", "wants_json", is_flag=True, help="JSON alone on standard output.")
def rebuild(check: bool, wants_json: bool) -> None:
    """Compare the marks that count with what the log says, and write them anew where they differ."""
    meetings, found = marked_meetings(), []
    for meeting_id in meetings:
        if check:
            found += differences(meeting_id)
        else:
            with transaction():
                found += mend(SYSTEM, meeting_id)
    if wants_json:
        rows = [_as_json(each) for each in found]
        click.echo(json.dumps({"kind": "rebuild", "check": check, "half_days": len(meetings), "differences": rows}))
    else:
        for each in found:
            click.echo(_line(each))
        click.echo(f"{len(meetings)} half-days, {len(found)} {'differences' if check else 'mended'}")
    sys.exit(1 if check and found else 0)


def _line(each: Difference) -> str:
    told = "; ".join(
        f"{name} is {_plain(each.stands.get(name))}, the log says {_plain(each.follows.get(name))}"
        for name in each.fields
    )
    return f"half-day {each.meeting_id}, person {each.person_id}: {told}"


def _as_json(each: Difference) -> dict[str, Any]:
    return {
        "half_day": each.meeting_id,
        "person": each.person_id,
        "stands": {name: _plain(each.stands[name]) for name in each.fields if name in each.stands},
        "follows": {name: _plain(each.follows[name]) for name in each.fields if name in each.follows},
    }


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, int | list) else str(value)
