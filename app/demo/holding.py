"""Holding a training session: roll call, test, and what happens afterwards."""

from datetime import timedelta

from app.attendance import operations as attendance
from app.attendance.rules import Mark
from app.courses import queries as courses
from app.demo import attending, days
from app.demo.answering import sit
from app.demo.cast import Cast, learner
from app.demo.evaluating import evaluate
from app.demo.plots import Plot, Turn
from app.quizzes import operations as quizzes
from app.sessions import operations as sessions
from app.sessions import queries
from app.sessions.models import Meeting, TrainingSession

_TEST_MINUTES = 50
_WAITING = 300
"""Minutes for which the test of the running training session stays open."""


def go_on(cast: Cast, plot: Plot, training: TrainingSession) -> None:
    """Whatever the plot still has in store."""
    {
        Turn.HELD: _hold_and_close,
        Turn.CORRECTED: _hold_and_correct,
        Turn.RUNNING: _run,
        Turn.MOVED: _move,
        Turn.CANCELLED: _cancel,
    }.get(plot.turn, _leave)(cast, plot, training)


def _leave(_cast: Cast, _plot: Plot, _training: TrainingSession) -> None:
    """It is still to come."""


def _hold_and_close(cast: Cast, _plot: Plot, training: TrainingSession) -> None:
    last = _hold(cast, training)
    with days.at(cast.place, last.ends + timedelta(days=2)):
        sessions.close(cast.trainer, training.id)


def _hold(cast: Cast, training: TrainingSession) -> Meeting:
    meetings = queries.held_meetings(training.id)
    for meeting in meetings[:-1]:
        _roll_call(cast, meeting)
    _test(cast, training, meetings[-1])
    _roll_call(cast, meetings[-1])
    return meetings[-1]


def _roll_call(cast: Cast, meeting: Meeting) -> None:
    """Nearly everybody is there; the second person of the list misses what starts in the morning."""
    seats = queries.booked(meeting.training_id)
    with days.at(cast.place, meeting.starts + timedelta(minutes=20)):
        if len(seats) > 3 and meeting.starts.hour < 12:
            attendance.mark(cast.trainer, meeting.id, seats[1].person_id, Mark.ABSENT)
        if cast.random.random() < 0.4:
            late = cast.random.choice(seats[2:] or seats)
            attendance.mark(cast.trainer, meeting.id, late.person_id, Mark.LATE)
        attendance.mark_all_present(cast.trainer, meeting.id)


def _test(cast: Cast, training: TrainingSession, meeting: Meeting) -> None:
    unit = training.version.test_unit
    if unit is None:
        return
    begin = meeting.ends - timedelta(minutes=_TEST_MINUTES + 10)
    with days.at(cast.place, begin):
        quizzes.open_window(cast.trainer, training.id, courses.unit(training.version_id, unit).id, _TEST_MINUTES)
    for number, seat in enumerate(queries.booked(training.id)):
        with days.at(cast.place, begin + timedelta(minutes=8 + 4 * number % 40)):
            sit(learner(seat.person_id, training.id), cast.random, 0.1 if number == 2 else 0.85)
    with days.at(cast.place, meeting.ends - timedelta(minutes=5)):
        evaluate(cast, training)


def _hold_and_correct(cast: Cast, _plot: Plot, training: TrainingSession) -> None:
    """The signed sheet shows later that somebody was not there: the completion falls, and with it the certificate."""
    meeting = _hold(cast, training)
    seat = queries.booked(training.id)[-1]
    with days.at(cast.place, meeting.ends + timedelta(days=3)):
        attendance.mark(cast.trainer, meeting.id, seat.person_id, Mark.ABSENT)


def _run(cast: Cast, _plot: Plot, training: TrainingSession) -> None:
    """Today: the test is open, two have handed in, one is in the middle of it, the others are still to begin."""
    first, second, present = queries.held_meetings(training.id)
    _roll_call(cast, first)
    attending.close(cast, first)
    attending.mix(cast, second)
    attending.begin(cast, present)
    unit = courses.unit(training.version_id, training.version.test_unit or "")
    begin = max(present.starts, days.wall_now(cast.place) - timedelta(minutes=25))
    with days.at(cast.place, begin):
        quizzes.open_window(cast.trainer, training.id, unit.id, _WAITING)
    people = [learner(seat.person_id, training.id) for seat in queries.booked(training.id)]
    with days.at(cast.place, begin + timedelta(minutes=10)):
        sit(people[0], cast.random, 0.9)
        sit(people[1], cast.random, 0.8)
        sit(people[2], cast.random, 0.8, answers=4)


def _move(cast: Cast, plot: Plot, training: TrainingSession) -> None:
    """Every half-day two working days later, the last one first: none may run into another."""
    later = days.half_days(cast.place, plot.offset + 2, plot.half_days)
    with days.at(cast.place, days.morning(cast.place, -1)):
        for meeting, when in reversed(list(zip(queries.held_meetings(training.id), later, strict=True))):
            sessions.move_meeting(cast.trainer, training.id, meeting.number, when)


def _cancel(cast: Cast, plot: Plot, training: TrainingSession) -> None:
    with days.at(cast.place, days.morning(cast.place, -2)):
        sessions.cancel(cast.trainer, training.id, plot.reason)
