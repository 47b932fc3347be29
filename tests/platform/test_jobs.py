"""Jobs: enqueued with the caller's transaction, done at least once, never lost, always visible."""

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from app.platform.clock import now
from app.platform.db import db, engine, transaction
from app.platform.jobs import Done, GiveUp, Later, Outcome, enqueue, operations, prolong, rules
from app.platform.jobs.models import Job
from app.platform.jobs.worker import Handler, Timer, Worker

LEASE = timedelta(seconds=60)


def _worker(app: Flask, timers: tuple[Timer, ...] = (), **handlers: Handler) -> Worker:
    return Worker(app, handlers, timers, LEASE)


def _enqueue(app: Flask, kind: str, **payload: object) -> None:
    with app.app_context(), transaction():
        enqueue(kind, **payload)


def _job(app: Flask) -> Job:
    with app.app_context():
        job = db.session.scalars(sa.select(Job)).one()
        db.session.expunge(job)
        return job


def test_done_and_its_mark_are_one_transaction(own_app: Flask) -> None:
    seen: list[int] = []

    def handle(number: int) -> Outcome:
        return Done(lambda: seen.append(number))

    _enqueue(own_app, "count", number=7)
    assert _worker(own_app, count=handle).run_until_idle() == 1
    assert seen == [7]
    assert _job(own_app).done_at is not None


def test_a_rolled_back_enqueue_leaves_no_job(own_app: Flask) -> None:
    with own_app.app_context(), pytest.raises(RuntimeError), transaction():
        enqueue("count")
        raise RuntimeError
    with own_app.app_context():
        assert db.session.scalar(sa.select(sa.func.count(Job.id))) == 0


def test_equal_dedupe_keys_make_one_job(own_app: Flask) -> None:
    for _ in range(3):
        _enqueue(own_app, "count", dedupe="once")
    assert _job(own_app).kind == "count"


@pytest.mark.slow
def test_a_failing_job_waits_longer_each_time_and_stays_visible(own_app: Flask) -> None:
    def fail() -> Outcome:
        raise ValueError("broken")

    _enqueue(own_app, "fail")
    with time_machine.travel(now(), tick=False) as clock:
        worker = _worker(own_app, fail=fail)
        for attempt in range(1, rules.MOST_FAILURES + 1):
            assert worker.run_until_idle() == 1, attempt
            assert worker.run_until_idle() == 0
            clock.shift(timedelta(minutes=16))
    job = _job(own_app)
    assert (job.attempts, job.failed_at is not None) == (rules.MOST_FAILURES, True)
    assert "ValueError: broken" in (job.error or "")


def test_an_outage_outside_is_borne_for_a_day(own_app: Flask) -> None:
    up: list[bool] = []

    def call() -> Outcome:
        return Done() if up else Later("closed")

    _enqueue(own_app, "call")
    worker = _worker(own_app, call=call)
    with time_machine.travel(now(), tick=False) as clock:
        for _ in range(96):
            worker.run_until_idle()
            clock.shift(timedelta(minutes=15))
        up.append(True)
        clock.shift(timedelta(minutes=15))
        worker.run_until_idle()
    assert _job(own_app).done_at is not None


def test_what_cannot_help_is_buried_and_can_be_retried(own_app: Flask) -> None:
    def refuse() -> Outcome:
        raise GiveUp("no such thing")

    _enqueue(own_app, "refuse")
    _worker(own_app, refuse=refuse).run_until_idle()
    job = _job(own_app)
    assert (job.error, job.failed_at is not None) == ("no such thing", True)
    with own_app.app_context(), transaction():
        assert operations.retry(job.id)
    assert _worker(own_app, refuse=lambda: Done()).run_until_idle() == 1
    assert _job(own_app).done_at is not None


def test_a_dead_workers_job_is_taken_over_once_the_lease_is_over(own_app: Flask) -> None:
    _enqueue(own_app, "count")
    dead, alive = _worker(own_app, count=lambda: Done()), _worker(own_app, count=lambda: Done())
    with time_machine.travel(now(), tick=False) as clock:
        with own_app.app_context():
            assert dead._next() is not None
        assert alive.run_until_idle() == 0
        clock.shift(LEASE + timedelta(seconds=1))
        assert alive.run_until_idle() == 1
    with own_app.app_context(), transaction():
        assert not operations.finish_all([_job(own_app).id], dead.name), "the dead worker must not write any more"


