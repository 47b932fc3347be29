"""Tests on paper: print them, type them twice, decide what differs."""

from collections.abc import Sequence
from typing import Any

from flask import flash, g, request, url_for
from werkzeug.wrappers import Response

from app.access.permissions import Permission
from app.courses.models import Unit
from app.platform.clock import today
from app.platform.config import settings
from app.platform.documents.errors import DocumentFailed
from app.platform.documents.fonts import ROOT
from app.platform.i18n import _
from app.platform.i18n.folding import searchable
from app.platform.i18n.languages import LANGUAGES
from app.platform.i18n.texts import current_language
from app.platform.refusal import NotFound, Refused
from app.platform.web import Blueprint, file_response, render, see_other
from app.platform.web.forms import number as whole_number
from app.quizzes.booklets.models import Booklet
from app.quizzes.booklets.queries import printed, quiz_for
from app.quizzes.queries.paper import paper_shares
from app.quizzes.queries.terms import policy_of
from app.quizzes.rules import Counts
from app.quizzes.sheets import operations, queries
from app.quizzes.sheets.drawing import draw_test
from app.quizzes.sheets.facts import Print
from app.quizzes.sheets.operations import Entered
from app.quizzes.sheets.pages import ComparePage, Difference, MadePage, PapersPage, TypePage
from app.quizzes.sheets.queries import Sitter
from app.quizzes.sheets.reading import Typed, read_typed
from app.quizzes.sheets.rules import PEOPLE_AT_ONCE, code_read, differing
from app.quizzes.sheets.telling import faults_of, written
from app.sessions.models import TrainingSession

bp = Blueprint("paper", __name__)
OPEN = Permission.QUIZZES_OPEN
SHEETS = "/sessions/<int:training_id>/quizzes/<int:unit_id>/sheets"
PERSON = f"{SHEETS}/people/<int:person_id>"


@bp.get(SHEETS, may=OPEN)
def index(training_id: int, unit_id: int) -> Response:
    training, unit = quiz_for(g.actor, training_id, unit_id)
    return render(_papers(training, unit))


@bp.post(SHEETS, may=OPEN)
def make(training_id: int, unit_id: int) -> Response:
    operations.make_forms(g.actor, training_id, unit_id)
    flash(_("The test can be printed now."), "done")
    return see_other(url_for("paper.index", training_id=training_id, unit_id=unit_id))


@bp.get(f"{SHEETS}/forms/<int:number>", may=OPEN)
def blank(training_id: int, unit_id: int, number: int) -> Response:
    training, unit = quiz_for(g.actor, training_id, unit_id)
    return _pdf(training, queries.blank(training, unit, number - 1, _locale(), _address()), f"form-{number}")


@bp.get(f"{SHEETS}/answers/<int:number>", may=OPEN)
def answer_sheets(training_id: int, unit_id: int, number: int) -> Response:
    """So many sheets at once, by number from 1."""
    training, unit = quiz_for(g.actor, training_id, unit_id)
    people = queries.sitters(training, unit)[(number - 1) * PEOPLE_AT_ONCE : number * PEOPLE_AT_ONCE]
    wanted = queries.named(training, unit, people, _locale(), _address(), with_questions=False)
    return _pdf(training, wanted, f"answers-{number}")


@bp.get(f"{PERSON}/paper", may=OPEN)
def one(training_id: int, unit_id: int, person_id: int) -> Response:
    training, unit = quiz_for(g.actor, training_id, unit_id)
    sitter = queries.sitter_of(training, unit, person_id)
    wanted = queries.named(training, unit, [sitter], _locale(), _address(), with_questions=True)
    return _pdf(training, wanted, f"person-{person_id}")


