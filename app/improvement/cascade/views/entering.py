"""Entering a session, correcting an entry, saying that nothing was held."""

from collections.abc import Sequence
from datetime import date, timedelta
from secrets import token_hex
from typing import Any

from flask import flash, g, request, url_for
from werkzeug.datastructures import CombinedMultiDict
from werkzeug.wrappers import Response

from app.courses import queries as courses
from app.factories import queries as factories
from app.factories.models import Factory
from app.improvement.ambassadors.queries import teaching_on
from app.improvement.cascade import operations, queries
from app.improvement.cascade.forms import HeadsForm, RosterForm, SessionForm, WithdrawalForm
from app.improvement.cascade.models import CascadeSession
from app.improvement.cascade.operations import Said, WrongPeople
from app.improvement.cascade.pages import EntryPage
from app.improvement.cascade.queries import Employed
from app.improvement.cascade.rules import is_doubtful
from app.improvement.cascade.views.blueprint import ALL, ONE, WRITE, bp, load, place
from app.improvement.cascade.views.reading import show
from app.platform.clock import today
from app.platform.i18n import _, text
from app.platform.i18n.formats import format_number
from app.platform.refusal import NotFound, Refused
from app.platform.web import render, see_other
from app.platform.web.forms import number, offered
from app.platform.web.throttle import spend

MOST_A_DAY = 100
"""Sendings of one account or person: far more than anybody teaches, far less than would fill a disk with photos."""
FEW = 30
"""So many people are shown without asking for a line or a name."""
MOST_SHOWN = 200
"""People of one list on a phone; the rest is found by line, name or number."""


@bp.get(f"{ALL}/new", may=WRITE)
def new(code: str) -> Response:
    return _begin(load(code, WRITE), None)


@bp.post(f"{ALL}/new", may=WRITE)
def enter(code: str) -> Response:
    _count()
    return _take(load(code, WRITE), None)


@bp.get(f"{ONE}/correction", may=WRITE)
def correction(code: str, cascade_id: int) -> Response:
    factory = load(code, WRITE)
    return _begin(factory, queries.one(g.actor, factory.id, cascade_id))


def _begin(factory: Factory, before: CascadeSession | None) -> Response:
    """The form before anything was filled in: of a new session, or with what one says that is corrected."""
    if before is None:
        day = _asked_day(factory)
        return _show(factory, _form(factory, day, None, {"held_on": day, "line": _asked_line()}), None, day)
    data: dict[str, Any] = {
        "held_on": before.held_on, "ambassador": before.ambassador_id, "theme": before.theme, "topic": before.topic,
        "course": before.course.code if before.course else "", "minutes": before.minutes, "line": before.line_id,
        "women": before.women, "men": before.men, "others": before.others,
        "people": [each.person.id for each in queries.roster(before.id)],
    }  # fmt: skip
    return _show(factory, _form(factory, before.held_on, before, data), before, before.held_on)


@bp.post(f"{ONE}/correction", may=WRITE)
def correct(code: str, cascade_id: int) -> Response:
    _count()
    factory = load(code, WRITE)
    return _take(factory, queries.one(g.actor, factory.id, cascade_id))


@bp.post(f"{ONE}/withdrawal", may=WRITE)
def withdraw(code: str, cascade_id: int) -> Response:
    factory = load(code, WRITE)
    row, form = queries.one(g.actor, factory.id, cascade_id), WithdrawalForm(request.form)
    if not form.validate():
        return show(factory, row, form)
    operations.withdraw(g.actor, code, cascade_id, form.why.data)
    flash(_("This session counts no more. What was entered stays to be read."), "done")
    return see_other(url_for("cascade.index", code=code))


def _count() -> None:
    """Before anything is asked of the database: the counter writes in a transaction of its own. Looking people up is no
    sending.
    """
    if "search" not in request.form:
        spend(f"cascade:{g.actor.account_id or ''}:{g.actor.person_id or ''}", MOST_A_DAY, timedelta(days=1))


def _take(factory: Factory, before: CascadeSession | None) -> Response:
    if "search" in request.form:  # by POST, so that no name stands in an address
        return _begin(factory, before)
    sent: Any = CombinedMultiDict[Any, Any]([request.files, request.form])
    day = _day_of(request.form.get("held_on")) or today(factory.programme.zone)
    form = _form(factory, day, before, None, sent)
    if not form.validate():
        return _show(factory, form, before, day)
    said = _said(factory, form, day)
    if said is None:
        return _show(factory, form, before, day)
    try:
        row = (
            operations.correct(g.actor, factory.code, before.id, said, form.why.data)
            if before else operations.enter(g.actor, factory.code, said)
        )  # fmt: skip
    except NotFound:
        raise
    except WrongPeople as refusal:
        (form.people if isinstance(form, RosterForm) else form.held_on).errors = [str(refusal)]
        return _show(factory, form, before, day)
    except Refused as refusal:
        form.held_on.errors = [str(refusal)]
        return _show(factory, form, before, day)
    flash(_("The session is entered."), "done")
    _warn(factory, row)
    return see_other(url_for("cascade.session", code=factory.code, cascade_id=row.id))


