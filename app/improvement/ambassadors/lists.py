"""Lists of ambassadors, filtered as an address asks, and as a table to take along."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from app.access.actor import Actor
from app.factories.models import Factory, Programme
from app.improvement.ambassadors import labels
from app.improvement.ambassadors.queries import Listed, listed
from app.improvement.ambassadors.rules import Pace, TermState
from app.platform import audit
from app.platform.i18n import _
from app.platform.tables.writing import Cell


@dataclass(frozen=True)
class Wanted:
    """Codes of a programme and a factory, a state, a pace: what is empty asks for all."""

    programme: str = ""
    factory: str = ""
    state: TermState | None = None
    pace: Pace | None = None

    def fits(self, each: Listed) -> bool:
        """Whether an ambassador is asked for."""
        factory = each.row.factory
        return (
            self.programme in {"", factory.programme.code} and self.factory in {"", factory.code}
            and self.state in {None, each.state} and self.pace in {None, each.progress.pace}
        )  # fmt: skip


def chosen(rows: Sequence[Listed], wanted: Wanted) -> list[Listed]:
    """Those asked for."""
    return [each for each in rows if wanted.fits(each)]


def places(rows: Sequence[Listed]) -> tuple[list[Programme], list[Factory]]:
    """Programmes and factories of these ambassadors, each once."""
    factories = {each.row.factory_id: each.row.factory for each in rows}
    programmes = {factory.programme_id: factory.programme for factory in factories.values()}
    return list(programmes.values()), list(factories.values())


def export(actor: Actor, wanted: Wanted) -> list[Listed]:
    """The list as somebody takes it along, with names: the log says so."""
    rows = chosen(listed(actor), wanted)
    audit.record(actor, "ambassadors.export", "kind:ambassadors", rows=len(rows))
    return rows


def header() -> list[str]:
    """The first row of the table."""
    return [
        _("Name"), _("Code of the factory"), _("Factory"), _("As"), _("From"), _("Until"), _("Term"), _("Modules done"),
        _("Modules"), _("Modules due by now"), _("Pace"), _("Tasks logged"), _("Tasks confirmed"), _("Tasks"),
    ]  # fmt: skip


def cells(rows: Sequence[Listed]) -> Iterator[list[Cell]]:
    """The other rows."""
    for each in rows:
        last: date | None = each.term.last_day
        yield [
            each.row.person.name, each.row.factory.code, each.row.factory.name, str(labels.KINDS[each.row.kind]),
            each.term.starts_on, last, str(labels.STATES[each.state]), each.progress.done, each.progress.total,
            each.progress.due, str(labels.PACES[each.progress.pace]), each.logged, each.confirmed, len(each.tasks),
        ]  # fmt: skip
