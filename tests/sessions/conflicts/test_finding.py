"""Each kind of conflict, found in the database, and what it says to whom."""

from datetime import date, datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from app.access.actor import SYSTEM
from app.access.roles import Role
from app.accounts.models import Account
from app.factories.models import Factory, Programme
from app.platform.db import db
from app.sessions.conflicts.proposals import Change, of_training
from app.sessions.conflicts.queries import conflicts_of
from app.sessions.conflicts.rules import Conflict, Kind
from app.sessions.conflicts.wording import KINDS, sentence
from app.sessions.models import Meeting, Seat, Site, TrainingSession
from app.sessions.rules import HOLDING, MeetingState, Modality, SeatState, SiteKind, TrainingState
from app.sessions.rules.wall_time import HalfDay
from tests.make import accounts, courses, factories, registers, sessions, structure
from tests.make.statements import counted
from tests.sessions.conflicts.days import DAYS, MONDAY


@pytest.fixture
def programme(app: Flask) -> Programme:
    return factories.programme()


@pytest.fixture
def trainer(programme: Programme) -> Account:
    return accounts.account(Role.TRAINER, programme=programme, name="Sokha")


def training(trainer: Account | None = None, days: tuple[int, ...] = (DAYS,), venue: str = "", **values: object) -> TrainingSession:
    """A training session with one half-day on the Monday, at a venue, a link and a programme of its own."""
    made = sessions.training(days=days, trainers=[trainer] if trainer else [], **values)
    sessions.site(made).name = venue or f"Hall {made.id}"
    for meeting in made.meetings:
        meeting.join_url = f"https://meet.example/{made.id}"
    db.session.flush()
    return made


def found(made: TrainingSession, **options: object) -> list[Conflict]:
    db.session.flush()
    db.session.expire_all()
    return conflicts_of(SYSTEM, of_training(made, **options))


def kinds(made: TrainingSession, **options: object) -> list[Kind]:
    return [conflict.kind for conflict in found(made, **options)]


def only(made: TrainingSession, kind: Kind, **options: object) -> Conflict:
    [conflict] = found(made, **options)
    assert conflict.kind is kind
    assert str(KINDS[kind]) and sentence(conflict)
    return conflict


def test_nothing_speaks_against_a_plain_plan(programme: Programme, trainer: Account) -> None:
    assert kinds(training(trainer)) == []


def test_a_trainer_teaches_elsewhere_at_the_time(programme: Programme, trainer: Account) -> None:
    other, made = training(trainer), training(trainer)
    conflict = only(made, Kind.TRAINER_BUSY)
    assert conflict.other is not None
    assert (conflict.other.training_id, conflict.other.code) == (other.id, other.code)
    assert "Sokha" in sentence(conflict)


@pytest.mark.parametrize("state", [TrainingState.DRAFT, TrainingState.POSTPONED, TrainingState.CANCELLED, TrainingState.CLOSED])
def test_what_is_no_plan_takes_no_time(programme: Programme, trainer: Account, state: TrainingState) -> None:
    other = training(trainer)
    other.state = state
    assert kinds(training(trainer)) == []


@pytest.mark.parametrize("state", [MeetingState.CANCELLED, MeetingState.POSTPONED])
def test_a_half_day_that_is_left_out_takes_no_time(programme: Programme, trainer: Account, state: MeetingState) -> None:
    other = training(trainer)
    other.meetings[0].state = state
    assert kinds(training(trainer)) == []


def test_two_zones_are_one_moment(programme: Programme, trainer: Account) -> None:
    """08:00 in Phnom Penh is 03:00 in Cairo in summer time and 04:00 without: the trainer cannot be in both."""
    egypt = factories.programme("EG", zone="Africa/Cairo", country="EG", rest_days=[5])
    other = training(trainer, programme=egypt)
    made = training(trainer)
    here = made.meetings[0]
    starts_at = here.starts_at
    at_once = other.meetings[0]
    at_once.starts_at, at_once.ends_at = starts_at + timedelta(hours=3), starts_at + timedelta(hours=5)
    assert kinds(made) == [Kind.TRAINER_BUSY]
    at_once.starts_at, at_once.ends_at = starts_at + timedelta(hours=4), starts_at + timedelta(hours=6)
    at_once.modality = here.modality = Modality.VIRTUAL
    assert kinds(made) == []


