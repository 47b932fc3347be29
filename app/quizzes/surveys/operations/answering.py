"""Answering an anonymous form. No log says who did: only whose turn is over, without a time."""

from collections.abc import Mapping

import sqlalchemy as sa

from app.access.actor import Actor
from app.completions.turns import take_turns
from app.courses.rules import FormKind
from app.platform.clock import today
from app.platform.db import db, insert
from app.platform.faults import point
from app.platform.i18n import _
from app.platform.refusal import NotFound, Refused
from app.quizzes.surveys import queries
from app.quizzes.surveys.models import SurveyResponse, SurveyTicket, SurveyWindow
from app.quizzes.surveys.operations.mixing import mix
from app.quizzes.surveys.rules import LONGEST_COMMENT, form_text, is_too_long, kept, month_of
from app.sessions.models import Seat, TrainingSession
from app.sessions.rules import SeatState

_MIXED_AT_ONCE = 60
"""Where more people answer, responses are mixed when the form closes: writing all anew takes too long for each."""


def answer_evaluation(actor: Actor, training_id: int, form: str, language: str, said: Mapping[str, str]) -> None:
    """Hand in the own evaluation of a training session. Handing in again keeps nothing: one person, one answer.

    Raises NotFound without a booked seat, Refused while it is not open or when nothing was answered.
    """
    seat = db.session.scalar(
        sa.select(Seat).where(
            Seat.training_id == training_id, Seat.person_id == actor.person_id, Seat.state == SeatState.BOOKED
        )
    )
    if actor.person_id is None or seat is None:
        raise NotFound
    training = db.session.get_one(TrainingSession, training_id)
    asked = queries.form_of(training.version, form, FormKind.EVALUATION)
    window = queries.open_evaluation(training_id, form, hold=True)
    if window is None:
        raise Refused(_("This form is not open now."))
    response = _response(training, window, asked, language, said)
    if take_turns(training_id, form, {actor.person_id: seat.factory_id}, training.version_id):
        point("surveys.turn_taken")
        mix(window, response)


def answer_survey(code_training_id: int, window_id: int, ticket: int, language: str, said: Mapping[str, str]) -> None:
    """Keep what a worker answered, whoever it was. The same ticket again keeps nothing.

    Raises NotFound for a window of another training session, Refused while it is not open or when nothing was answered.
    """
    window = queries.window_for(code_training_id, window_id, hold=True)
    if window.factory_id is None:
        raise NotFound
    if not queries.open_surveys(code_training_id, window_id):
        raise Refused(_("This form is not open now."))
    training = db.session.get_one(TrainingSession, code_training_id)
    asked = queries.form_of(training.version, window.form, FormKind.WORKER_SURVEY)
    keep_once(training, window, asked, ticket, language, said)


def keep_once(
    training: TrainingSession, window: SurveyWindow, asked: queries.Form, ticket: int, language: str,
    said: Mapping[str, str],
) -> None:  # fmt: skip
    """Keep a response under a ticket that is good for one. The caller holds the window."""
    response = _response(training, window, asked, language, said)
    new = insert(SurveyTicket).values(id=ticket, window_id=window.id).on_conflict_do_nothing()
    if db.session.scalar(new.returning(SurveyTicket.id)) is None:
        return
    if queries.number_of(window) < _MIXED_AT_ONCE:
        mix(window, response)
    else:
        db.session.add(response)


def _response(
    training: TrainingSession, window: SurveyWindow, asked: queries.Form, language: str, said: Mapping[str, str]
) -> SurveyResponse:
    """Raises Refused when nothing was answered, or more was written than is kept."""
    text = form_text(asked.texts, [language])
    if is_too_long(text.items, said):
        raise Refused(_("Write at most %(most)s characters.", most=LONGEST_COMMENT))
    answers = kept(text.items, said)
    if not answers:
        raise Refused(_("Answer at least one question."))
    return SurveyResponse(
        training_id=window.training_id, form=window.form, phase=window.phase, factory_id=window.factory_id,
        language=text.language, month=month_of(today(training.programme.zone)), answers=answers,
    )  # fmt: skip
