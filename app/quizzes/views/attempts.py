"""Taking the own quiz. An answer is saved and the next question shown in one request."""

from collections.abc import Mapping
from datetime import timedelta

from flask import g, make_response, request, url_for
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response

from app.access.permissions import Permission
from app.accounts import cookies, storage
from app.accounts import operations as accounts
from app.accounts.operations import kiosks
from app.courses.queries import media_of_unit
from app.platform.clock import now
from app.platform.i18n import _, lazy
from app.platform.i18n.languages import LANGUAGES
from app.platform.refusal import NotFound, Refused
from app.platform.web import Blueprint, media_response, render, see_other
from app.platform.web.forms import number as whole_number
from app.quizzes import operations, queries
from app.quizzes.explained import explained, is_released
from app.quizzes.operations import KeptApart, StaleAnswer
from app.quizzes.pages import BeginPage, KioskResultPage, NotNowPage, OverPage, QuestionPage, ResultPage, ReviewPage
from app.quizzes.queries import Sitting
from app.quizzes.rules import HANDED_IN, AttemptState, is_due
from app.quizzes.rules.limits import GRACE
from app.quizzes.rules.readings import LONGEST_TEXT
from app.quizzes.shown import GRADED_BY_A_PERSON, Stored, picture, shown, sound
from app.quizzes.surveys.queries import waiting_evaluations
from app.quizzes.views.reading import wanted

bp = Blueprint("attempts", __name__)
TAKE = Permission.QUIZZES_TAKE
_TOO_LONG = lazy("This text is too long, so it is not saved. Write fewer words.")


@bp.get("/attempts", may=TAKE)
def begin() -> Response:
    window = queries.opening(g.actor.person_id, g.actor.training_id or 0, _named(request.args))
    if window is None:
        sentence = _("The quiz is not open now. Ask your trainer to open it.")
        return render(NotNowPage(sentence, url_for("attempts.begin"), _("Try again")), 409)
    return render(BeginPage(queries.offer(window, g.actor.person_id)))


@bp.post("/attempts/sessions/<int:training_id>", may=TAKE)
def choose(training_id: int) -> Response:
    """Go to the quiz of one of the training sessions in which one has a seat; a card does not know which."""
    unit_id = _named(request.args)
    found = [each for each in queries.openings(g.actor.person_id) if each.training_id == training_id]
    if not any(unit_id in {None, each.unit_id} for each in found):
        raise NotFound
    kiosks.attend(g.actor.sign_in_id, training_id)
    return see_other(url_for("attempts.begin", unit=unit_id))


@bp.post("/attempts", may=TAKE)
def start() -> Response:
    attempt = operations.start(g.actor, unit_id=_named(request.form))
    return see_other(_way_on(queries.sitting(g.actor, attempt.id)))


@bp.get("/attempts/<int:attempt_id>", may=TAKE)
def resume(attempt_id: int) -> Response:
    sitting = queries.sitting(g.actor, attempt_id)
    if sitting.state in {AttemptState.OVERDUE, AttemptState.ABANDONED}:
        return _over(sitting)
    return see_other(_way_on(sitting)) if sitting.is_running else _result(sitting)


@bp.get("/attempts/<int:attempt_id>/questions/<int:number>", may=TAKE)
def question(attempt_id: int, number: int) -> Response:
    sitting = queries.sitting(g.actor, attempt_id)
    return _question(sitting, number) if sitting.is_running else see_other(_address(sitting))


@bp.post("/attempts/<int:attempt_id>/answers/<int:question_id>", may=TAKE)
def answer(attempt_id: int, question_id: int) -> Response:
    choice, revision = request.form.getlist("choice"), whole_number(request.form.get("revision"))
    if any(len(each) > LONGEST_TEXT for each in choice):
        return _too_long(attempt_id, question_id)
    try:
        saved = operations.answer(g.actor, attempt_id, question_id, choice, revision, request.form.get("language"))
    except StaleAnswer as refusal:
        return _question(refusal.sitting, refusal.number, sentence=str(refusal), status=409)
    except NotFound:
        raise
    except Refused as refusal:
        way_on = url_for("attempts.resume", attempt_id=attempt_id)
        return render(NotNowPage(str(refusal), way_on, _("See my quiz")), 409)
    if isinstance(saved, KeptApart):
        return see_other(url_for("attempts.kept_apart", attempt_id=attempt_id))
    if saved.sitting.policy.practice and saved.is_answered:
        return see_other(_explained(saved.sitting, saved.number))
    if "plain" in request.form:  # without script only a redirect keeps Back and Reload harmless
        return see_other(_step(saved.sitting, saved.number + 1))
    if saved.following is None:
        return _review(saved.sitting, saved_id=question_id, is_saved=saved.is_answered)
    following = saved.following
    return _question(
        saved.sitting, following.number, saved_id=question_id, stored=following, is_saved=saved.is_answered
    )