def test_a_session_that_one_may_not_see_is_not_named(programme: Programme, trainer: Account) -> None:
    egypt = factories.programme("EG", zone="Asia/Phnom_Penh", country="EG", rest_days=[])
    training(trainer, programme=egypt)
    made = training(trainer)
    [conflict] = conflicts_of(accounts.actor(trainer), of_training(made))
    assert conflict.other is not None
    assert (conflict.other.title, conflict.other.code) == (None, "")


def test_leave_counts_by_the_day_where_the_half_day_is(programme: Programme, trainer: Account) -> None:
    made = training(trainer)
    registers.away(trainer, MONDAY - timedelta(days=3), MONDAY - timedelta(days=1))
    assert kinds(made) == []
    registers.away(trainer, MONDAY)
    conflict = only(made, Kind.TRAINER_AWAY)
    assert sentence(conflict) == "Sokha is not available on that day."


def test_a_language_that_nobody_speaks(programme: Programme, trainer: Account) -> None:
    made = training(trainer)
    registers.speaks(trainer, "en")
    conflict = only(made, Kind.TRAINER_LANGUAGE)
    assert "ខ្មែរ" in sentence(conflict)
    made.meetings[0].language = "en"
    assert kinds(made) == []


def test_an_interpreter_or_another_trainer_helps(programme: Programme, trainer: Account) -> None:
    second = accounts.account(Role.TRAINER, programme=programme)
    made = training(trainer)
    registers.speaks(trainer, "en")
    registers.interpreting(made, registers.interpreter())
    assert kinds(made) == []
    again = sessions.training(days=(DAYS + 1,), trainers=[trainer, second])
    registers.speaks(second, "km")
    assert Kind.TRAINER_LANGUAGE not in kinds(again)


def test_an_interpreter_who_does_not_speak_it_is_no_help(programme: Programme, trainer: Account) -> None:
    made = training(trainer)
    registers.speaks(trainer, "en")
    registers.interpreting(made, registers.interpreter(languages=["vi"]))
    assert kinds(made) == [Kind.TRAINER_LANGUAGE, Kind.INTERPRETER_LANGUAGE]


def test_an_interpreter_works_elsewhere(programme: Programme, trainer: Account) -> None:
    who = registers.interpreter(name="Vanna")
    other, made = training(), training(trainer)
    for each in (other, made):
        registers.interpreting(each, who)
    assert sentence(only(made, Kind.INTERPRETER_BUSY)) == "Vanna interprets at this time already."


def test_qualification_counts_where_the_programme_keeps_any(programme: Programme, trainer: Account) -> None:
    version, colleague = courses.version(), accounts.account(Role.TRAINER, programme=programme)
    made = training(trainer, version=version)
    registers.qualified(colleague, version, factories.programme("EG", zone="Africa/Cairo", country="EG"))
    assert kinds(made) == []
    registers.qualified(colleague, version)
    only(made, Kind.TRAINER_UNQUALIFIED)
    row = registers.qualified(trainer, version, last=MONDAY)
    assert kinds(made) == []
    row.ends_on = MONDAY - timedelta(days=1)
    assert kinds(made) == [Kind.TRAINER_UNQUALIFIED]
    row.starts_on, row.ends_on = MONDAY + timedelta(days=1), None
    assert kinds(made) == [Kind.TRAINER_UNQUALIFIED]


def test_a_room_is_used(programme: Programme) -> None:
    room = registers.room(name="Hall A")
    other, made = training(), training()
    for each in (other, made):
        sessions.site(each).room_id = room.id
    only(made, Kind.ROOM_BUSY)
    other.meetings[0].modality = Modality.VIRTUAL
    assert kinds(made) == []


def test_a_half_day_that_does_not_use_the_site_leaves_the_room_free(programme: Programme) -> None:
    room = registers.room()
    other, made = training(), training()
    for each in (other, made):
        sessions.site(each).room_id = room.id
    registers.only_at(other, 1, [sessions.site(other, SiteKind.REMOTE)])
    assert kinds(made) == []


def test_a_room_that_was_only_named_warns(programme: Programme) -> None:
    training(venue="Training Centre, Street 271")
    conflict = only(training(venue="training centre, street 271"), Kind.VENUE_BUSY)
    assert not conflict.stops
    egypt = factories.programme("EG", zone="Asia/Phnom_Penh", country="EG", rest_days=[])
    assert kinds(training(venue="Training Centre, Street 271", programme=egypt)) == []


def test_a_room_named_in_another_script(programme: Programme) -> None:
    training(venue="Зал Ой")
    assert kinds(training(venue="Зал Ой")) == [Kind.VENUE_BUSY]