def _said(factory: Factory, form: SessionForm, day: date) -> Said | None:
    """What the form says; None when it names people whom nobody knows, which it then says itself."""
    if isinstance(form, HeadsForm):
        return form.said(heads=form.heads)
    if not isinstance(form, RosterForm):
        return None
    found, missing = queries.numbered(factory.id, day, form.typed)
    if missing:
        form.numbers.errors = [_("Nobody had these numbers on that day: %(numbers)s", numbers=", ".join(missing[:20]))]
        return None
    return form.said(people={*(form.people.data or ()), *(each.person_id for each in found)})


def _warn(factory: Factory, row: CascadeSession) -> None:
    declared = queries.declared(factory.id, row.held_on)
    if is_doubtful(row.heads, declared):
        flash(
            _(
                "It counts %(heads)s people, and the factory has declared %(declared)s. Please check both.",
                heads=format_number(row.heads.total), declared=format_number(declared or 0),
            ),
            "need",
        )  # fmt: skip


def _form(
    factory: Factory, day: date, before: CascadeSession | None, data: dict[str, Any] | None, sent: Any = None
) -> SessionForm:
    """The form for names or for heads, with what can be chosen."""
    kind = RosterForm if _with_names(before) else HeadsForm
    form: SessionForm = kind(sent, data={"sent_id": token_hex(16), **(data or {})})
    if g.actor.person_id is not None:
        del form.ambassador
    else:
        teaching = [
            (each.ambassador_id, each.name if each.is_certified else _("%(name)s (not certified)", name=each.name))
            for each in teaching_on(factory.id, day)
        ]
        form.ambassador.choices = offered([*teaching, ("", _("Somebody else of the factory"))])
        if sent is None and before is None and teaching:
            form.ambassador.data = teaching[0][0]
    form.course.choices = offered(
        [("", _("None")), *((each.course.code, text(each.titles)) for each in courses.catalogue())]
    )
    besides = before.line_id if before else None
    form.line.choices = offered([("", _("No line")), *factories.lines(factory.id, besides)])
    if isinstance(form, RosterForm):  # who of them worked there on the day is for the verb to say
        form.people.choices = offered((each, str(each)) for each in form.people.data or ())
    if before is None:
        del form.why
    return form


def _show(factory: Factory, form: SessionForm, before: CascadeSession | None, day: date) -> Response:
    people, is_cut = _offer(factory, form, day) if isinstance(form, RosterForm) else ([], False)
    page = EntryPage(
        place(factory), form, isinstance(form, RosterForm), before, people, is_cut, factories.lines(factory.id),
        _asked_line(), request.form.get("q", ""),
    )  # fmt: skip
    return render(page, 422 if form.errors else 200)


def _offer(factory: Factory, form: RosterForm, day: date) -> tuple[Sequence[Employed], bool]:
    """The people to tick: those of the line or search, and who is ticked already; and whether there are more."""
    line_id, words = _asked_line(), request.form.get("q", "")
    ticked = [each for each in form.people.data or () if isinstance(each, int)]
    found = {each.person_id: each for each in queries.on_day(factory.id, day, ticked).values()}
    is_asked = line_id is not None or bool(words.strip())
    listed = queries.employed_on(factory.id, day, line_id=line_id, q=words, most=MOST_SHOWN if is_asked else FEW)
    if not is_asked and len(listed) > FEW:  # a phone is small: first the line, then its people
        form.people.choices = offered((each.person_id, _label(each)) for each in found.values())
        return list(found.values()), True
    found |= {each.person_id: each for each in listed[:MOST_SHOWN]}
    form.people.choices = offered((each.person_id, _label(each)) for each in found.values())
    return list(found.values()), len(listed) > MOST_SHOWN


def _label(each: Employed) -> str:
    return " · ".join(part for part in (each.name, each.local_name, each.employee_number, each.line) if part)


def _with_names(before: CascadeSession | None) -> bool:
    usual = "heads" if before is not None and not before.has_roster else "names"
    return request.values.get("way", usual) != "heads"


def _asked_line() -> int | None:
    return number(request.values.get("of_line"))


def _asked_day(factory: Factory) -> date:
    return _day_of(request.args.get("on")) or today(factory.programme.zone)


def _day_of(sent: str | None) -> date | None:
    try:
        return date.fromisoformat(sent or "")
    except ValueError:
        return None
