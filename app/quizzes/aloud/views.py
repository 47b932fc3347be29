"""Reading a quiz out: the start, the wall, the grid, the end.

The wall and the grid have addresses of their own, so that one can be on the projector and the other on a phone.
"""

from collections.abc import Callable, Collection, Sequence

from flask import flash, g, request, url_for
from werkzeug.wrappers import Response

from app.access.permissions import Permission
from app.courses.models import Unit
from app.courses.queries import media_of_unit
from app.platform.clock import now
from app.platform.i18n import _, ngettext
from app.platform.i18n.folding import searchable
from app.platform.i18n.languages import LANGUAGES
from app.platform.i18n.texts import current_language
from app.platform.refusal import NotFound, Refused
from app.platform.web import Blueprint, media_response, render, see_other
from app.platform.web.forms import number as whole_number
from app.quizzes.aloud import operations
from app.quizzes.aloud.forms import grid_form
from app.quizzes.aloud.labels import HINDRANCES
from app.quizzes.aloud.operations import Noted
from app.quizzes.aloud.pages import EndingPage, GridPage, Languages, ReadingPage, StartPage, WallPage
from app.quizzes.aloud.queries import lines, steps, taking_part
from app.quizzes.booklets.lettering import is_asked, letter_count, takes_one_place, takes_several
from app.quizzes.booklets.models import Booklet
from app.quizzes.booklets.queries import hindrances, lettered, question_in, quiz_for, read_now
from app.quizzes.booklets.rules import LATIN
from app.quizzes.queries.banks import turn_of
from app.quizzes.queries.terms import policy_of
from app.quizzes.queries.windows import Name, people_of
from app.quizzes.shown import picture, sound
from app.quizzes.slots import slots
from app.sessions.models import TrainingSession

bp = Blueprint("aloud", __name__)
OPEN = Permission.QUIZZES_OPEN
ALOUD = "/sessions/<int:training_id>/quizzes/<int:unit_id>/aloud"


@bp.get(ALOUD, may=OPEN)
def index(training_id: int, unit_id: int) -> Response:
    training, unit = quiz_for(g.actor, training_id, unit_id)
    booklet = read_now(training_id, unit_id)
    return render(_reading(training, unit, booklet)) if booklet else _start(training, unit)


@bp.post(ALOUD, may=OPEN)
def begin(training_id: int, unit_id: int) -> Response:
    chosen = [person_id for each in request.form.getlist("person") if (person_id := whole_number(each)) is not None]
    form = whole_number(request.form.get("form")) or 0
    try:
        began = operations.read_out(g.actor, training_id, unit_id, chosen, form)
    except NotFound:
        raise
    except Refused as refusal:
        training, unit = quiz_for(g.actor, training_id, unit_id)
        return _start(training, unit, chosen, str(refusal), 422)
    flash(ngettext("%(num)s person takes part.", "%(num)s people take part.", began.people), "done")
    for name in people_of(training_id) if began.hindered else ():
        if why := began.hindered.get(name.person_id):
            flash(f"{name.local_name or name.name}: {HINDRANCES[why]}", "need")
    return see_other(url_for("aloud.index", training_id=training_id, unit_id=unit_id))


@bp.get(f"{ALOUD}/<int:number>", may=OPEN)
def wall(training_id: int, unit_id: int, number: int) -> Response:
    training, unit = quiz_for(g.actor, training_id, unit_id)
    booklet = read_now(training_id, unit_id)
    if booklet is None:
        return see_other(url_for("aloud.index", training_id=training_id, unit_id=unit_id))
    stored = question_in(booklet, number)
    languages = _languages(stored.texts.keys())
    first, second = _two(training, languages)
    sides = [lettered(booklet, stored, [code]) for code in (first, second) if code]
    return render(WallPage(training, unit, number, len(booklet.question_ids), sides, languages, first, second))


@bp.get(f"{ALOUD}/<int:number>/sounds/<language>", may=OPEN)
def hear(training_id: int, unit_id: int, number: int, language: str) -> Response:
    return _media(training_id, unit_id, number, language, sound)


@bp.get(f"{ALOUD}/<int:number>/sounds/<language>/<option>", may=OPEN)
def hear_option(training_id: int, unit_id: int, number: int, language: str, option: str) -> Response:
    return _media(training_id, unit_id, number, language, sound, option)


@bp.get(f"{ALOUD}/<int:number>/pictures/<language>", may=OPEN)
def see(training_id: int, unit_id: int, number: int, language: str) -> Response:
    return _media(training_id, unit_id, number, language, picture)


@bp.get(f"{ALOUD}/<int:number>/pictures/<language>/<option>", may=OPEN)
def see_option(training_id: int, unit_id: int, number: int, language: str, option: str) -> Response:
    return _media(training_id, unit_id, number, language, picture, option)


@bp.get(f"{ALOUD}/<int:number>/answers", may=OPEN)
def grid(training_id: int, unit_id: int, number: int) -> Response:
    training, unit = quiz_for(g.actor, training_id, unit_id)
    booklet = read_now(training_id, unit_id)
    if booklet is None:
        return see_other(url_for("aloud.index", training_id=training_id, unit_id=unit_id))
    return render(_grid(training, unit, booklet, number))


