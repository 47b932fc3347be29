"""People say that they are here."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial

from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.attendance.checkin import queries
from app.attendance.checkin.models import CheckIn, OldCode
from app.attendance.checkin.operations.loading import late_after, well_known
from app.attendance.checkin.rules import Outcome, Proof, Way, mark_at
from app.attendance.operations.loading import hold_people, hold_training
from app.attendance.operations.log import Marking, take_down
from app.attendance.queries import closed_roll_call
from app.attendance.rules import Evidence, new_mark_id
from app.platform import audit
from app.platform.clock import now
from app.platform.db import db, in_own_transaction, insert
from app.platform.i18n import _
from app.platform.refusal import NotFound, Refused
from app.sessions import queries as sessions
from app.sessions.models import Meeting
from app.sessions.rules import SeatState


@dataclass(frozen=True)
class Coming:
    """Which code was scanned when, and on which phone; whoever asks has checked the code."""

    meeting_id: int
    site_id: int
    way: Way
    at: datetime
    device: str


def check_in(actor: Actor, coming: Coming) -> CheckIn:
    """The person who is signed in is here. By the code on the screen it counts at once, by that of the room when the
    trainer has confirmed it; once, however often it is said. Raises NotFound and Refused.
    """
    if actor.person_id is None:
        raise NotFound
    return _come(actor, coming, actor.person_id, Proof.SIGNED_IN)


def declare(actor: Actor, coming: Coming, person_id: int) -> CheckIn:
    """Somebody with this employee number says to be here, which waits for the trainer. Raises NotFound and Refused."""
    return _come(actor, coming, person_id, Proof.NUMBER)


def note_old_code(meeting_id: int, device: str) -> None:
    """A phone came with a code that is not shown any more. It stays, although the request is refused."""
    in_own_transaction(partial(_note, meeting_id=meeting_id, device=device))


def _note(session: Session, meeting_id: int, device: str) -> None:
    new = insert(OldCode).values(meeting_id=meeting_id, device=device, at=now())
    session.execute(new.on_conflict_do_nothing(index_elements=["meeting_id", "device"]))


def _come(actor: Actor, coming: Coming, person_id: int, proof: Proof) -> CheckIn:
    meeting = hold_training(coming.meeting_id)
    if not hold_people([person_id]):
        raise NotFound
    if queries.with_site(meeting.id, coming.site_id) is None:
        raise Refused(_("No training can be checked in to here now. Ask your trainer."))
    if closed_roll_call(meeting.id):
        raise Refused(_("The roll call of this half-day is closed. Tell your trainer that you are here."))
    seat = sessions.seat_of(meeting.training_id, person_id)
    if seat is None or seat.state is not SeatState.BOOKED:
        raise Refused(_("You have no booked seat in this training. Tell your trainer, who can add you."))
    earlier = queries.own(meeting.id, person_id)
    if earlier is not None and not _is_news(earlier, coming.way, proof):
        return earlier
    said = _write(coming, person_id, proof, earlier)
    if proof is Proof.SIGNED_IN and coming.way is Way.SCREEN and said.refused_at is None:
        _count(actor, meeting, said)
    audit.record(
        actor, "attendance.check_in", f"meeting:{meeting.id}", person=person_id, way=said.way.value, proof=proof.value
    )
    return said


def _is_news(earlier: CheckIn, way: Way, proof: Proof) -> bool:
    """Who was said not to be there may have come since; who only gave a number may have signed in, and who came by the
    code of the room may have scanned that of the screen.
    """
    if earlier.outcome is Outcome.NOT_HERE:
        return True
    if earlier.outcome is not None or proof is not Proof.SIGNED_IN:
        return False
    return earlier.proof is Proof.NUMBER or (earlier.way is Way.PAPER and way is Way.SCREEN)


def _write(coming: Coming, person_id: int, proof: Proof, earlier: CheckIn | None) -> CheckIn:
    said = earlier or CheckIn(meeting_id=coming.meeting_id, person_id=person_id, at=coming.at)
    if said.outcome is Outcome.NOT_HERE:
        said.refused_at, said.at = said.settled_at, coming.at
        said.outcome, said.settled_at, said.settled_by, said.mark_id = None, None, None, None
    said.site_id, said.way, said.device, said.proof = coming.site_id, coming.way, coming.device, proof
    db.session.add(said)
    db.session.flush()  # its unique constraint decides a race before anything is taken down
    return said


def _count(actor: Actor, meeting: Meeting, said: CheckIn) -> None:
    """Take it down, unless somebody of the programme has seen the person already."""
    if well_known(meeting.id, [said.person_id]).get(said.person_id):
        said.outcome, said.settled_at = Outcome.HERE, now()
        return
    said.mark_id = new_mark_id()
    mark = mark_at(meeting, said.at, late_after(meeting))
    seats = sessions.seats_of(meeting.training_id, [said.person_id])
    take_down(actor, meeting, seats, [Marking(said.person_id, mark, Evidence.SELF_CHECK_IN, said.mark_id)])
