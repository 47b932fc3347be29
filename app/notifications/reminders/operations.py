"""Reminding everybody whose reminder is due, each once."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from app.access.actor import SYSTEM
from app.accounts import queries as accounts
from app.factories.models import Factory, Person
from app.factories.structure.rules import rest_days_of
from app.notifications.choices import willing, without_reminders
from app.notifications.notices import queries as notices
from app.notifications.notices.facts import Told
from app.notifications.notices.said import say
from app.notifications.operations import claim
from app.notifications.posting import To, post
from app.notifications.reminders import queries
from app.notifications.reminders.queries import Timing
from app.notifications.rules import TellingKind, Way
from app.platform.config import settings
from app.platform.i18n import _
from app.platform.i18n.formats import format_date
from app.platform.i18n.languages import best
from app.platform.mail.address import AddressError, single_address
from app.sessions.models import Seat, TrainingSession
from app.sessions.operations.loading import hold
from app.sessions.queries import booked
from app.sessions.rules import TrainingState


def remind(training_id: int) -> None:
    """Tell every factory, its people with an address and the trainers whose reminder is due now. Again does nothing."""
    training = hold(SYSTEM, training_id)
    first = queries.first_half_day(training)
    if training.state is not TrainingState.CONFIRMED or first is None:
        return
    timing = queries.timings([training.programme_id])[training.programme_id]
    reached = _teachers(training, timing, first)
    for factory in notices.factories_to_tell(SYSTEM, training):
        number = timing.due(first, rest_days_of(factory, factory.programme))
        if number is not None:
            about = f"reminder:{training.id}:{timing.day(first)}:{number}"
            told = notices.told(training, factory)
            reached |= _speakers(training, factory, told, about)
            _people(training, factory, about, reached)


def _teachers(training: TrainingSession, timing: Timing, first: datetime) -> set[str]:
    """The trainers work on the days of the programme. Answers the addresses of all of them."""
    ids = [trainer.account_id for trainer in training.trainers]
    teaching = [each for each in accounts.accounts_by_id(ids).values() if each.disabled_at is None]
    number, off = timing.due(first, timing.rest), without_reminders(ids)
    for account in teaching if number is not None else ():
        key = f"reminder:{training.id}:{timing.day(first)}:{number}:trainer:{account.id}"
        row = None if account.id in off else _claim(key, training, account_id=account.id)
        if row is not None:
            told = notices.told_trainers(training)
            _send([row], training, told, To(account.email, account.name, account.language), "trainer")
    return {account.email for account in teaching}


def _speakers(training: TrainingSession, factory: Factory, told: Told, about: str) -> set[str]:
    points = willing(accounts.focal_points([factory.id]))
    for point in points:
        key = f"{about}:factory:{factory.id}:account:{point.account_id}"
        row = _claim(key, training, factory_id=factory.id, account_id=point.account_id)
        if row is not None:
            _send([row], training, told, To(point.email, point.name, point.language), "factory")
    return {point.email for point in points}


def _people(training: TrainingSession, factory: Factory, about: str, reached: set[str]) -> None:
    """One mail to each address, however many read there; whoever is told as an account is not told twice."""
    for address, seats in _addresses(training.id, factory.id).items():
        about_each = [(seat, {"factory_id": factory.id, "person_id": seat.person_id}) for seat in seats]
        new = [
            (seat, row) for seat, values in about_each
            if address not in reached and (row := _claim(f"{about}:person:{seat.person_id}", training, **values))
        ]  # fmt: skip
        if new:
            told = notices.told_seats(training, factory, [seat.id for seat, _row in new])
            to = To(address, *_called([seat.person for seat, _row in new]))
            _send([row for _seat, row in new], training, told, to, "person")


def _addresses(training_id: int, factory_id: int) -> dict[str, list[Seat]]:
    found: dict[str, list[Seat]] = defaultdict(list)
    for seat in booked(training_id):
        if seat.factory_id == factory_id:
            for address in _address(seat.person.email):
                found[address].append(seat)
    return found


def _address(email: str | None) -> Iterator[str]:
    """Nothing, when a roster holds what is no mail address."""
    try:
        yield single_address((email or "").strip()).lower()
    except AddressError:
        return


def _called(people: Sequence[Person]) -> tuple[str, str]:
    """By what name the mail calls whoever reads it, and the language."""
    return ", ".join(person.local_name or person.name for person in people), people[0].language


def _claim(key: str, training: TrainingSession, **about: int | None) -> int | None:
    return claim(key, TellingKind.REMINDER, Way.MAIL, training_id=training.id, **about)


def _send(rows: Sequence[int], training: TrainingSession, told: Told, to: To, part: str) -> None:
    told = replace(told, half_days=told.half_days[queries.begun(training) :])
    language, page = best([to.language]), f"{settings().base_url}/sessions/{training.id}"
    said = say(told, language, f"{settings().base_url}/join")

    def subject() -> str:
        day = format_date(told.half_days[0].starts.date(), language, "medium")
        return str(_("Reminder: %(title)s, %(day)s", title=" ".join(said.title.split()), day=day))

    post(
        "reminder", to, subject, kind="notifications.reminder", about=f"training:{training.id}", claimed=rows,
        said=said, told=told, part=part, page=page, nominations=f"{page}/nominations",
    )  # fmt: skip
