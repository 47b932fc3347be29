"""A few jobs done as one: what fails fails alone, and who begins again takes no others along."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from app.platform.clock import now
from app.platform.db import db, transaction
from app.platform.jobs import Done, GiveUp, Later, Outcome, enqueue, enqueue_all, prolong_in_time
from app.platform.jobs.models import Job
from app.platform.jobs.queries import delay
from app.platform.jobs.worker import Worker

LEASE = timedelta(seconds=60)
Answers = list[Outcome | Exception]


class Group:
    """A worker whose jobs of one kind answer what `ends` says of their number."""

    def __init__(self, app: Flask, ends: Callable[[int], Outcome | Exception]) -> None:
        self.app, self.ends, self.asked = app, ends, list[list[int]]()
        self.worker = Worker(app, {}, (), LEASE, groups={"count": self.handle})

    def handle(self, payloads: Sequence[dict[str, Any]]) -> Answers:
        numbers = [payload["number"] for payload in payloads]
        self.asked.append(numbers)
        return [self.ends(number) for number in numbers]


def _lay(app: Flask, count: int) -> None:
    with app.app_context(), transaction():
        enqueue_all("count", [{"number": number} for number in range(count)])


def _states(app: Flask) -> list[str]:
    with app.app_context():
        jobs = db.session.scalars(sa.select(Job).order_by(Job.id)).all()
        return ["done" if job.done_at else "dead" if job.failed_at else (job.error or "").splitlines()[-1] for job in jobs]


def test_a_few_are_taken_and_written_together(own_app: Flask) -> None:
    _lay(own_app, 12)
    written: list[int] = []
    group = Group(own_app, lambda number: Done(lambda: written.append(number)))
    assert group.worker.run_until_idle() == 12
    assert group.asked == [list(range(10)), [10, 11]]
    assert (written, _states(own_app)) == (list(range(12)), ["done"] * 12)


def test_each_end_is_its_own(own_app: Flask) -> None:
    _lay(own_app, 4)
    ends: Answers = [Done(), Later("closed"), GiveUp("no such thing"), ValueError("broken")]
    Group(own_app, lambda number: ends[number]).worker.run_until_idle()
    assert _states(own_app) == ["done", "closed", "dead", "ValueError: broken"]


def test_one_that_cannot_be_written_keeps_back_no_other(own_app: Flask) -> None:
    _lay(own_app, 3)
    written: list[int] = []

    def write(number: int) -> None:
        if number == 1:
            raise ValueError("broken")
        written.append(number)

    Group(own_app, lambda number: Done(lambda: write(number))).worker.run_until_idle()
    assert written == [0, 0, 2], "what was written before it was taken back, and written again"
    assert _states(own_app) == ["done", "ValueError: broken", "done"]


def test_a_handler_that_fails_fails_all_and_then_each_alone(own_app: Flask) -> None:
    _lay(own_app, 3)

    def break_for_two(number: int) -> Outcome:
        if number == 2:
            raise ValueError("broken")
        return Done()

    group = Group(own_app, break_for_two)
    with time_machine.travel(now(), tick=False) as clock:
        assert group.worker.run_until_idle() == 3
        assert _states(own_app) == ["ValueError: broken"] * 3
        clock.shift(timedelta(minutes=1))
        group.worker.run_until_idle()
    assert sorted(group.asked[1:]) == [[0], [1], [2]]
    assert _states(own_app) == ["done", "done", "ValueError: broken"]


def test_who_lost_them_writes_nothing_and_undoes(own_app: Flask) -> None:
    _lay(own_app, 2)
    undone: list[int] = []

    def lose(number: int) -> Outcome:
        if number == 1:
            clock.shift(LEASE + timedelta(seconds=1))
            other.worker.run_until_idle()
        return Done(undo=lambda: undone.append(number))

    other = Group(own_app, lambda _number: Done())
    with time_machine.travel(now(), tick=False) as clock:
        Group(own_app, lose).worker.run_until_idle()
    assert (undone, _states(own_app)) == ([0, 1], ["done", "done"])


@pytest.mark.parametrize("share", [0.3, 0.7])
def test_a_slow_group_is_held(own_app: Flask, share: float) -> None:
    """Half a minute for each of four under a lease of one minute: nobody else takes them meanwhile."""
    _lay(own_app, 4)
    taken: list[int] = []

    def slow(_number: int) -> Outcome:
        clock.shift(LEASE * share)
        taken.append(other.worker.run_until_idle())
        prolong_in_time()
        return Done()

    other = Group(own_app, lambda _number: Done())
    with time_machine.travel(now(), tick=False) as clock:
        Group(own_app, slow).worker.run_until_idle()
    assert (taken, _states(own_app)) == ([0] * 4, ["done"] * 4)


def test_what_somebody_waits_for_goes_ahead_of_the_queue(own_app: Flask) -> None:
    _lay(own_app, 30)
    seen: list[str] = []
    group = Group(own_app, lambda _number: Done(lambda: seen.append("count")))
    group.worker.handlers = {"look": lambda: Done(lambda: seen.append("look"))}
    group.worker.do_next()
    with own_app.app_context(), transaction():
        enqueue("look", waits=True)
        assert delay() < timedelta(minutes=1), "nobody is called because of it"
    group.worker.run_until_idle()
    assert seen == ["count"] * 10 + ["look"] + ["count"] * 20
