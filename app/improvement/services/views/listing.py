"""What was done for a factory, as a page and as a table to take away."""

from collections.abc import Iterable, Iterator

from flask import g, request
from werkzeug.wrappers import Response

from app.access.permissions import Permission
from app.factories.queries import factory_by_code
from app.improvement.services import queries
from app.improvement.services.models import ServiceLog
from app.improvement.services.pages import WORDS, ServicesPage
from app.improvement.services.queries import ServiceFilter
from app.improvement.services.rules import ServiceNote, counting
from app.improvement.services.views.blueprint import ADDRESS, bp
from app.platform.i18n import _
from app.platform.tables import write_csv
from app.platform.web import file_response, render

_READ = Permission.VISITS_READ
_NAMES = ("kind", "theme", "year")


@bp.get(ADDRESS, may=_READ)
def of_factory(code: str) -> Response:
    factory, asked = factory_by_code(g.actor, code, _READ), _chosen()
    every = queries.of_factory(factory.id)
    counted = {each.id for each in counting(every)}
    page = ServicesPage(
        factory=factory,
        rows=queries.chosen_of(every, asked),
        former=[each for each in every if each.id not in counted],
        years=sorted({each.held_on.year for each in every}, reverse=True),
        chosen=asked,
        values={name: value for name in _NAMES if (value := getattr(asked, name))},
        may_log=g.actor.scope(Permission.VISITS_LOG).reaches(factory.programme_id, factory.id),
    )
    return render(page)


@bp.get(f"{ADDRESS}/table.csv", may=_READ)
def table(code: str) -> Response:
    factory = factory_by_code(g.actor, code, _READ)
    rows = _cells(queries.chosen_of(queries.of_factory(factory.id), _chosen()))
    head = [
        _("Factory code"), _("Day"), _("What it was"), _("Theme"), _("How"), _("Minutes"), _("Women"), _("Men"),
        _("What happened"), _("Actions"),
    ]  # fmt: skip
    name = f"{factory.code}-services.csv"
    return file_response(
        write_csv(head, ([factory.code, *cells] for cells in rows)), name, "text/csv; charset=utf-8")


def _chosen() -> ServiceFilter:
    return ServiceFilter(**{name: request.args.get(name, "") for name in _NAMES})


def _cells(rows: Iterable[ServiceLog]) -> Iterator[list[str]]:
    for each in rows:
        yield [
            each.held_on.isoformat(), str(WORDS.kinds[each.kind]), WORDS.theme(each.theme) if each.theme else "",
            str(WORDS.modes[each.mode]), str(each.minutes), str(each.women), str(each.men),
            " ".join(str(WORDS.notes[ServiceNote(note)]) for note in each.notes),
            ", ".join(WORDS.point(one.point) if one.point else WORDS.theme(one.theme) for one in each.actions),
        ]  # fmt: skip
