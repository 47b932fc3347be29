"""What was sent to the database, as the page compares it: the same as the command says of the same file."""

from datetime import UTC, datetime, time, timedelta

import pytest

from app.access.actor import SYSTEM
from app.attendance.models import CurrentMark
from app.attendance.rules import Evidence, Mark
from app.effect import inputs, jobs, operations, queries, stored
from app.effect.analysing import Data, analyse, analyse_files
from app.effect.estimate.estimating import measure
from app.effect.files import check, check_trainings
from app.effect.models import EffectResult
from app.effect.operations import LineSaid
from app.effect.rules import Because, Line
from app.factories.models import Employment, Factory, Person
from app.factories.rules import JobRole, Sex
from app.platform.clock import now, telling
from app.platform.db import db
from app.sessions.models import TrainingSession
from app.sessions.rules import TrainingState
from tests.effect.simulating import World, made
from tests.make import attendance, completions, courses, effect, factories


def spoilt(lines: int = 12, weeks: int = 40, every: int = 20, factory: str = "") -> bytes:
    """Weeks of which every so manieth row has no operators."""
    head, *rows = effect.text(factory, lines, weeks).decode().split("\n")
    said = [row.replace(",30,2880", ",0,2880") if place % every == 0 else row for place, row in enumerate(rows)]
    return "\n".join([head, *said]).encode()


def sent(factory: Factory) -> Data:
    return inputs.of_factories([factory.id])


@pytest.mark.usefixtures("app")
def test_rows_of_files_that_were_sent_again_count_once() -> None:
    factory = factories.factory("ONE")
    for weeks in range(4, 41, 4):
        effect.applied(factory, f"{weeks}.csv", spoilt(weeks=weeks))
    told = sent(factory)
    assert len({each.line for each in told.weeks}) == 12
    assert 0 < told.rows - len(told.weeks) <= spoilt().count(b",0,2880"), "no more than in the last one"
    effect.applied(factory, "corrected.csv", effect.text())
    cured = sent(factory)
    assert cured.rows == len(cured.weeks) == 480


@pytest.mark.usefixtures("app")
def test_rows_without_a_line_or_a_week_count_until_their_file_is_sent_anew() -> None:
    factory = factories.factory("ONE")
    effect.applied(factory, data=effect.text() + b"\n,,2025-W30,30,2880,12.5,3000,9,\n,L01,soon,30,2880,12.5,3000,9,")
    told = sent(factory)
    assert (told.rows - len(told.weeks), dict(told.nameless)) == (2, {(str(factory.id), "l01"): 1})
    effect.applied(factory, "corrected.csv", effect.text())
    assert sent(factory).rows == 480 and not sent(factory).nameless


@pytest.mark.usefixtures("app")
def test_bad_rows_of_other_factories_are_neither_counted_nor_shown() -> None:
    factory = factories.factory("ONE", name="Alder")
    other = spoilt(lines=2, weeks=4, every=2, factory="Birch").split(b"\n", 1)[1]
    kept = stored.kept(effect.file(factory, data=spoilt(lines=2, weeks=4, every=4, factory="Alder") + b"\n" + other).found)
    assert (len(kept.rows), kept.read, kept.left_out, len(kept.problems)) == (6, 8, 2, 2)


@pytest.mark.usefixtures("app")
def test_the_page_and_the_command_say_the_same_of_a_file() -> None:
    factory = factories.factory("ONE")
    data = spoilt(every=13) + b"\n,L03,soon,30,2880,12.5,3000,9,\n,L01,2025-W27,30,2880,12.5,3000,9,"
    data = data.replace(b"L02,2026-W13,30", b"L02,2026-W13,0").replace(b"L02,2026-W14,30", b"L02,2026-W14,0")
    effect.applied(factory, data=data)
    effect.trained(factory)
    day = (effect.START + timedelta(weeks=20, days=3)).isoformat()
    listed = "line,trained_on\n" + "\n".join(f"L{line + 1:02},{day}" for line in range(6))
    command, _problems = analyse_files(check(data, "x.csv"), check_trainings(listed.encode()))
    page = analyse(sent(factory))
    assert page.seen == command.seen and page.verdict == command.verdict
    assert page.measured.effect == command.measured.effect


@pytest.mark.usefixtures("app")
def test_a_completion_of_a_line_without_weeks_forbids_a_claim_until_every_line_is_spoken_for() -> None:
    factory = factories.factory("ONE")
    effect.applied(factory)
    effect.trained(factory)
    assert not analyse(sent(factory)).verdict.reasons
    leader = factories.person(factory, role=JobRole.SUPERVISOR, line="Row 12")
    first = datetime.combine(effect.START, time(9), UTC)
    completions.completion(leader, courses.version("sst"), factory, at=first + timedelta(weeks=60))
    assert not sent(factory).unknown, "after the last week"
    completions.completion(leader, courses.version("sst2"), factory, at=first + timedelta(weeks=20))
    assert analyse(sent(factory)).verdict.reasons == (Because.UNKNOWN_LINES,)
    for line in range(7, 13):
        operations.correct(SYSTEM, "ONE", LineSaid(f"L{line:02}", None, None))
    assert not sent(factory).unknown


