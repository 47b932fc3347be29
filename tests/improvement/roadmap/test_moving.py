"""Actions move with what people reach, and back; a person closes them."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from app.access.actor import SYSTEM
from app.access.roles import Role
from app.completions.events import CompletionWithdrawn, CourseCompleted
from app.completions.models import Completion
from app.courses.models import CourseVersion
from app.factories.models import Factory
from app.factories.rules import JobRole
from app.improvement.roadmap import operations, queries
from app.improvement.roadmap.models import RoadmapAction, RoadmapChange
from app.improvement.roadmap.rules import ActionState, Change, DropReason
from app.learning_record.models import EntryKind, RecordEntry
from app.platform.bus import publish
from app.platform.clock import now
from app.platform.db import db
from app.platform.refusal import NotFound, Refused
from tests.make import accounts, completions, courses, factories, findings, roadmap, sessions

SOON = timedelta(hours=1)


@pytest.fixture
def factory(app: Flask) -> Factory:
    return factories.factory("ONE")


@pytest.fixture
def version(app: Flask) -> CourseVersion:
    return courses.version("fire")


def _complete(factory: Factory, version: CourseVersion, role: JobRole = JobRole.SUPERVISOR, **values: Any) -> Completion:
    row = completions.completion(
        factories.person(factory, role), version, factory, **{"at": now() + SOON, **values})
    publish(CourseCompleted(row.id))
    return row


def _withdraw(row: Completion) -> None:
    row.withdrawn_at = now()
    db.session.flush()
    publish(CompletionWithdrawn(row.id))


def _kinds(factory: Factory) -> list[EntryKind]:
    mine = sa.select(RecordEntry.kind).where(RecordEntry.factory_id == factory.id, RecordEntry.kind.in_(
        [EntryKind.ACTION_ADDED, EntryKind.ACTION_MOVED, EntryKind.ACTION_CLOSED, EntryKind.ACTION_DROPPED]))
    return list(db.session.scalars(mine.order_by(RecordEntry.id)))


def test_it_moves_with_completions_and_back_when_one_is_withdrawn(factory: Factory, version: CourseVersion) -> None:
    action = roadmap.action(factory, version)
    assert action.state is ActionState.PLANNED
    first = _complete(factory, version)
    assert (action.state, action.started, action.completed) == (ActionState.UNDER_WAY, 1, 1)
    second = _complete(factory, version)
    assert (action.state, action.completed) == (ActionState.TRAINED, 2)
    _withdraw(second)
    assert (action.state, action.completed) == (ActionState.UNDER_WAY, 1)
    _withdraw(first)
    assert (action.state, action.started) == (ActionState.PLANNED, 0)
    moved = [each.state for each in reversed(queries.history(action.id))]
    assert moved == [
        ActionState.PLANNED, ActionState.UNDER_WAY, ActionState.TRAINED, ActionState.UNDER_WAY, ActionState.PLANNED]
    assert _kinds(factory) == [EntryKind.ACTION_ADDED, *[EntryKind.ACTION_MOVED] * 4]


def test_a_seat_puts_it_under_way(factory: Factory, version: CourseVersion) -> None:
    action = roadmap.action(factory, version)
    training = sessions.training(version=version, programme=factory.programme, rooms=[factory])
    sessions.seat(training, factory, factories.person(factory))
    operations.settle_seats(training.id, [factory.id])
    assert (action.state, action.started, action.completed) == (ActionState.UNDER_WAY, 1, 0)
    again = roadmap.action(factory, version)
    assert again.state is ActionState.UNDER_WAY, "who is on the way already counts at once"


def test_what_does_not_count(factory: Factory, version: CourseVersion) -> None:
    action = roadmap.action(factory, version)
    _complete(factory, version, JobRole.OPERATOR)
    _complete(factories.factory("TWO"), version)
    _complete(factory, courses.version("other"))
    _complete(factory, version, at=now() - timedelta(days=3))
    assert (action.state, action.started) == (ActionState.PLANNED, 0)
    everybody = roadmap.action(factory, version, roles=(), people=1)
    assert everybody.state is ActionState.TRAINED, "today's completion of the operator counts without roles"


def test_a_person_closes_it_once_training_and_step_are_there(factory: Factory, version: CourseVersion) -> None:
    action = roadmap.action(factory, version, people=1)
    with pytest.raises(Refused, match="still to be trained"):
        operations.close(SYSTEM, action.id)
    done = _complete(factory, version)
    assert action.state is ActionState.TRAINED, "nothing closes it by itself"
    with pytest.raises(Refused, match="step beside the training"):
        operations.close(SYSTEM, action.id)
    operations.mark_step(SYSTEM, action.id, is_done=True)
    assert operations.close(SYSTEM, action.id).state is ActionState.DONE
    assert operations.close(SYSTEM, action.id).state is ActionState.DONE
    with pytest.raises(Refused, match="ended"):
        operations.mark_step(SYSTEM, action.id, is_done=False)
    with pytest.raises(Refused, match="ended"):
        operations.drop(SYSTEM, action.id, DropReason.MISTAKE)
    _withdraw(done)
    assert action.state is ActionState.DONE, "what a person closed stays closed"
    assert _kinds(factory) == [
        EntryKind.ACTION_ADDED, EntryKind.ACTION_MOVED, EntryKind.ACTION_MOVED, EntryKind.ACTION_CLOSED]


def test_a_step_without_a_course_is_closed_when_it_is_done(factory: Factory) -> None:
    action = roadmap.action(factory)
    with pytest.raises(Refused, match="step"):
        operations.close(SYSTEM, action.id)
    operations.mark_step(SYSTEM, action.id, is_done=True)
    operations.mark_step(SYSTEM, action.id, is_done=True)
    assert operations.close(SYSTEM, action.id).ended_at is not None
    assert [each.change for each in queries.history(action.id)] == [Change.CLOSED, Change.STEP_DONE, Change.ADDED]


def test_it_is_dropped_with_a_reason(factory: Factory, version: CourseVersion) -> None:
    action = roadmap.action(factory, version)
    assert operations.drop(SYSTEM, action.id, DropReason.WORK_ENDED).reason is DropReason.WORK_ENDED
    _complete(factory, version)
    assert (action.state, action.completed) == (ActionState.DROPPED, 0)
    assert _kinds(factory) == [EntryKind.ACTION_ADDED, EntryKind.ACTION_DROPPED]


def test_planning_anew_counts_anew_and_keeps_what_was_said(factory: Factory, version: CourseVersion) -> None:
    action = roadmap.action(factory, version)
    _complete(factory, version)
    operations.mark_step(SYSTEM, action.id, is_done=True)
    operations.change(SYSTEM, action.id, roadmap.plan(version, people=1))
    assert action.state is ActionState.TRAINED and action.step_done_on is not None
    operations.change(SYSTEM, action.id, roadmap.plan(version, people=1, step_note="with all lines"))
    assert action.step_done_on is None, "another step is still to be done"
    changed = [each for each in queries.history(action.id) if each.change is Change.CHANGED]
    assert [each.details for each in changed] == [{"before": {}}, {"before": {"people": 2}}]
    rows = len(queries.history(action.id))
    operations.change(SYSTEM, action.id, roadmap.plan(version, people=1, step_note="with all lines"))
    assert len(queries.history(action.id)) == rows


def test_a_plan_that_cannot_be_leaves_nothing(factory: Factory, version: CourseVersion) -> None:
    person = factories.person(factory, name="Sok Chenda", local_name="សុខ ចិន្តា")
    stranger = accounts.account(Role.FOCAL_POINT, factory=factories.factory("TWO"))
    wrong: list[tuple[dict[str, Any], str]] = [
        ({"theme": "XX", "point": None}, "theme"), ({"point": "WT-01"}, "points"), ({"course_id": 99_999}, "courses"),
        ({"people": 0}, "how many"), ({"due_on": now().date() - timedelta(days=2)}, "day"),
        ({"owner_title": None}, "looks after"), ({"owner_title": None, "owner_id": stranger.id}, "looks after"),
        ({"step_note": f"Ask {person.name} to lead it"}, "naming"), ({"step_note": f"{person.local_name}"}, "naming"),
    ]
    for values, words in wrong:
        with pytest.raises(Refused, match=words):
            roadmap.action(factory, version, **values)
    assert db.session.query(RoadmapAction).count() == db.session.query(RoadmapChange).count() == 0
    speaker = accounts.account(Role.FOCAL_POINT, factory=factory)
    assert roadmap.action(factory, version, owner_title=None, owner_id=speaker.id).owner_id == speaker.id


def test_one_click_takes_what_is_recommended_and_two_clicks_add_one(factory: Factory) -> None:
    fire = courses.version("fire-refresher")
    for _ in range(3):
        factories.person(factory)
    found = findings.finding(factory, "OS-08-Q01")
    assert [each.id for each in queries.open_findings(factory.id)] == [found.id]
    action = operations.add_for_finding(SYSTEM, factory.code, found.id)
    assert (action.course_id, action.theme, action.point) == (fire.course_id, "OS", "OS-08")
    assert (action.job_roles, action.people) == ((JobRole.SUPERVISOR, JobRole.INDIRECT_SUPERVISOR), 3)
    assert operations.add_for_finding(SYSTEM, factory.code, found.id).id == action.id
    assert queries.open_findings(factory.id) == []
    findings.applied(findings.row(factory.code, "OS-08-Q01", day="2026-05-01", severity="low"))
    assert queries.open_findings(factory.id) == [], "the question is the same, whenever it was found"
    operations.drop(SYSTEM, action.id, DropReason.MISTAKE)
    assert len(queries.open_findings(factory.id)) == 1


def test_nothing_is_added_about_what_is_closed_or_somebody_elses(factory: Factory) -> None:
    closed = findings.finding(factory, "WT-01-Q01", status="closed")
    with pytest.raises(Refused, match="closed"):
        operations.add_for_finding(SYSTEM, factory.code, closed.id)
    other = findings.finding(factories.factory("TWO"))
    with pytest.raises(NotFound):
        operations.add_for_finding(SYSTEM, factory.code, other.id)
    with pytest.raises(NotFound):
        operations.add(SYSTEM, factory.code, roadmap.plan(), finding_id=other.id)


def test_the_factory_adds_and_marks_and_the_advisor_closes(factory: Factory) -> None:
    speaker = accounts.actor(accounts.account(Role.FOCAL_POINT, factory=factory))
    action = roadmap.action(factory, actor=speaker)
    operations.mark_step(speaker, action.id, is_done=True)
    with pytest.raises(NotFound):
        operations.close(speaker, action.id)
    with pytest.raises(NotFound):
        operations.drop(speaker, action.id, DropReason.MISTAKE)
    advisor = accounts.actor(accounts.account(Role.ADVISOR, programme=factory.programme))
    assert operations.close(advisor, action.id).state is ActionState.DONE
    elsewhere = roadmap.action(factories.factory("TWO"))
    for verb in (lambda: queries.action(speaker, elsewhere.id), lambda: operations.mark_step(speaker, elsewhere.id, is_done=True)):
        with pytest.raises(NotFound):
            verb()


def test_its_history_cannot_be_changed(factory: Factory) -> None:
    action = roadmap.action(factory)
    for statement in (
        sa.update(RoadmapChange).where(RoadmapChange.action_id == action.id).values(at=datetime(2020, 1, 1, tzinfo=UTC)),
        sa.delete(RoadmapChange).where(RoadmapChange.action_id == action.id),
    ):
        with pytest.raises(sa.exc.DBAPIError), db.session.begin_nested():
            db.session.execute(statement)