@bp.get(PERSON, may=OPEN)
def person(training_id: int, unit_id: int, person_id: int) -> Response:
    training, unit = quiz_for(g.actor, training_id, unit_id)
    sitter = queries.sitter_of(training, unit, person_id)
    if not printed(training_id, unit_id):
        return see_other(url_for("paper.index", training_id=training_id, unit_id=unit_id))
    entries = queries.waiting_entries(training_id, unit_id, person_id)
    if len(entries) >= operations.SECOND:
        return render(_compare(training, unit, sitter))
    made = queries.last_made(training_id, unit_id, person_id)
    if made and not entries and "again" not in request.args:
        return render(MadePage(training, unit, sitter, made, queries.who_typed(made), *_total(training, unit, sitter)))
    return render(_type(training, unit, sitter, whole_number(request.args.get("form"))))


@bp.post(PERSON, may=OPEN)
def enter(training_id: int, unit_id: int, person_id: int) -> Response:
    training, unit = quiz_for(g.actor, training_id, unit_id)
    sitter = queries.sitter_of(training, unit, person_id)
    form = whole_number(request.form.get("form"))
    booklet = next((each for each in printed(training_id, unit_id) if each.form == form), None)
    if booklet is None:
        return see_other(url_for("paper.index", training_id=training_id, unit_id=unit_id))
    typed = _typed(booklet)
    if not typed.is_clear:
        return render(_type(training, unit, sitter, form, typed, faults_of(typed)), 422)
    record = request.form.get("record_id", "")
    try:
        entered = operations.enter(g.actor, training_id, unit_id, person_id, booklet.form, typed.choices, record)
    except NotFound:
        raise
    except Refused as refusal:
        return render(_type(training, unit, sitter, form, typed, [str(refusal)]), 422)
    return _after(training_id, unit_id, person_id, entered)


@bp.post(f"{PERSON}/decision", may=OPEN)
def decide(training_id: int, unit_id: int, person_id: int) -> Response:
    picked = {
        question_id: turn
        for name, value in request.form.items()
        if name.startswith("turn-") and (question_id := whole_number(name.removeprefix("turn-"))) is not None
        if (turn := whole_number(value)) in {0, operations.FIRST, operations.SECOND} and turn is not None
    }
    record = request.form.get("record_id", "")
    try:
        entered = operations.decide(g.actor, training_id, unit_id, person_id, picked, record)
    except NotFound:
        raise
    except Refused as refusal:
        training, unit = quiz_for(g.actor, training_id, unit_id)
        sitter = queries.sitter_of(training, unit, person_id)
        if len(queries.waiting_entries(training_id, unit_id, person_id)) < operations.SECOND:
            raise
        return render(_compare(training, unit, sitter, str(refusal)), 422)
    return _after(training_id, unit_id, person_id, entered)


@bp.post(f"{PERSON}/dropping", may=OPEN)
def drop(training_id: int, unit_id: int, person_id: int) -> Response:
    operations.drop(g.actor, training_id, unit_id, person_id)
    flash(_("Type the paper again, twice."), "done")
    return see_other(url_for("paper.person", training_id=training_id, unit_id=unit_id, person_id=person_id))


@bp.get("/paper", may=OPEN)
def find() -> Response:
    """A code that somebody reads from a paper and types."""
    code = request.args.get("code", "").strip()[:40]
    return scanned(code) if code else see_other(url_for("sessions.index"))


@bp.get("/paper/<code>", may=OPEN)
def scanned(code: str) -> Response:
    """Where the code on an answer sheet leads."""
    read = code_read(code)
    if read is None:
        raise NotFound
    booklet = queries.by_code(read[0])
    training, unit = quiz_for(g.actor, booklet.training_id, booklet.unit_id)
    place: dict[str, Any] = {"training_id": training.id, "unit_id": unit.id}
    person_id = queries.person_of_seat(booklet, read[1]) if read[1] is not None else None
    if person_id is None:
        return see_other(url_for("paper.index", **place))
    return see_other(url_for("paper.person", person_id=person_id, form=booklet.form, **place))


