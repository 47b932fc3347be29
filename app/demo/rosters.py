"""The two staff lists of a factory, as files that are imported by the same verbs as everybody's."""

from collections.abc import Iterable
from datetime import date

from app.access.actor import Actor
from app.demo.people import DESIGNATIONS, FIRST_ROSTER, SECOND_ROSTER, Worker
from app.factories import queries
from app.factories.models import Factory
from app.factories.operations import apply_roster, preview_roster
from app.factories.rules import JobRole
from app.platform.tables import write_csv, write_xlsx

_HEADER = ("Employee No", "Name", "Name in local script", "Sex", "Line", "Designation", "Joining date")
_COLUMNS = dict(zip(
    ("employee_number", "name", "local_name", "sex", "line", "designation", "joined"), "ABCDEFG", strict=True
))


def first(actor: Actor, factory: Factory, workers: Iterable[Worker], today: date) -> None:
    """Everybody who was there at the time of the first roster."""
    day = today - FIRST_ROSTER
    _import(actor, factory, f"staff-list-{day:%Y-%m}.xlsx", [w for w in workers if w.joined <= day])


def second(actor: Actor, factory: Factory, workers: Iterable[Worker], today: date) -> None:
    """Who is still or newly there; whoever is not on it has left."""
    day = today - SECOND_ROSTER
    _import(actor, factory, f"staff-list-{day:%Y-%m}.csv", [w for w in workers if not w.leaves])


def _import(actor: Actor, factory: Factory, file_name: str, workers: list[Worker]) -> None:
    write = write_csv if file_name.endswith(".csv") else write_xlsx
    data = write(_HEADER, [_row(worker) for worker in workers])
    chosen = {"header_row": 1, "columns": _COLUMNS, "calendar": "gregorian"}
    found = preview_roster(actor, factory, file_name, data, chosen)
    leavers = {one.employment_id for one in queries.proposal(found).leavers}
    apply_roster(actor, found.id, leavers)


def _row(worker: Worker) -> tuple[str | date | None, ...]:
    return (
        worker.number, worker.name.latin, worker.name.local, worker.sex.value, worker.line,
        DESIGNATIONS[worker.role], worker.joined,
    )


def people(factory: Factory, roles: Iterable[JobRole]) -> dict[str, int]:
    """Employee number -> person, of those who work there now in these roles."""
    wanted = {str(role) for role in roles}
    return {row.employee_number: row.person_id for row in queries.employed(factory.id) if row.role in wanted}