def test_who_says_that_it_goes_on_keeps_the_job(own_app: Flask) -> None:
    """Three minutes of work under a lease of one: nobody else takes it meanwhile."""
    taken: list[int] = []

    def slow() -> Outcome:
        for _ in range(6):
            clock.shift(LEASE / 2)
            taken.append(other.run_until_idle())
            prolong()
        return Done()

    _enqueue(own_app, "slow")
    worker, other = _worker(own_app, slow=slow), _worker(own_app, slow=lambda: Done())
    with time_machine.travel(now(), tick=False) as clock:
        assert worker.run_until_idle() == 1
    assert (taken, _job(own_app).attempts) == ([0] * 6, 1)
    assert _job(own_app).done_at is not None
    with own_app.app_context():
        prolong()  # outside of any job there is nothing to hold


@pytest.mark.parametrize("asks", [True, False])
def test_who_lost_the_job_stops_and_leaves_nothing_behind(own_app: Flask, *, asks: bool) -> None:
    seen: list[str] = []

    def slow() -> Outcome:
        clock.shift(LEASE + timedelta(seconds=1))
        other.run_until_idle()
        if asks:
            prolong()
        seen.append("went on")
        return Done(lambda: seen.append("written"), lambda: seen.append("undone"))

    _enqueue(own_app, "slow")
    worker = _worker(own_app, slow=slow)
    other = _worker(own_app, slow=lambda: Done(lambda: seen.append("other"), lambda: seen.append("never")))
    with time_machine.travel(now(), tick=False) as clock:
        worker.run_until_idle()
    assert seen == (["other"] if asks else ["other", "went on", "written", "undone"])
    job = _job(own_app)
    assert (job.done_at is not None, job.error) == (True, None)


@pytest.mark.any_engine
def test_a_busy_database_does_not_end_the_worker(own_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "BUSY_MILLISECONDS", 50)
    _enqueue(own_app, "count")
    with own_app.app_context():
        db.engine.dispose()  # the connections of now on wait 50 ms
        address = db.engine.url.database
    other = engine.sqlite_driver.connect(address, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    threading.Timer(0.5, other.rollback).start()
    worker = _worker(own_app, (Timer("tick", timedelta(hours=1)),), count=lambda: Done(lambda: worker._stop.set()), tick=lambda: Done())
    worker.run(idle_seconds=0.05)
    with own_app.app_context():
        assert db.session.scalar(sa.select(Job.done_at).where(Job.kind == "count")) is not None


def test_a_timer_fires_once_in_its_slot(own_app: Flask) -> None:
    timers = (Timer("tick", timedelta(minutes=10)),)
    runs: list[int] = []
    workers = [_worker(own_app, timers, tick=lambda: Done(lambda: runs.append(1))) for _ in range(3)]
    with time_machine.travel("2026-11-25T10:00:00Z", tick=False) as clock:
        for _ in range(4):
            for worker in workers:
                worker.fire_timers()
                worker.run_until_idle()
            clock.shift(timedelta(minutes=5))
    assert len(runs) == 2


@pytest.mark.every_run
def test_four_workers_do_each_job_once(own_app: Flask) -> None:
    with own_app.app_context(), transaction():
        for number in range(60):
            enqueue("count", number=number)
    done: list[int] = []

    def handle(number: int) -> Outcome:
        return Done(lambda: done.append(number))

    _together([_worker(own_app, count=handle).run_until_idle for _ in range(4)])
    assert sorted(done) == list(range(60))


def _together(calls: list[Callable[[], object]]) -> None:
    threads = [threading.Thread(target=call) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


@given(st.integers(0, 10_000), st.floats(0, 1))
def test_pauses_grow_to_a_quarter_of_an_hour(attempts: int, jitter: float) -> None:
    assert timedelta(seconds=7) < rules.pause(attempts, jitter) <= rules.LONGEST_PAUSE
