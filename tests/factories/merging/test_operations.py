"""Joining two entries and taking it back: nothing is lost, everything is as it was."""

import random
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from app.access.actor import SYSTEM, Actor
from app.access.roles import Role
from app.accounts import operations as accounts
from app.accounts.models import PersonCard, PersonPin, SignIn
from app.attendance.models import CurrentMark, MarkEntry
from app.certificates.models import Certificate
from app.certificates.verification import queries as verification
from app.completions.models import Completion, UnitResult
from app.factories.merging import operations, queries
from app.factories.models import Employment, NotTheSame, Person, PersonMerge
from app.factories.queries import person as person_of
from app.platform.audit.models import AuditEntry
from app.platform.db import db
from app.platform.refusal import NotFound, Refused
from app.quizzes.models import Attempt
from app.sessions.models import Seat
from tests.make import accounts as make_accounts
from tests.make import completions, courses, factories, people, quizzes

pytestmark = pytest.mark.slow
PHONE = "+85512345678"


@pytest.fixture
def manager(app: Flask) -> Actor:
    return make_accounts.actor(make_accounts.account(Role.PROGRAMME_MANAGER, programme=factories.programme()))


def two(app: Flask) -> tuple[Person, Person]:
    """Two entries with a life each, in training sessions of their own."""
    factory, version = factories.factory(), courses.version()
    winner = people.trained(factory, version, people.training(version), phone=None, email="old@example.org")
    loser = people.trained(factories.factory(), version, people.training(version), phone=PHONE, at=completions.AT - timedelta(days=30))
    return winner, loser


def rows(model: type, person: Person) -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(model).where(model.person_id == person.id)) or 0


def test_everything_goes_over(app: Flask, manager: Actor) -> None:
    winner, loser = two(app)
    operations.merge(manager, winner.id, loser.id)
    for model in (Employment, PersonCard, SignIn, Seat, CurrentMark, Attempt, UnitResult, Completion, Certificate):
        assert rows(model, loser) == 0, model
        assert rows(model, winner) >= 2, model
    assert rows(MarkEntry, loser) > 0  # a log is never changed
    assert winner.phone == PHONE
    assert winner.email == "old@example.org"
    assert loser.merged_into_id == winner.id


def test_periods_are_counted_in_the_order_of_time(app: Flask, manager: Actor) -> None:
    winner, loser = two(app)
    operations.merge(manager, winner.id, loser.id)
    found = db.session.scalars(sa.select(Completion).where(Completion.person_id == winner.id).order_by(Completion.completed_at)).all()
    assert [row.period for row in found] == [1, 2]


def test_taken_back_everything_is_as_it_was(app: Flask, manager: Actor) -> None:
    winner, loser = two(app)
    before = people.everything("sign_in")
    made = operations.merge(manager, winner.id, loser.id, frozenset({"name", "local_name"}))
    assert people.everything("sign_in") != before
    operations.part(manager, made.id)
    assert people.everything("sign_in") == before


@pytest.mark.sampled(3)
@pytest.mark.parametrize("seed", range(12))
def test_taken_back_whatever_they_shared(app: Flask, manager: Actor, seed: int) -> None:
    """Entries that meet in the same training sessions, factories, courses, numbers and days, in any way."""
    chance = random.Random(seed)
    shared = [factories.factory(), factories.factory()]
    versions = [courses.version(), courses.version()]
    trainings = {version.id: [people.training(version), people.training(version)] for version in versions}
    both = []
    for _ in range(2):
        version = chance.choice(versions)
        training = chance.choice(trainings[version.id])
        person = people.trained(chance.choice(shared), version, training, phone=chance.choice([None, PHONE]))
        for number in range(chance.randint(0, 3)):
            job = factories.employ(person, chance.choice(shared), None, number=f"S{seed}-{person.id}-{number}")
            job.started_on = date(2020, 1, 1) + timedelta(days=chance.randint(0, 900))
            job.ended_on = chance.choice([None, job.started_on + timedelta(days=chance.randint(0, 900))])
        both.append(person)
    db.session.flush()
    winner, loser = both
    before, held = people.everything("sign_in"), {table: len(found) for table, found in people.everything().items()}
    made = operations.merge(manager, winner.id, loser.id, frozenset(chance.sample(operations.FIELDS, 3)))
    assert {table: len(found) for table, found in people.everything().items()} == held, "nothing is lost or added"
    assert _overlaps(winner) == []
    operations.part(manager, made.id)
    assert people.everything("sign_in") == before


def _overlaps(person: Person) -> list[tuple[int, int]]:
    jobs = db.session.scalars(sa.select(Employment).where(Employment.person_id == person.id)).all()
    held = [job for job in jobs if job.ended_on is None or job.ended_on > job.started_on]
    return [
        (one.id, other.id) for one in held for other in held
        if one.id < other.id and one.factory_id == other.factory_id
        and one.started_on < (other.ended_on or date.max) and other.started_on < (one.ended_on or date.max)
    ]


def test_what_both_have_stays_with_the_old_entry(app: Flask, manager: Actor) -> None:
    factory, version = factories.factory(), courses.version()
    training = people.training(version)
    winner, loser = (people.trained(factory, version, training) for _ in range(2))
    preview = operations.preview(manager, winner.id, loser.id)
    assert set(preview.rooms["sessions"]["kept"]) == {"seat"}
    assert set(preview.rooms["quizzes"]["kept"]) == {"attempt"}
    operations.merge(manager, winner.id, loser.id)
    assert rows(Seat, loser) == rows(Attempt, loser) == 1
    assert rows(PersonPin, loser) == 1
    assert rows(Completion, winner) == 2