def there(training: TrainingSession, person: Person, *marks: Mark) -> None:
    for meeting, mark in zip(training.meetings, marks, strict=True):
        said = {"meeting_id": meeting.id, "person_id": person.id, "mark": mark, "at": now()}
        db.session.add(CurrentMark(evidence=Evidence.ROLL_CALL, **said))
    db.session.flush()


@pytest.mark.usefixtures("app")
def test_weeks_from_the_first_half_day_to_the_completion_are_left_out() -> None:
    factory, version = factories.factory("ONE"), courses.version("sst")
    first, second = (factories.person(factory, role=JobRole.SUPERVISOR, line=f"L0{line}") for line in (1, 2))
    begun = completions.training(version, factory.programme, completions.AT - timedelta(weeks=6))
    there(begun, first, Mark.ABSENT, Mark.PARTIAL)
    completions.completion(first, version, factory, training_id=begun.id)
    effect.applied(factory, data=effect.text(lines=3, weeks=3))
    before = inputs.marks([factory.id])
    done, day = completions.AT.date(), begun.meetings[1].starts.date()
    assert [(each.trained_from, each.trained_on) for each in sent(factory).lines] == [(day, done), (None, None), (None, None)]

    going_on = attendance.training(version=version, programme=factory.programme, first=completions.AT)
    attendance.seat(going_on, second, factory)
    there(going_on, second, Mark.PRESENT, Mark.ABSENT)
    db.session.query(Employment).update({"started_on": done - timedelta(weeks=99)})
    started = going_on.meetings[0].starts.date()
    assert [(each.trained_from, each.trained_on) for each in sent(factory).lines][1] == (started, None)
    assert inputs.marks([factory.id]) != before
    shown = queries.lines(factory.id)
    assert (shown[1].trained_on, shown[1].began_on) == (None, started)
    going_on.state = TrainingState.CLOSED
    db.session.flush()
    assert sent(factory).lines[1].trained_from is None, "who did not complete it was not trained"
    operations.correct(SYSTEM, "ONE", LineSaid("l01", done, Sex.F))
    assert sent(factory).lines[0].trained_from == day, "somebody corrected the sex alone"
    operations.correct(SYSTEM, "ONE", LineSaid("l01", done - timedelta(weeks=20), Sex.F))
    assert sent(factory).lines[0].trained_from == done - timedelta(weeks=20)


@pytest.mark.usefixtures("app")
def test_what_was_compared_from_other_data_is_compared_again_by_itself() -> None:
    factory = factories.factory("ONE")
    whole, one = (factory.programme_id, None), (factory.programme_id, factory.id)
    effect.applied(factory, data=effect.text(lines=2, weeks=3))
    assert not _renewed(), "it is being compared"
    effect.made()
    assert not inputs.stale() and not _renewed()
    leader = factories.person(factory, role=JobRole.SUPERVISOR, line="L01")
    done = completions.completion(leader, courses.version("sst"), factory)
    assert inputs.stale() == [one] and _renewed() == [one] and not _renewed()
    operations.compare_all(SYSTEM, factory.programme.code)
    effect.made()
    assert not inputs.stale()
    done.sex = Sex.F if done.sex is Sex.M else Sex.M
    db.session.flush()
    assert _renewed() == [one, whole]
    effect.made()
    done.withdrawn_at = now()
    db.session.flush()
    assert _renewed() == [one, whole]


def _renewed() -> list[tuple[int, int | None]]:
    """What the timer orders."""
    known = db.session.query(EffectResult).count()
    jobs.renew().write()
    rows = db.session.query(EffectResult).order_by(EffectResult.id).all()[known:]
    return [(row.programme_id, row.factory_id) for row in rows]


def test_each_factory_is_a_step() -> None:
    steps: list[int] = []
    lines, weeks, _true = made(1, World(lines=6, trained=3))
    others = [Line(("g", each.key[1]), each.trained_on) for each in lines]
    measure([*lines, *others], [*weeks, *(type(each)(("g", each.line[1]), each.monday, each.efficiency) for each in weeks)],
            lambda: steps.append(1))
    assert len(steps) >= 2


@pytest.mark.usefixtures("app")
def test_a_comparison_that_never_came_is_not_waited_for() -> None:
    factory = factories.factory("ONE")
    whose = factory.programme_id, factory.id
    operations.compare(SYSTEM, "ONE")
    assert queries.is_comparing(*whose)
    with telling(now() + queries.LONGEST + timedelta(minutes=1)):
        assert not queries.is_comparing(*whose)
    lost = operations.compare(SYSTEM, "ONE")
    later = operations.compare(SYSTEM, "ONE")
    operations.finish(later.id, "x", {})
    assert lost.made_at is None and not queries.is_comparing(*whose)