@bp.errorhandler(RequestEntityTooLarge)
def too_large(_error: RequestEntityTooLarge) -> Response:
    """More than a form can hold: nothing of it was read, and the quiz goes on."""
    return render(NotNowPage(str(_TOO_LONG), _way_back(), _("Go on with the quiz")), 413)


@bp.get("/attempts/<int:attempt_id>/answers/<int:question_id>", may=TAKE)
def answered(attempt_id: int, question_id: int) -> Response:
    """Whoever asks for the address of an answer is shown the page on which it is given."""
    asked = queries.question_of(queries.sitting(g.actor, attempt_id), question_id)
    return see_other(url_for("attempts.question", attempt_id=attempt_id, number=asked.number))


@bp.get("/attempts/<int:attempt_id>/late", may=TAKE)
def kept_apart(attempt_id: int) -> Response:
    """What became of an answer that came too late."""
    if queries.sitting(g.actor, attempt_id).state in HANDED_IN:
        reason = _("This quiz was handed in. Its answers cannot be changed any more.")
    else:
        reason = _("Time is over. The answers that you had saved count.")
    sentence = f"{reason} {_('Your last answer is kept apart, and your trainer can decide that it counts.')}"
    return render(NotNowPage(sentence, url_for("attempts.resume", attempt_id=attempt_id), _("See my quiz")))


@bp.get("/attempts/<int:attempt_id>/questions/<int:number>/sounds/<language>", may=TAKE)
def hear(attempt_id: int, number: int, language: str) -> Response:
    return _sound(attempt_id, number, language)


@bp.get("/attempts/<int:attempt_id>/questions/<int:number>/sounds/<language>/<option>", may=TAKE)
def hear_option(attempt_id: int, number: int, language: str, option: str) -> Response:
    """The address tells no more of an option than the page does."""
    return _sound(attempt_id, number, language, option)


@bp.get("/attempts/<int:attempt_id>/questions/<int:number>/pictures/<language>", may=TAKE)
def see(attempt_id: int, number: int, language: str) -> Response:
    return _picture(attempt_id, number, language)


@bp.get("/attempts/<int:attempt_id>/questions/<int:number>/pictures/<language>/<option>", may=TAKE)
def see_option(attempt_id: int, number: int, language: str, option: str) -> Response:
    """The address tells no more of an option than the page does."""
    return _picture(attempt_id, number, language, option)


@bp.get("/attempts/<int:attempt_id>/review", may=TAKE)
def review(attempt_id: int) -> Response:
    sitting = queries.sitting(g.actor, attempt_id)
    return _review(sitting) if sitting.is_running else see_other(_address(sitting))


@bp.post("/attempts/<int:attempt_id>/submission", may=TAKE)
def submit(attempt_id: int) -> Response:
    operations.submit(g.actor, attempt_id)
    if g.actor.is_kiosk:
        return _last_page(queries.sitting(g.actor, attempt_id))
    return see_other(url_for("attempts.resume", attempt_id=attempt_id))


@bp.post("/handover", may=TAKE)
def hand_over() -> Response:
    """The next person at this phone finds nothing of this one: no sign-in, no language, no stored page."""
    code = queries.code_of(g.actor.training_id or 0)
    accounts.end(g.actor.sign_in_id)
    cookies.forget()
    on_a_phone = url_for("join.people", code=code) if code else url_for("join.code")
    response = make_response(see_other(url_for("kiosk.people") if g.actor.is_kiosk else on_a_phone))
    response.delete_cookie("language", samesite="Lax", httponly=True)
    return storage.clear(response)


def _sound(attempt_id: int, number: int, language: str, option: str = "") -> Response:
    sitting = queries.sitting(g.actor, attempt_id)
    return _media(sitting, sound(queries.asked(sitting, number), sitting.seed, language, option), "sound")


def _picture(attempt_id: int, number: int, language: str, option: str = "") -> Response:
    sitting = queries.sitting(g.actor, attempt_id)
    return _media(sitting, picture(queries.asked(sitting, number), sitting.seed, language, option), "picture")


