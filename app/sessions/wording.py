"""The words for states and faults of training sessions, in the reader's language when they are shown."""

from dataclasses import dataclass, field
from typing import Any

from app.platform.i18n import lazy
from app.sessions.rules import (
    MeetingState,
    Modality,
    Phase,
    SeatState,
    SiteKind,
    Standing,
    TrainingState,
    WaitingPolicy,
)
from app.sessions.rules.moves import Act, Condition
from app.sessions.rules.patterns import Pattern
from app.sessions.rules.waiting import Step
from app.sessions.rules.wall_time import Fault

FAULTS: dict[Fault, Any] = {
    Fault.UNKNOWN_ZONE: lazy("There is no such time zone. Write it like Asia/Dhaka."),
    Fault.PAST: lazy("This time is over. Choose a later one."),
    Fault.FAR: lazy("This is more than three years away. Check the year."),
    Fault.SKIPPED: lazy("The clock is put forward at this time, so it does not exist on that day. Choose another."),
    Fault.ENDS_FIRST: lazy("The end must be later than the start."),
    Fault.TOO_LONG: lazy("A half-day is at most 8 hours long."),
    Fault.OVERLAP: lazy("This half-day begins before another one has ended."),
}

NOT_FROM_HERE: dict[Act, Any] = {
    Act.ANNOUNCE: lazy("Only a draft can be announced."),
    Act.CONFIRM: lazy("This training session is postponed. Give it new dates first."),
    Act.POSTPONE: lazy("This training session cannot be postponed. A draft is changed or cancelled."),
    Act.RESUME: lazy("Only a postponed training session needs new dates."),
    Act.CLOSE: lazy("Only a confirmed training session can be closed."),
    Act.REOPEN: lazy("Only a closed training session can be opened again."),
    Act.CANCEL: lazy("This training session cannot be cancelled any more."),
}

CONDITIONS: dict[Condition, Any] = {
    Condition.HAS_DATES: lazy("It has no half-days yet. Add one first."),
    Condition.HAS_DATES_OR_MONTH: lazy("It has neither half-days nor a month. Add a half-day first."),
    Condition.IS_AHEAD: lazy("No half-day is still to come, so there is nothing to postpone."),
    Condition.NONE_RUNS: lazy("A half-day is going on. Postpone the others when it has ended."),
    Condition.ALL_DATED: lazy("Give every postponed half-day a new date."),
    Condition.IS_HELD: lazy("The last half-day is not over yet."),
    Condition.IS_NOT_HELD: lazy("This training session was held. It can be closed, not cancelled."),
}

PATTERNS: dict[Pattern, Any] = {
    Pattern.THREE_DAYS: lazy("3 days, mornings and afternoons"),
    Pattern.TWO_AND_TWO: lazy("2 days, weeks of practice, 2 days"),
    Pattern.TWO_HALVES: lazy("2 mornings"),
    Pattern.WEEKLY_HOUR: lazy("One hour a week"),
}

POLICIES: dict[WaitingPolicy, Any] = {
    WaitingPolicy.FIRST_COME: lazy("Whoever waits longest"),
    WaitingPolicy.OFFER: lazy("It is offered to whoever waits longest, who takes it in time or not"),
    WaitingPolicy.MANUAL: lazy("Whoever is first in an order that you decide"),
    WaitingPolicy.FAIR_SHARE: lazy("Whoever waits longest of the factory with the fewest places"),
}

STEPS: dict[Step, Any] = {Step.FIRST: lazy("To the top"), Step.UP: lazy("Up"), Step.DOWN: lazy("Down")}

MODALITIES: dict[Modality, Any] = {
    Modality.IN_PERSON: lazy("In person"),
    Modality.VIRTUAL: lazy("By link"),
    Modality.HYBRID: lazy("In person and by link"),
}


@dataclass(frozen=True)
class Words:
    """What templates look up."""

    modality: dict[Modality, Any] = field(default_factory=lambda: MODALITIES)
    phase: dict[Phase, Any] = field(
        default_factory=lambda: {
            Phase.COMING: lazy("Coming"),
            Phase.RUNNING: lazy("Running"),
            Phase.PAST: lazy("Past"),
        }
    )
    training: dict[TrainingState, tuple[Any, str]] = field(
        default_factory=lambda: {
            TrainingState.DRAFT: (lazy("Draft"), "off"),
            TrainingState.TENTATIVE: (lazy("Tentative"), "need"),
            TrainingState.CONFIRMED: (lazy("Confirmed"), "now"),
            TrainingState.POSTPONED: (lazy("Postponed"), "need"),
            TrainingState.CLOSED: (lazy("Closed"), "done"),
            TrainingState.CANCELLED: (lazy("Cancelled"), "harm"),
        }
    )
    standing: dict[Standing, tuple[Any, str]] = field(
        default_factory=lambda: {
            Standing.DRAFT: (lazy("Draft"), "off"),
            Standing.TENTATIVE: (lazy("Tentative"), "need"),
            Standing.CONFIRMED: (lazy("Confirmed"), "now"),
            Standing.IN_PROGRESS: (lazy("In progress"), "now"),
            Standing.HELD: (lazy("Held"), "done"),
            Standing.POSTPONED: (lazy("Postponed"), "need"),
            Standing.CLOSED: (lazy("Closed"), "done"),
            Standing.CANCELLED: (lazy("Cancelled"), "harm"),
        }
    )
    meeting: dict[MeetingState, tuple[Any, str]] = field(
        default_factory=lambda: {
            MeetingState.PLANNED: (lazy("Planned"), "plain"),
            MeetingState.POSTPONED: (lazy("Postponed"), "need"),
            MeetingState.CANCELLED: (lazy("Cancelled"), "harm"),
        }
    )
    seat: dict[SeatState, tuple[Any, str]] = field(
        default_factory=lambda: {
            SeatState.RESERVED: (lazy("Reserved, without a name"), "need"),
            SeatState.REQUESTED: (lazy("Requested"), "need"),
            SeatState.OFFERED: (lazy("Offered for a time"), "need"),
            SeatState.BOOKED: (lazy("Booked"), "done"),
            SeatState.WAIT_LISTED: (lazy("On the waiting list"), "plain"),
            SeatState.DECLINED: (lazy("Declined"), "off"),
            SeatState.WITHDRAWN: (lazy("Withdrawn"), "off"),
            SeatState.RELEASED: (lazy("Given free"), "off"),
        }
    )
    site: dict[SiteKind, Any] = field(
        default_factory=lambda: {
            SiteKind.VENUE: lazy("Training room"),
            SiteKind.FACTORY_ROOM: lazy("Meeting room of the factory, joined by link"),
            SiteKind.REMOTE: lazy("Alone, by link"),
        }
    )


WORDS = Words()