def test_a_room_is_too_small(programme: Programme) -> None:
    made = training(in_person=20)
    room = registers.room(places=19)
    sessions.site(made).room_id = room.id
    assert sentence(only(made, Kind.ROOM_SMALL)).endswith("has 19 places, for 20 people.")
    room.places = None
    assert kinds(made) == []


def test_a_factory_room_is_too_small_for_those_who_sit_in_it(programme: Programme) -> None:
    factory = factories.factory()
    made = training(rooms=[factory])
    sessions.site(made, SiteKind.FACTORY_ROOM).room_id = registers.room(places=1, factory_id=factory.id).id
    sessions.seat(made, factory, kind=SiteKind.FACTORY_ROOM)
    assert kinds(made) == []
    sessions.seat(made, factory, kind=SiteKind.FACTORY_ROOM)
    only(made, Kind.ROOM_SMALL)


def test_a_host_account_opens_one_meeting_at_a_time(programme: Programme) -> None:
    host = registers.host(name="Zoom 1")
    other, made = training(), training()
    for each in (other, made):
        each.meetings[0].host_id = host.id
    assert sentence(only(made, Kind.HOST_BUSY)) == "Zoom 1 opens another meeting at this time."
    other.meetings[0].modality = Modality.IN_PERSON
    assert kinds(made) == []


def test_the_same_link_at_the_same_time(programme: Programme) -> None:
    other, made = training(), training()
    other.meetings[0].join_url = made.meetings[0].join_url
    only(made, Kind.LINK_BUSY)
    made.meetings[0].modality = Modality.IN_PERSON
    assert kinds(made) == []


def test_what_the_register_no_longer_offers(programme: Programme) -> None:
    made = training()
    sessions.site(made).room_id = registers.room(closed_on=MONDAY + timedelta(days=1)).id
    assert kinds(made) == []
    sessions.site(made).room_id = registers.room(closed_on=MONDAY).id
    made.meetings[0].host_id = registers.host(closed_on=MONDAY).id
    registers.interpreting(made, registers.interpreter(retired_on=MONDAY))
    assert kinds(made) == [Kind.NOT_IN_USE] * 3


def test_people_sit_elsewhere(programme: Programme) -> None:
    factory = factories.factory()
    other, made = training(), training()
    people = [factories.person(factory, name=f"Dara {number}") for number in range(7)]
    for person in people:
        for each in (other, made):
            sessions.seat(each, factory, person)
    conflict = only(made, Kind.PEOPLE_BUSY)
    assert len(conflict.facts["people"]) == 7
    assert "Dara 0, Dara 1, Dara 2, Dara 3, Dara 4 and 2 more" in sentence(conflict)


@pytest.mark.parametrize("state", sorted(set(SeatState) - HOLDING))
def test_seats_that_take_no_place_keep_nobody(programme: Programme, state: SeatState) -> None:
    factory = factories.factory()
    person = factories.person(factory)
    other, made = training(), training()
    sessions.seat(made, factory, person)
    sessions.seat(other, factory, person, state=state)
    assert kinds(made) == []


def test_people_who_ask_for_a_seat_are_looked_at_where_seats_are_settled(programme: Programme) -> None:
    factory = factories.factory()
    person = factories.person(factory)
    other, made = training(), training()
    sessions.seat(other, factory, person)
    sessions.seat(made, factory, person, state=SeatState.REQUESTED)
    assert kinds(made) == []
    assert kinds(made, seat_states=HOLDING | {SeatState.REQUESTED}) == [Kind.PEOPLE_BUSY]


def test_who_turned_out_to_be_somebody_else_sits_nowhere(programme: Programme) -> None:
    factory = factories.factory()
    person, real = factories.person(factory), factories.person(factory)
    other, made = training(), training()
    for each in (other, made):
        sessions.seat(each, factory, person)
    person.merged_into_id = real.id
    assert kinds(made) == []


def _line(factory: Factory, size: int) -> list[object]:
    return [factories.person(factory, line="Line 7") for _ in range(size)]


@pytest.mark.parametrize(("size", "sent", "clashes"), [(8, 2, False), (8, 3, True), (3, 1, False), (3, 2, True), (7, 2, True)])
def test_a_line_lets_one_in_four_go(programme: Programme, size: int, sent: int, clashes: bool) -> None:
    factory = factories.factory(name="Lotus Mill")
    people, made = _line(factory, size), training()
    for person in people[:sent]:
        sessions.seat(made, factory, person)
    conflicts = found(made)
    assert [conflict.kind for conflict in conflicts] == [Kind.LINE_RELEASE] * clashes
    if clashes:
        assert f"Lotus Mill, Line 7: {sent} of {size} supervisors would be away at once, 0 of them" in sentence(conflicts[0])


