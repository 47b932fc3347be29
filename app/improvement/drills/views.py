"""Drills of a factory: the list, one more, and taking one back."""

from collections.abc import Iterator
from datetime import timedelta
from secrets import token_hex

from flask import flash, g, request, url_for
from werkzeug.datastructures import CombinedMultiDict
from werkzeug.wrappers import Response

from app.access.permissions import Permission
from app.factories.models import Factory
from app.factories.queries import factory_by_code
from app.improvement.drills import labels, operations, queries
from app.improvement.drills.forms import DrillForm
from app.improvement.drills.pages import DrillsPage
from app.improvement.drills.rules import DrillKind, Learnt
from app.improvement.evidence import photo_response
from app.platform.clock import today
from app.platform.db import db
from app.platform.i18n import _
from app.platform.refusal import NotFound, Refused
from app.platform.tables.writing import Cell, write_csv
from app.platform.web import Blueprint, file_response, render, see_other
from app.platform.web.addresses import neighbours
from app.platform.web.paging import paginate
from app.platform.web.throttle import spend

bp = Blueprint("drills", __name__)
_READ, _WRITE = Permission.FACTORIES_READ, Permission.DRILLS_WRITE
_ALL = "/factories/<code>/drills"
_ONE = f"{_ALL}/<int:drill_id>"
MOST_A_DAY = 100
"""Sendings of one account: far more than drills are held, far less than would fill a disk with photos."""


@bp.get(_ALL, may=_READ)
def index(code: str) -> Response:
    factory = factory_by_code(g.actor, code, _READ)
    may_write = g.actor.scope(_WRITE).reaches(factory.programme_id, factory.id)
    day = today(factory.programme.zone)
    return _show(factory, DrillForm(data={"sent_id": token_hex(16), "held_on": day}) if may_write else None)


@bp.post(_ALL, may=_WRITE)
def enter(code: str) -> Response:
    spend(f"drills:{g.actor.account_id}", MOST_A_DAY, timedelta(days=1))
    factory = factory_by_code(g.actor, code, _WRITE)
    form = DrillForm(CombinedMultiDict([request.files, request.form]))
    if not form.validate():
        return _show(factory, form)
    try:
        operations.enter(g.actor, code, form.said())
    except NotFound:
        raise
    except Refused as refusal:
        form.held_on.errors = [str(refusal)]
        return _show(factory, form)
    flash(_("The drill is entered."), "done")
    return see_other(url_for("drills.index", code=code))


@bp.get(f"{_ALL}/table.csv", may=_READ)
def csv(code: str) -> Response:
    factory = factory_by_code(g.actor, code, _READ)
    header = [_("Day"), _("What was practised"), _("Shift"), _("People"), _("Minutes"), _("What was learnt")]
    name = f"{factory.code} {_('Drills')}.csv"
    return file_response(write_csv(header, _cells(factory)), name, "text/csv; charset=utf-8")


@bp.post(f"{_ONE}/withdrawal", may=_WRITE)
def withdraw(code: str, drill_id: int) -> Response:
    operations.withdraw(g.actor, code, drill_id)
    flash(_("This drill counts no more. What was entered stays in the record of the factory."), "done")
    return see_other(url_for("drills.index", code=code))


@bp.get(f"{_ONE}/photo", may=_READ)
def photo(code: str, drill_id: int) -> Response:
    row = queries.one(factory_by_code(g.actor, code, _READ).id, drill_id)
    return photo_response(f"drill-{row.id}", row.evidence_key, row.evidence_kind)


def _show(factory: Factory, form: DrillForm | None) -> Response:
    shown = paginate(queries.listed(factory.id, _kind()), request.args.get("page", 1, type=int))
    page = DrillsPage(
        factory, shown, queries.last_held(factory.id), _kind(), labels.KINDS, labels.SHIFTS, labels.LEARNT, form,
        *neighbours(shown),
    )  # fmt: skip
    return render(page, 422 if form and form.errors else 200)


def _kind() -> DrillKind | None:
    return next((kind for kind in DrillKind if kind == request.args.get("kind")), None)


def _cells(factory: Factory) -> Iterator[list[Cell]]:
    for row in db.session.scalars(queries.listed(factory.id, _kind())):
        said = [str(labels.LEARNT[learnt]) for learnt in Learnt if learnt.value in row.learnt]
        yield [
            row.held_on, str(labels.KINDS[row.kind]), str(labels.SHIFTS[row.shift]), row.people, row.minutes,
            "; ".join(said),
        ]  # fmt: skip
