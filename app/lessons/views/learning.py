"""Learning alone: courses, lessons, practice tasks. The next thing is one tap away from each of these pages."""

from collections.abc import Sequence
from datetime import timedelta

from flask import flash, g, request, url_for
from werkzeug.datastructures import CombinedMultiDict
from werkzeug.wrappers import Response

from app.access.permissions import Permission
from app.courses.labels import UNIT_KINDS
from app.courses.rules import UnitKind
from app.lessons import operations, queries
from app.lessons.forms import PracticeForm, practice_form
from app.lessons.labels import STATES
from app.lessons.pages import CoursePage, IndexPage, LessonPage, PracticePage, WithTrainerPage
from app.lessons.queries import Reading, Studied
from app.lessons.views.files import photo_response
from app.platform.i18n import _
from app.platform.i18n.languages import LANGUAGES
from app.platform.i18n.texts import current_language
from app.platform.refusal import NotFound
from app.platform.web import Blueprint, render, see_other
from app.platform.web.throttle import spend

bp = Blueprint("lessons", __name__)
LEARN = Permission.LESSONS_LEARN
MOST_A_DAY = 60
"""Tries to log practice: far more than anybody has to tell, far less than would fill a disk with photos."""


@bp.get("/learn", may=LEARN)
def index() -> Response:
    return render(IndexPage(_reader(), queries.studied_all(g.actor.person_id)))


@bp.get("/learn/<code>", may=LEARN)
def course(code: str) -> Response:
    found = queries.studied(g.actor.person_id, code)
    return render(CoursePage(_reader(), found, queries.newer(found), UNIT_KINDS, STATES))


@bp.post("/learn/<code>/version", may=LEARN)
def switch(code: str) -> Response:
    operations.switch(g.actor, code, request.form.get("version", ""))
    flash(_("You go on with the newer version. What you have read stays read."), "done")
    return see_other(url_for("lessons.course", code=code))


@bp.get("/learn/<code>/<unit>", may=LEARN)
def unit(code: str, unit: str) -> Response:
    found = queries.studied(g.actor.person_id, code)
    this = found.unit(unit)
    if this.kind is UnitKind.PRACTICE:
        return _practice(found, unit, practice_form(found.version.number))
    reading = queries.reading(found.version, this, _wanted()) if this.kind is UnitKind.LESSON else None
    if reading is None:
        return render(WithTrainerPage(_reader(), found, this, found.test(this.code)))
    return render(LessonPage(reading.locale, found, this, reading, _spoken(reading), _address(code, unit)))


@bp.post("/learn/<code>/<unit>/reading", may=LEARN)
def read(code: str, unit: str) -> Response:
    operations.read(g.actor, code, unit, request.form.get("version", ""))
    return _go_on(code, unit)


@bp.post("/learn/<code>/<unit>/logs", may=LEARN)
def log_practice(code: str, unit: str) -> Response:
    spend(f"practice:{g.actor.person_id}", MOST_A_DAY, timedelta(days=1))
    form = PracticeForm(CombinedMultiDict([request.files, request.form]))
    if not form.validate():
        return _practice(queries.studied(g.actor.person_id, code), unit, form, 422)
    number, text = form.version.data or "", form.text.data or ""
    operations.log_practice(g.actor, code, unit, number, log_id=form.key, text=text, photo=form.cleaned)
    flash(_("Your practice is logged."), "done")
    return see_other(_address(code, unit) + "#logs")


@bp.post("/learn/logs/<int:log_id>/withdrawal", may=LEARN)
def withdraw(log_id: int) -> Response:
    code, unit = queries.place_of(operations.withdraw(g.actor, log_id))
    flash(_("What you logged is deleted."), "done")
    return see_other(_address(code, unit))


@bp.get("/learn/logs/<int:log_id>/photo", may=LEARN)
def photo(log_id: int) -> Response:
    return photo_response(queries.own_log(g.actor.person_id, log_id))


def _go_on(code: str, unit: str) -> Response:
    """To the next thing; to the course when there is none."""
    following = queries.studied(g.actor.person_id, code).next_after(unit)
    return see_other(_address(code, following.code) if following else url_for("lessons.course", code=code))


def _practice(found: Studied, code: str, form: PracticeForm, status: int = 200) -> Response:
    unit = found.unit(code)
    if unit.kind is not UnitKind.PRACTICE:
        raise NotFound
    reading = queries.reading(found.version, unit, _wanted())
    page = PracticePage(
        reader=reading.locale if reading else _reader(),
        course=found,
        unit=unit,
        reading=reading,
        languages=_spoken(reading),
        request_path=_address(found.code, unit.code),
        form=form,
        logs=queries.logs_of_unit(g.actor.person_id, found.version.course_id, unit.code),
    )
    return render(page, status)


def _address(code: str, unit: str) -> str:
    return url_for("lessons.unit", code=code, unit=unit)


def _spoken(reading: Reading | None) -> Sequence[tuple[str, str]]:
    """Languages to choose from, with their own names."""
    return [(code, LANGUAGES[code].own_name) for code in (reading.languages if reading else ())]


def _wanted() -> Sequence[str | None]:
    """Languages of the reader: chosen on this device, the person's own, the page's."""
    return request.cookies.get("language"), g.actor.language, current_language()


def _reader() -> str:
    return next(code for code in _wanted() if code in LANGUAGES)