def test_seats_in_other_sessions_count_for_the_line(programme: Programme) -> None:
    factory = factories.factory()
    people, other, made = _line(factory, 4), training(), training()
    sessions.seat(made, factory, people[0])
    sessions.seat(other, factory, people[1])
    conflict = only(made, Kind.LINE_RELEASE)
    assert (conflict.facts["away"], conflict.facts["elsewhere"], conflict.facts["most"]) == (2, 1, 1)
    other.meetings[0].starts_at = other.meetings[0].ends_at = made.meetings[0].ends_at
    assert kinds(made) == []


def test_the_programme_says_how_many_a_line_lets_go(programme: Programme) -> None:
    factory = factories.factory()
    people, made = _line(factory, 4), training()
    for person in people[:2]:
        sessions.seat(made, factory, person)
    only(made, Kind.LINE_RELEASE)
    registers.rules(release_one_in=2)
    assert kinds(made) == []


def test_rest_days_are_each_factorys(programme: Programme) -> None:
    """The factory rests on Monday, the programme on Sunday."""
    rests, works = factories.factory(name="Monday Mill", rest_days=[1]), factories.factory()
    made = training()
    sessions.seat(made, works)
    assert kinds(made) == []
    sessions.seat(made, rests)
    assert sentence(only(made, Kind.REST_DAY)).startswith("Monday Mill rests on Monday")


def test_a_factory_with_a_room_takes_part_and_so_does_one_that_reserved(programme: Programme) -> None:
    rests = factories.factory(rest_days=[1])
    assert kinds(training(rooms=[rests])) == [Kind.REST_DAY]
    made = training()
    seat = sessions.seat(made, rests, state=SeatState.RESERVED)
    seat.person_id = None
    assert kinds(made) == [Kind.REST_DAY]


def test_while_no_factory_takes_part_the_rest_days_of_the_programme_count(programme: Programme) -> None:
    programme.rest_days = [1]
    conflict = only(training(), Kind.REST_DAY)
    assert "is a rest day of the programme" in sentence(conflict)


def test_the_day_of_rest_is_that_of_the_factories(programme: Programme) -> None:
    """Sunday 23:00 in Cairo is Monday in Phnom Penh: the factory there works."""
    factory, made = factories.factory(), training()
    sessions.seat(made, factory)
    sunday = MONDAY - timedelta(days=1)
    late = HalfDay(datetime.combine(sunday, datetime.min.time()).replace(hour=21), datetime.combine(sunday, datetime.min.time()).replace(hour=23), "Africa/Cairo")
    assert kinds(made, changes={1: Change(when=late)}) == []
    early = HalfDay(late.starts.replace(hour=8), late.ends.replace(hour=10), "Africa/Cairo")
    assert kinds(made, changes={1: Change(when=early)}) == [Kind.REST_DAY]


def test_holidays(programme: Programme) -> None:
    made = training()
    holiday = structure.holiday(programme, MONDAY, name={"en": "Water Festival"})
    conflict = only(made, Kind.HOLIDAY)
    assert conflict.stops and "Water Festival" in sentence(conflict)
    holiday.is_provisional = True
    assert not only(made, Kind.HOLIDAY_PROVISIONAL).stops


def test_breaks(programme: Programme) -> None:
    made = training()
    rules = registers.rules(breaks=[{"name": {"en": "Lunch"}, "starts": "11:30", "ends": "12:30", "days": [1, 2]}])
    assert sentence(only(made, Kind.BREAK)).startswith("Lunch falls into it")
    rules.breaks = [{"name": {"en": "Lunch"}, "starts": "12:00", "ends": "13:00", "days": [1, 2]}]
    assert kinds(made) == []
    rules.breaks = [{"name": {"en": "Prayer"}, "starts": "09:00", "ends": "10:00", "days": [5]}]
    assert kinds(made) == []


def _afternoon(made: TrainingSession, hour: int, minute: int = 0) -> Change:
    starts = datetime(MONDAY.year, MONDAY.month, MONDAY.day, hour, minute)
    return Change(when=HalfDay(starts, starts + timedelta(hours=3), "Asia/Phnom_Penh"))