def _media(sitting: Sitting, name: str | None, neutral: str) -> Response:
    """A file under a neutral name: its own is that of its place in the bank, which would tell the key."""
    if name is None:
        raise NotFound
    return media_response(media_of_unit(sitting.unit_id, name), f"{neutral}.{name.rpartition('.')[2]}")


def _too_long(attempt_id: int, question_id: int) -> Response:
    sitting = queries.sitting(g.actor, attempt_id)
    number = queries.question_of(sitting, question_id).number
    return _question(sitting, number, sentence=str(_TOO_LONG), status=422)


def _step(sitting: Sitting, number: int) -> str:
    """Address of a question, or of the review after the last one."""
    if number > sitting.total:
        return url_for("attempts.review", attempt_id=sitting.attempt_id)
    return url_for("attempts.question", attempt_id=sitting.attempt_id, number=number)


def _question(
    sitting: Sitting,
    number: int,
    *,
    saved_id: int | None = None,
    stored: Stored | None = None,
    is_saved: bool = False,
    sentence: str = "",
    status: int = 200,
) -> Response:
    stored = stored or queries.asked(sitting, number)
    if sitting.policy.practice and stored.choice and not sentence:
        return see_other(_explained(sitting, number))
    seen = shown(stored, sitting.seed, wanted(), mixed=sitting.policy.mixed_options)
    page = QuestionPage(
        sitting=sitting,
        question=seen,
        codes=queries.codes_of(sitting, seen),
        time_left=queries.time_left(sitting),
        languages=[(code, LANGUAGES[code].own_name) for code in LANGUAGES if code in stored.texts],
        request_path=url_for("attempts.question", attempt_id=sitting.attempt_id, number=number),
        saved_id=saved_id,
        is_saved=is_saved,
        sentence=sentence,
    )
    return render(page, status)


def _review(sitting: Sitting, *, saved_id: int | None = None, is_saved: bool = False) -> Response:
    path = url_for("attempts.review", attempt_id=sitting.attempt_id)
    is_over = is_due(now(), sitting.deadline_at, GRACE)
    time_left = queries.time_left(sitting)
    return render(ReviewPage(sitting, queries.steps(sitting), path, is_over, time_left, saved_id, is_saved))


def _explained(sitting: Sitting, number: int) -> str:
    """In a practice an answered question is not asked again: its page says what is right."""
    return url_for("explaining.explained", attempt_id=sitting.attempt_id, number=number)


def _over(sitting: Sitting) -> Response:
    late, ends = timedelta(minutes=sitting.policy.grace_minutes), sitting.deadline_at
    until = ends + late if ends and sitting.state is AttemptState.OVERDUE else None
    return render(OverPage(sitting, until, queries.zone_of(sitting.training_id), _can_try_again(sitting)))


def _result(sitting: Sitting) -> Response:
    reasons = explained(sitting, wanted()) if is_released(sitting, now()) else []
    evaluations = waiting_evaluations(sitting.person_id, sitting.training_id)
    return render(ResultPage(sitting, reasons, _can_try_again(sitting), _waits(sitting), evaluations))


def _last_page(sitting: Sitting) -> Response:
    """The result on a kiosk, shown once to somebody who is signed out already."""
    accounts.end(g.actor.sign_in_id)
    cookies.forget()
    return render(KioskResultPage(sitting, [], can_try_again=False, waits=_waits(sitting)))


def _waits(sitting: Sitting) -> bool:
    is_handed_in = sitting.state is AttemptState.SUBMITTED
    return is_handed_in and any(step.kind in GRADED_BY_A_PERSON for step in queries.steps(sitting))


def _can_try_again(sitting: Sitting) -> bool:
    window = queries.opening(sitting.person_id, sitting.training_id, sitting.unit_id)
    if window is None or sitting.passed:
        return False
    return queries.offer(window, sitting.person_id).hindrance is None


def _way_on(sitting: Sitting) -> str:
    """The first question without an answer; the review when there is none, or when time is over."""
    steps = [] if is_due(now(), sitting.deadline_at, GRACE) else queries.steps(sitting)
    return _step(sitting, next((step.number for step in steps if not step.is_answered), sitting.total + 1))


def _way_back() -> str:
    attempt_id = (request.view_args or {}).get("attempt_id")
    return url_for("attempts.resume", attempt_id=attempt_id) if attempt_id else url_for("attempts.begin")


def _address(sitting: Sitting) -> str:
    return url_for("attempts.resume", attempt_id=sitting.attempt_id)


def _named(sent: Mapping[str, str]) -> int | None:
    """The quiz that was named, where a training session has several."""
    return whole_number(sent.get("unit"))