def _papers(training: TrainingSession, unit: Unit) -> PapersPage:
    forms, words = printed(training.id, unit.id), request.args.get("q", "")[:100]
    found, wanted = queries.rows(training, unit), searchable(words)
    fitting = [
        row for row in found
        if wanted in searchable(row.sitter.name, row.sitter.local_name, row.sitter.number, row.sitter.factory)
    ]  # fmt: skip
    codes = queries.languages_of(forms[0]) if forms else set()
    languages = [(code, LANGUAGES[code].own_name) for code in LANGUAGES if code in codes]
    language = training.language if training.language in codes else "en"
    return PapersPage(training, unit, forms, languages, language, fitting, len(found), words)


def _type(
    training: TrainingSession, unit: Unit, sitter: Sitter, form: int | None, typed: Typed | None = None,
    faults: Sequence[str] = (),
) -> TypePage:  # fmt: skip
    forms = printed(training.id, unit.id)
    booklet = next((each for each in forms if each.form == (sitter.form if form is None else form)), forms[0])
    before = queries.waiting_entries(training.id, unit.id, sitter.person_id)
    is_same = any(each.account_id == g.actor.account_id for each in before)
    return TypePage(
        training, unit, sitter, forms, booklet.form, queries.asked_in(booklet, current_language()), len(before) + 1,
        is_same, *_total(training, unit, sitter), request.form.get("line", "")[:1000],
        _fields() if typed else {}, faults,
    )  # fmt: skip


def _compare(training: TrainingSession, unit: Unit, sitter: Sitter, sentence: str = "") -> ComparePage:
    entries = queries.waiting_entries(training.id, unit.id, sitter.person_id)
    first, second = entries[0], entries[1]
    is_other = first.booklet_id != second.booklet_id
    booklet = next(each for each in printed(training.id, unit.id) if each.id == first.booklet_id)
    said = first.choices or {}, second.choices or {}
    open_ones = [] if is_other else differing(*said, booklet.question_ids)
    asked = {each.stored.question_id: each for each in queries.asked_in(booklet, current_language())}
    differences = [
        Difference(
            asked[each],
            *(written(booklet, asked[each], choices.get(str(each), [])) for choices in said),
        )
        for each in open_ones
    ]
    return ComparePage(
        training, unit, sitter, differences, entries, queries.who_typed(entries), is_other, sentence
    )


def _total(training: TrainingSession, unit: Unit, sitter: Sitter) -> tuple[bool, Counts]:
    return bool(paper_shares(training.id, unit.id, sitter.person_id)), policy_of(unit.id).counts


def _fields() -> dict[int, str]:
    """What was typed by question; several letters of one question are one word."""
    return {
        question_id: "".join(request.form.getlist(name))[:1000].strip()
        for name in request.form
        if name.startswith("q-") and (question_id := whole_number(name.removeprefix("q-"))) is not None
    }


def _typed(booklet: Booklet) -> Typed:
    line = request.form.get("line", "")[:1000]
    return read_typed(queries.asked_in(booklet, current_language()), booklet.seed, line, _fields())


def _after(training_id: int, unit_id: int, person_id: int, entered: Entered) -> Response:
    place: dict[str, Any] = {"training_id": training_id, "unit_id": unit_id}
    if entered.attempt_id is not None:
        flash(_("The paper is handed in and graded."), "done")
    elif entered.turn == operations.FIRST:
        flash(_("Typed once. Now it is typed a second time, best by somebody else."), "done")
    else:
        flash(_("The two typings differ. Look at the paper and decide."), "need")
        return see_other(url_for("paper.person", person_id=person_id, **place))
    return see_other(url_for("paper.index", **place))


def _locale() -> str:
    wanted = request.args.get("language", "")
    return wanted if wanted in LANGUAGES else "en"


def _address() -> str:
    return settings().base_url + url_for("paper.find") + "/"


def _pdf(training: TrainingSession, wanted: Print, name: str) -> Response:
    day = today(training.programme.zone)
    try:
        data = draw_test(wanted, day=day, fonts=ROOT / settings().fonts_dir)
    except DocumentFailed:
        raise Refused(_("No font has every sign of this text, or it is too long to print.")) from None
    return file_response(data, f"{training.code}-{name}-{wanted.locale}.pdf", "application/pdf", inline=True)