@bp.post(f"{ALOUD}/<int:number>/answers", may=OPEN)
def note(training_id: int, unit_id: int, number: int) -> Response:
    form = grid_form(request.form)
    noted = operations.note_shown(
        g.actor, training_id, unit_id, number, form.notes, rest=form.rest, rest_words=form.rest_words
    )
    if noted.changed or noted.unread:
        return _told(training_id, unit_id, number, noted)
    flash(ngettext("Saved for %(num)s person.", "Saved for %(num)s people.", noted.saved), "done")
    following = number + 1 if request.form.get("then") == "next" else number
    booklet = read_now(training_id, unit_id)
    if booklet is None or following > len(booklet.question_ids):
        return see_other(url_for("aloud.index", training_id=training_id, unit_id=unit_id))
    return see_other(
        url_for("aloud.grid", training_id=training_id, unit_id=unit_id, number=following, q=request.args.get("q"))
    )


@bp.get(f"{ALOUD}/ending", may=OPEN)
def ending(training_id: int, unit_id: int) -> Response:
    training, unit = quiz_for(g.actor, training_id, unit_id)
    booklet = read_now(training_id, unit_id)
    if booklet is None:
        return see_other(url_for("aloud.index", training_id=training_id, unit_id=unit_id))
    found, people = steps(booklet, [current_language()])
    return render(EndingPage(training, unit, people, sum(is_asked(each.question) for each in found)))


@bp.post(f"{ALOUD}/submission", may=OPEN)
def submit(training_id: int, unit_id: int) -> Response:
    absent = [person_id for each in request.form.getlist("absent") if (person_id := whole_number(each)) is not None]
    number = operations.hand_in_all(g.actor, training_id, unit_id, absent)
    flash(ngettext("Handed in for %(num)s person.", "Handed in for %(num)s people.", number), "done")
    return see_other(url_for("quizzes.quiz", training_id=training_id, unit_id=unit_id))


def _start(
    training: TrainingSession, unit: Unit, chosen: Sequence[int] | None = None, sentence: str = "", status: int = 200
) -> Response:
    people, present = people_of(training.id), slots().present(training.id)
    ids = [each.person_id for each in people]
    why = {
        person_id: found
        for person_id, found in hindrances(training.id, unit.id, ids, opens_at=now()).items()
        if found is not None
    }
    ticked = {*chosen} if chosen is not None else {*ids} if present is None else {*present}
    forms = policy_of(unit.id).forms
    page = StartPage(
        training, unit, people, ticked, why, forms, turn_of(unit.phase) % forms, present is not None, sentence
    )
    return render(page, status)


def _reading(training: TrainingSession, unit: Unit, booklet: Booklet) -> ReadingPage:
    found, people = steps(booklet, [current_language(), training.language])
    part = taking_part(booklet)
    late = [each for each in people_of(training.id) if each.person_id not in part]
    languages = _languages(question_in(booklet, 1).texts.keys())
    booked = sum(each.is_booked for each in people)
    return ReadingPage(training, unit, found, booked, late, languages, *_two(training, languages))


def _grid(training: TrainingSession, unit: Unit, booklet: Booklet, number: int) -> GridPage:
    stored, words = question_in(booklet, number), request.args.get("q", "")[:100]
    question, people = lettered(booklet, stored, [current_language(), training.language]), lines(booklet, stored)
    wanted = searchable(words)
    fitting = [each for each in people if wanted in searchable(each.person.name, each.person.local_name)]
    return GridPage(
        training, unit, question, len(booklet.question_ids), fitting, sum(not each.said for each in people), words,
        LATIN[: letter_count(question)] if takes_one_place(question) else "",
        takes_several(question), is_asked(question),
        {person_id for each in request.args.get("look", "").split(",") if (person_id := whole_number(each))},
    )  # fmt: skip


def _told(training_id: int, unit_id: int, number: int, noted: Noted) -> Response:
    """What could be saved is saved; the page says what could not, so it is no error that takes everything back."""
    if noted.saved:
        flash(ngettext("Saved for %(num)s person.", "Saved for %(num)s people.", noted.saved), "done")
    if noted.changed:
        names = _names(noted.changed)
        flash(_("Somebody else changed these meanwhile, look again: %(names)s", names=names), "need")
    if noted.unread:
        flash(_("This is no answer to the question, write it again: %(names)s", names=_names(noted.unread)), "need")
    look = ",".join(str(each.person_id) for each in (*noted.changed, *noted.unread))
    return see_other(url_for("aloud.grid", training_id=training_id, unit_id=unit_id, number=number, look=look))


def _names(people: Sequence[Name]) -> str:
    return ", ".join(each.local_name or each.name for each in people)


def _languages(codes: Collection[str]) -> Languages:
    return [(code, LANGUAGES[code].own_name) for code in LANGUAGES if code in codes]


def _two(training: TrainingSession, languages: Languages) -> tuple[str, str]:
    """The language of the room, and a second one: those chosen for this wall, else English or the next."""
    codes = [code for code, _name in languages]
    wanted = (request.args.get("first"), training.language, *codes)
    first = next((code for code in wanted if code in codes), "")
    chosen = request.args.get("second")
    if chosen == "" or chosen in codes:
        return first, chosen if chosen != first else ""
    return first, next((code for code in ("en", *codes) if code in codes and code != first), "")


def _media(
    training_id: int, unit_id: int, number: int, language: str, kind: Callable[..., str | None], option: str = ""
) -> Response:
    """A file under a neutral name: its own is that of its place in the bank, which would tell the key."""
    quiz_for(g.actor, training_id, unit_id)
    booklet = read_now(training_id, unit_id)
    if booklet is None:
        return see_other(url_for("aloud.index", training_id=training_id, unit_id=unit_id))
    name = kind(question_in(booklet, number), booklet.seed, language, option)
    if name is None:
        raise NotFound
    return media_response(media_of_unit(unit_id, name), f"{kind.__name__}.{name.rpartition('.')[2]}")
