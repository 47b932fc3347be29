"""Requirements in versions: what holds from when, what never changes, and who wins a race."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from threading import Barrier

import pytest
import sqlalchemy as sa
from flask import Flask

from app.access.actor import SYSTEM
from app.courses.models import Course
from app.coverage.requirements import documents, operations
from app.coverage.requirements.events import RequirementChanged, WaiverChanged
from app.coverage.requirements.models import RequirementDraft, RequirementVersion
from app.coverage.requirements.queries import loading
from app.coverage.requirements.rules import Kind, Rule, WaiverReason
from app.factories.structure.taken import Taken
from app.platform.audit.models import AuditEntry
from app.platform.bus import connect
from app.platform.clock import today
from app.platform.db import db, transaction
from app.platform.refusal import NotFound, Refused
from app.wiring.reactions import ON
from tests.make import courses, factories, requirements

DAY = timedelta(days=1)


@pytest.fixture
def told(app: Flask) -> Iterator[list[object]]:
    """What is told while the test runs."""
    heard: list[object] = []
    connect({**ON, RequirementChanged: [heard.append], WaiverChanged: [heard.append]})
    yield heard
    connect(ON)


def course() -> int:
    found = db.session.query(Course).filter_by(code="skills").first()
    return found.id if found else courses.version("skills").course_id


def spans(requirement_id: int) -> list[tuple[int, date, date | None]]:
    return [(each.number, each.starts_on, each.ends_on) for each in loading.versions(requirement_id)]


def test_the_next_version_begins_on_the_day_the_one_before_ends(told: list[object]) -> None:
    made = requirements.requirement(factories.programme(), course())
    first = today("Asia/Phnom_Penh") + 30 * DAY
    said = requirements.said(course(), starts_on=first, source="Programme rule 5")
    operations.publish_next(SYSTEM, made.id, said, 2)
    assert spans(made.id) == [(1, requirements.SINCE, first), (2, first, None)]
    assert told == [RequirementChanged(made.id)] * 2
    kept = loading.versions(made.id)[0]
    assert (kept.source, documents.rule(kept.rule).roles) == ("Programme rule 4", requirements.LEADERS)
    logged = db.session.scalars(sa.select(AuditEntry.action).where(AuditEntry.subject == f"requirement:{made.id}"))
    assert list(logged) == ["requirements.create", "requirements.next_version"]


def test_sent_twice_it_is_one_version(told: list[object]) -> None:
    made = requirements.requirement(factories.programme(), course())
    said = requirements.said(course(), starts_on=today("UTC") + 30 * DAY)
    one, two = (operations.publish_next(SYSTEM, made.id, said, 2) for _ in range(2))
    assert one.id == two.id and len(told) == 2
    with pytest.raises(Taken):
        operations.publish_next(SYSTEM, made.id, replace(said, starts_on=said.starts_on + DAY), 2)


def test_nothing_in_the_past_changes(app: Flask) -> None:
    made = requirements.requirement(factories.programme(), course())
    yesterday = today("Asia/Phnom_Penh") - DAY
    for act in (
        lambda: operations.publish_next(SYSTEM, made.id, requirements.said(course(), starts_on=yesterday), 2),
        lambda: operations.end(SYSTEM, made.id, yesterday),
    ):
        with pytest.raises(Refused, match="past"):
            act()
    assert spans(made.id) == [(1, requirements.SINCE, None)]


def test_the_end_also_ends_what_was_to_begin_later(told: list[object]) -> None:
    made = requirements.requirement(factories.programme(), course())
    now = today("Asia/Phnom_Penh")
    operations.publish_next(SYSTEM, made.id, requirements.said(course(), starts_on=now + 30 * DAY), 2)
    operations.end(SYSTEM, made.id, now + 10 * DAY)
    assert spans(made.id) == [(1, requirements.SINCE, now + 10 * DAY), (2, now + 30 * DAY, now + 30 * DAY)]
    operations.end(SYSTEM, made.id, now + 10 * DAY)
    operations.end(SYSTEM, made.id, now + 90 * DAY)
    assert len(told) == 3
    operations.publish_next(SYSTEM, made.id, requirements.said(course(), starts_on=now + 50 * DAY), 3)
    assert spans(made.id)[-1] == (3, now + 50 * DAY, None)


def test_what_is_not_sound_is_refused_with_its_reasons(app: Flask) -> None:
    programme = factories.programme()
    with pytest.raises(Refused, match=r"course.*committee"):
        operations.create(SYSTEM, programme.id, requirements.said(1, rule=Rule(Kind.BODY)))
    with pytest.raises(Refused, match="not in the catalogue"):
        operations.create(SYSTEM, programme.id, requirements.said(987654))


def test_a_code_is_taken_once_in_a_programme_and_free_in_another(app: Flask) -> None:
    requirements.requirement(factories.programme(), course())
    with pytest.raises(Taken):
        requirements.requirement(factories.programme(), course())
    requirements.requirement(factories.programme("VN", zone="Asia/Ho_Chi_Minh"), course())


def test_a_draft_asks_nothing_until_it_is_published_and_then_once(told: list[object]) -> None:
    programme = factories.programme()
    draft = requirements.draft(programme, course())
    assert told == [] and db.session.query(RequirementVersion).count() == 0
    one, two = (operations.publish(SYSTEM, draft.id) for _ in range(2))
    assert one.id == two.id and one.code == "drafted" and told == [RequirementChanged(one.id)]
    with pytest.raises(NotFound):
        operations.write(SYSTEM, draft.id, requirements.said(course()))
    with pytest.raises(Refused):
        operations.discard(SYSTEM, draft.id)


def test_a_draft_of_the_next_version_keeps_the_code(app: Flask) -> None:
    made = requirements.requirement(factories.programme(), course())
    draft = operations.begin_next(SYSTEM, made.id)
    assert operations.begin_next(SYSTEM, made.id).id == draft.id
    operations.write(SYSTEM, draft.id, requirements.said(course(), "other", starts_on=today("UTC") + 9 * DAY))
    assert operations.publish(SYSTEM, draft.id).id == made.id
    assert [each[0] for each in spans(made.id)] == [1, 2] and draft.code == "skills"
    operations.discard(SYSTEM, operations.begin_next(SYSTEM, made.id).id)
    assert db.session.query(RequirementDraft).count() == 1


@pytest.mark.slow
@pytest.mark.every_run
def test_of_two_that_publish_a_version_of_one_number_one_wins(own_app: Flask) -> None:
    with own_app.app_context(), transaction():
        key = course()
        made = requirements.requirement(factories.programme(), key).id
    start = Barrier(2)

    def publish(days: int) -> str:
        with own_app.app_context():
            start.wait()
            try:
                with transaction():
                    said = requirements.said(key, starts_on=today("UTC") + days * DAY)
                    operations.publish_next(SYSTEM, made, said, 2)
            except Refused as refused:
                return type(refused).__name__
            return "published"

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(publish, (30, 40)))[1] == "published", "the other is refused, whichever came first"
    with own_app.app_context():
        assert len(spans(made)) == 2


def test_a_waiver_has_a_reason_and_an_end(told: list[object]) -> None:
    factory = factories.factory()
    made = requirements.requirement(factory.programme, course())
    person = factories.person(factory, name="Sok Channary")
    held = requirements.waiver(factory, made, person)
    assert requirements.waiver(factory, made, person).id == held.id
    assert told[1:] == [WaiverChanged(made.id, factory.id)]
    day = held.starts_on
    for wrong in (
        {"ends_on": day}, {"ends_on": day + timedelta(days=400)}, {"note": "For channary alone"},
        {"starts_on": day + DAY, "reason": WaiverReason.EMERGENCY},
    ):
        with pytest.raises(Refused):
            operations.waive(SYSTEM, factory.code, requirements.waived(made, person, **wrong))
    with pytest.raises(NotFound):
        operations.waive(SYSTEM, factory.code, requirements.waived(made, factories.person(factories.factory())))
    abroad = requirements.requirement(factories.programme("VN", zone="Asia/Ho_Chi_Minh"), course())
    with pytest.raises(NotFound):
        operations.waive(SYSTEM, factory.code, requirements.waived(abroad))
    assert requirements.waiver(factory, made).person_id is None


def test_a_waiver_ends_earlier_but_never_in_the_past(told: list[object]) -> None:
    factory = factories.factory()
    made = requirements.requirement(factory.programme, course())
    held = requirements.waiver(factory, made)
    now = today(factory.programme.zone)
    with pytest.raises(Refused, match="past"):
        operations.end_waiver(SYSTEM, factory.code, held.id, now - 3 * DAY)
    operations.end_waiver(SYSTEM, factory.code, held.id, now + 40 * DAY)
    operations.end_waiver(SYSTEM, factory.code, held.id, now + 40 * DAY)
    operations.end_waiver(SYSTEM, factory.code, held.id, now + 50 * DAY)
    assert held.ends_on == now + 40 * DAY and len(told) == 3
    again = replace(requirements.waived(made), starts_on=now + 40 * DAY, ends_on=now + 60 * DAY)
    later = operations.waive(SYSTEM, factory.code, again)
    operations.end_waiver(SYSTEM, factory.code, later.id, now)
    assert later.ends_on == later.starts_on
    assert operations.waive(SYSTEM, factory.code, again).id != later.id