def test_the_way_between_two_places(programme: Programme, trainer: Account) -> None:
    """The other half-day ends at 12:00."""
    other, made = training(trainer), training(trainer)
    assert kinds(made, changes={1: _afternoon(made, 12, 30)}) == []
    conflict = only(made, Kind.TRAVEL, changes={1: _afternoon(made, 12, 20)})
    assert "20 minutes for the way" in sentence(conflict) and not conflict.stops
    sessions.site(other).name = sessions.site(made).name
    assert kinds(made, changes={1: _afternoon(made, 12, 0)}) == []


def test_the_way_between_two_provinces(programme: Programme, trainer: Account) -> None:
    other, made = training(trainer), training(trainer)
    sessions.site(other).room_id = registers.room(province="Kandal").id
    here = registers.room(province="Takeo")
    sessions.site(made).room_id = here.id
    assert kinds(made, changes={1: _afternoon(made, 14, 59)}) == [Kind.TRAVEL]
    assert kinds(made, changes={1: _afternoon(made, 15)}) == []
    here.province = "kandal "
    assert kinds(made, changes={1: _afternoon(made, 14, 59)}) == []


def test_nobody_travels_to_a_link(programme: Programme, trainer: Account) -> None:
    other, made = training(trainer), training(trainer)
    other.meetings[0].modality = Modality.VIRTUAL
    assert kinds(made, changes={1: _afternoon(made, 12)}) == []


def test_an_interpreter_travels_too_and_a_session_with_two_venues(programme: Programme) -> None:
    who, other, made = registers.interpreter(name="Vanna"), training(), training(days=(DAYS, DAYS + 1))
    for each in (other, made):
        registers.interpreting(each, who)
    assert kinds(made, changes={1: _afternoon(made, 12, 10)}) == [Kind.TRAVEL]
    here = sessions.site(made)
    there = Site(training_id=made.id, kind=SiteKind.VENUE, name="Elsewhere")
    db.session.add(there)
    db.session.flush()
    registers.only_at(made, 1, [here])
    registers.only_at(made, 2, [there])
    db.session.expire_all()
    conflicts = found(made, changes={2: _afternoon(made, 12, 10)})
    assert [(each.kind, each.facts["who"]) for each in conflicts] == [(Kind.TRAVEL, "Vanna"), (Kind.TRAVEL, None)]


def test_only_what_changes_is_judged(programme: Programme, trainer: Account) -> None:
    training(trainer, days=(DAYS, DAYS + 1))
    made = training(trainer, days=(DAYS, DAYS + 1))
    assert kinds(made) == [Kind.TRAINER_BUSY] * 2
    assert [conflict.number for conflict in found(made, changes={2: Change(modality=Modality.VIRTUAL)})] == [2]
    assert kinds(made, trainer_ids=[]) == []


def test_what_is_over_is_not_judged(programme: Programme, trainer: Account) -> None:
    training(trainer, days=(-3,))
    assert kinds(training(trainer, days=(-3,))) == []


def test_the_same_clash_has_the_same_key_and_a_moved_one_another(programme: Programme, trainer: Account) -> None:
    other, made = training(trainer), training(trainer)
    first, again = only(made, Kind.TRAINER_BUSY), only(made, Kind.TRAINER_BUSY)
    other.meetings[0].ends_at += timedelta(minutes=5)
    assert first.key == again.key != only(made, Kind.TRAINER_BUSY).key


def test_whatever_the_size_the_statements_are_few(programme: Programme, trainer: Account) -> None:
    def statements(made: TrainingSession) -> int:
        db.session.expire_all()
        proposal = of_training(made)
        with counted() as seen:
            conflicts_of(SYSTEM, proposal)
        return len(seen)

    small, large = _everything(trainer, 1), _everything(trainer, 30)
    assert statements(small) == statements(large) <= 20


def _everything(trainer: Account, people: int) -> TrainingSession:
    factory, room, host, who = factories.factory(), registers.room(), registers.host(), registers.interpreter()
    other, made = training(trainer), training(trainer)
    for each in (other, made):
        sessions.site(each).room_id = room.id
        each.meetings[0].host_id = host.id
        registers.interpreting(each, who)
    for number in range(people):
        person = factories.person(factory, line=f"Line {number}")
        for each in (other, made):
            sessions.seat(each, factory, person)
    return made


def test_every_kind_has_words() -> None:
    assert set(KINDS) == set(Kind)


def test_no_row_is_touched(programme: Programme, trainer: Account) -> None:
    made = _everything(trainer, 3)
    conflicts_of(SYSTEM, of_training(made))
    assert not db.session.dirty and not db.session.new
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Seat)) == 6
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Meeting)) == 2
    assert date.today() < MONDAY