def test_attendance_of_one_and_quiz_of_the_other_complete_the_course(app: Flask, manager: Actor) -> None:
    factory, version = factories.factory(), courses.version()
    training = people.training(version)
    winner, loser = factories.person(factory), factories.person(factory)
    people._attended(winner, training, completions.AT)
    people._answered(loser, training, version, completions.AT)
    made = operations.merge(manager, winner.id, loser.id)
    [completion] = db.session.scalars(sa.select(Completion).where(Completion.person_id == winner.id))
    assert completion.training_id == training.id
    operations.part(manager, made.id)
    db.session.refresh(completion)
    assert completion.withdrawn_at is not None
    assert db.session.query(Certificate).filter_by(completion_id=completion.id).one().revoked_at is not None


def test_old_codes_cards_and_addresses_lead_to_the_winner(app: Flask, manager: Actor) -> None:
    winner, loser = two(app)
    code, card = people.certificate_of(loser).code, db.session.query(PersonCard).filter_by(person_id=loser.id).one().token
    face = dict(people.certificate_of(loser).face)
    operations.merge(manager, winner.id, loser.id)
    found = verification.any_by_code(code)
    assert found is not None
    verified = found.certificate
    assert (verified.person_id, verified.revoked_at, verified.face) == (winner.id, None, face)
    owner = db.session.query(PersonCard).filter_by(token=card).one().person_id
    assert owner == winner.id
    assert accounts.sign_in_person(owner, quizzes.PIN, training_id=None, device="phone")
    assert person_of(manager, loser.id).id == winner.id


def test_an_alias_of_an_alias_leads_to_the_last(app: Flask, manager: Actor) -> None:
    first, second = two(app)
    third = factories.person(factories.factory())
    inner = operations.merge(manager, second.id, first.id)
    outer = operations.merge(manager, third.id, second.id)
    assert person_of(manager, first.id).id == third.id
    with pytest.raises(Refused):
        operations.part(manager, inner.id)
    operations.part(manager, outer.id)
    assert person_of(manager, first.id).id == second.id
    operations.part(manager, inner.id)
    assert person_of(manager, first.id).id == first.id


def test_twice_is_once(app: Flask, manager: Actor) -> None:
    winner, loser = two(app)
    made = operations.merge(manager, winner.id, loser.id)
    assert operations.merge(manager, winner.id, loser.id).id == made.id
    operations.part(manager, made.id)
    after = people.everything()
    operations.part(manager, made.id)
    assert people.everything() == after


def test_what_was_corrected_since_stays_corrected(app: Flask, manager: Actor) -> None:
    winner, loser = two(app)
    made = operations.merge(manager, winner.id, loser.id)
    winner.phone = "+85577777777"
    operations.part(manager, made.id)
    assert winner.phone == "+85577777777"


def test_a_number_given_away_since_cannot_be_taken_back(app: Flask, manager: Actor) -> None:
    factory = factories.factory()
    winner, loser = factories.person(factory), factories.person(factory)
    made = operations.merge(manager, winner.id, loser.id)
    closed = db.session.query(Employment).filter(Employment.person_id == winner.id, Employment.ended_on.is_not(None)).one()
    factories.employ(factories.person(), factory, None, number=closed.employee_number)
    with pytest.raises(Refused):
        operations.part(manager, made.id)


def test_never_across_programmes(app: Flask, manager: Actor) -> None:
    here = factories.person(factories.factory(), phone=PHONE, name="Sok Dara")
    there = factories.person(factories.factory(programme_id=factories.programme("VN").id), phone=PHONE, name="Sok Dara")
    assert queries.suggestions(factories.programme().id) == []
    for actor, refusal in ((manager, NotFound), (SYSTEM, Refused)):
        for one, other in ((here, there), (there, here)):
            with pytest.raises(refusal):
                operations.merge(actor, one.id, other.id)
    with pytest.raises(NotFound):
        operations.set_apart(manager, here.id, there.id)
    assert db.session.query(PersonMerge).count() == db.session.query(NotTheSame).count() == 0


def test_a_factory_joins_nobody(app: Flask) -> None:
    factory = factories.factory()
    one, other = factories.person(factory), factories.person(factory)
    focal = make_accounts.actor(make_accounts.account(Role.FOCAL_POINT, factory=factory))
    with pytest.raises(NotFound):
        operations.merge(focal, one.id, other.id)


def test_the_log_names_ids_only(app: Flask, manager: Actor) -> None:
    winner, loser = two(app)
    operations.merge(manager, winner.id, loser.id)
    entry = db.session.query(AuditEntry).filter_by(action="factories.merge_people").one()
    assert entry.details["loser"] == loser.id
    assert loser.name not in str(entry.details)


def test_joined_entries_are_not_suggested_again_until_they_are_parted(app: Flask, manager: Actor) -> None:
    factory = factories.factory()
    one, other = (factories.person(factory, name="Sok Dara", local_name=None, phone=PHONE) for _ in range(2))
    made = operations.merge(manager, one.id, other.id)
    factories.employ(other, factory, None, number="OLD-1")  # whatever wrote it since: the entry leads to another
    assert queries.suggestions(factories.programme().id) == []
    db.session.query(Employment).filter_by(employee_number="OLD-1").delete()
    operations.part(manager, made.id)
    assert len(queries.suggestions(factories.programme().id)) == 1


def test_suggested_until_set_apart(app: Flask, manager: Actor) -> None:
    factory = factories.factory()
    one, other = (factories.person(factory, name="Sok Dara", local_name=None, phone=PHONE) for _ in range(2))
    [pair] = queries.suggestions(factories.programme().id)
    assert (pair.first_id, pair.second_id) == (one.id, other.id)
    operations.set_apart(manager, other.id, one.id)
    operations.set_apart(manager, one.id, other.id)
    assert queries.suggestions(factories.programme().id) == []
