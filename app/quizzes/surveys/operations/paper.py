"""Forms that were filled in on paper: each sheet is entered by itself, who gave one is ticked by itself."""

from collections.abc import Collection, Mapping

import sqlalchemy as sa

from app.access.actor import Actor
from app.access.permissions import Permission
from app.completions.turns import take_turns
from app.courses.rules import FormKind
from app.platform import audit
from app.platform.clock import now
from app.platform.db import db
from app.platform.i18n import _
from app.platform.refusal import NotFound, Refused
from app.quizzes.surveys import queries
from app.quizzes.surveys.operations.answering import keep_once
from app.sessions.models import Seat
from app.sessions.queries import training_for
from app.sessions.rules import SeatState


def enter_sheet(
    actor: Actor, training_id: int, window_id: int, ticket: int, language: str, said: Mapping[str, str]
) -> None:
    """Enter one sheet of paper while its form is open. The same ticket again keeps nothing.

    Raises NotFound for a window of another training session, Refused while it is not open or when nothing was answered.
    """
    training = training_for(actor, training_id)
    if not actor.scope(Permission.QUIZZES_OPEN).reaches(training.programme_id):
        raise NotFound
    window = queries.window_for(training_id, window_id, hold=True)
    if window.closes_at <= now():
        raise Refused(_("This form is not open now."))
    keep_once(training, window, queries.form_of(training.version, window.form), ticket, language, said)


def note_handed_in(actor: Actor, training_id: int, form: str, person_ids: Collection[int]) -> None:
    """These people have put a sheet of the evaluation into the box; what they wrote is entered without them.

    The log tells how many, and not who. People without a booked seat are left out. Raises NotFound.
    """
    training = training_for(actor, training_id)
    if not actor.scope(Permission.QUIZZES_OPEN).reaches(training.programme_id):
        raise NotFound
    queries.form_of(training.version, form, FormKind.EVALUATION)
    seats = db.session.execute(
        sa.select(Seat.person_id, Seat.factory_id).where(
            Seat.training_id == training_id, Seat.state == SeatState.BOOKED, Seat.person_id.in_(person_ids)
        )
    )
    factories = {seat.person_id: seat.factory_id for seat in seats}
    new = take_turns(training_id, form, factories, training.version_id)
    if new:
        audit.record(actor, "surveys.handed_in", f"training:{training_id}", form=form, people=len(new))
