"""The worker: claims one job at a time, or a few of one kind, and does them."""

import signal
import threading
import traceback
from collections import deque
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from secrets import token_hex
from typing import Any, NamedTuple

import structlog
from flask import Flask
from sqlalchemy.exc import OperationalError

from app.platform.clock import now
from app.platform.db import db, transaction
from app.platform.faults import point
from app.platform.jobs import operations, rules
from app.platform.jobs.held import LostLease, doing
from app.platform.jobs.outcome import Done, GiveUp, Later, Outcome

log = structlog.get_logger()

_TOGETHER = 20
_IN_ONE = 10

Handler = Callable[..., Outcome]
GroupHandler = Callable[[Sequence[dict[str, Any]]], Sequence[Outcome | Exception]]
"""Does a few jobs of one kind and answers for each, in their order, what came of it or why it failed."""


@dataclass(frozen=True)
class Timer:
    """A job that comes due by the clock."""

    kind: str
    every: timedelta


class Taken(NamedTuple):
    """A job that this worker holds until its lease is over."""

    id: int
    kind: str
    payload: dict[str, Any]
    until: datetime


class Worker:
    """Does jobs of one app until told to stop. Kinds in `together` are quick: many of them are taken at once, so that
    each needs one write to the disk instead of two. A few of a kind in `groups` are done as one, and what came of them
    is written in one transaction."""

    def __init__(
        self,
        app: Flask,
        handlers: Mapping[str, Handler],
        timers: tuple[Timer, ...],
        lease: timedelta,
        together: Collection[str] = (),
        groups: Mapping[str, GroupHandler] | None = None,
    ) -> None:
        self.app, self.handlers, self.timers, self.lease, self.together = app, handlers, timers, lease, together
        self.groups = groups or {}
        self.name = token_hex(8)
        self._stop = threading.Event()
        self._fired: dict[str, int] = {}
        self._held: deque[Taken] = deque()

    def run(self, idle_seconds: float = 0.5) -> None:
        """Work until SIGTERM or SIGINT; a job that has begun is finished first."""
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, lambda *_: self._stop.set())
        while not self._stop.is_set():
            if not self._turn():
                self._stop.wait(idle_seconds)
        with self.app.app_context():
            self._give_back()

    def _turn(self) -> bool:
        """Whether there was something to do. A database that is busy or away is waited for: the next turn tries again,
        and a job that was being done is taken up once its lease is over."""
        try:
            self.fire_timers()
            return self.do_next() > 0
        except OperationalError:
            log.warning("jobs.database_busy", exc_info=True)
            return False

    def run_until_idle(self) -> int:
        """Do everything that is due now; for tests and `flask jobs work --once`. Answers how many jobs were done."""
        done = 0
        while count := self.do_next():
            done += count
        return done

    def fire_timers(self) -> None:
        """Enqueue each timer's job once for the present time slot, however many workers ask."""
        slots = {timer.kind: rules.slot(now(), timer.every) for timer in self.timers}
        if slots == self._fired:
            return
        with self.app.app_context(), transaction():
            for kind, slot in slots.items():
                operations.enqueue(kind, dedupe=f"timer:{kind}:{slot}")
        self._fired = slots

    def do_next(self) -> int:
        """Claim and do one job, or a group; answers how many. 0 when nothing is due."""
        with self.app.app_context():
            job = self._next()
            if job is None:
                return 0
            point("jobs.claimed")
            if job.kind not in self.groups:
                self._visibly(job, partial(self._do, job))
                return 1
            jobs = [job, *self._held]
            self._held.clear()
            self._do_all(jobs, self.groups[job.kind])
            return len(jobs)

    def _visibly(self, job: Taken, work: Callable[[], None]) -> None:
        """Do `work` of a job; it may fail in any way, and the job stays visible."""
        try:
            work()
        except LostLease:
            log.warning("job.lost_lease", job=job.id, kind=job.kind)
        except GiveUp as reason:
            self._settle(operations.bury, job.id, str(reason))
        except Exception:
            log.exception("job.failed", job=job.id, kind=job.kind)
            self._settle(operations.postpone, job.id, traceback.format_exc(), outside=False)

    def _next(self) -> Taken | None:
        """A job that is held already, else one that is claimed now. One whose lease is half over is given back: the
        others took long, and nobody else may begin it meanwhile."""
        if self._held and self._held[0].until - now() < self.lease / 2:
            self._give_back()
        if not self._held:
            self._claim()
        return self._held.popleft() if self._held else None

    def _claim(self) -> None:
        with transaction():
            first = operations.claim(self.name, self.lease)
            if first is None:
                return
            more = [first]
            if first.kind in self.together:
                more += operations.claim_more(self.name, self.lease, first.kind, _TOGETHER - 1)
            elif first.kind in self.groups and first.attempts == 1:
                # What was begun before is done alone: should it have killed its worker, it takes no others along.
                more += operations.claim_more(self.name, self.lease, first.kind, _IN_ONE - 1, fresh=True)
            until = now() + self.lease
            self._held.extend(Taken(job.id, job.kind, dict(job.payload), until) for job in more)

    def _give_back(self) -> None:
        held = [job.id for job in self._held]
        self._held.clear()
        if held:
            with transaction():
                operations.release(held, self.name)

    def _do(self, job: Taken) -> None:
        if job.kind not in self.handlers:
            raise GiveUp(f"nobody handles {job.kind}")
        try:
            with doing([job.id], self.name, self.lease):
                outcome = self.handlers[job.kind](**job.payload)
        finally:
            db.session.remove()
        point("jobs.worked")
        self._end(job, outcome)
        point("jobs.finished")

    def _do_all(self, jobs: Sequence[Taken], handle: GroupHandler) -> None:
        """Do a group. Whatever goes wrong when what came of it is written together is written one by one."""
        try:
            with doing([job.id for job in jobs], self.name, self.lease):
                found = handle([job.payload for job in jobs])
        except Exception as error:  # noqa: BLE001 - then each of them failed, and stays visible
            found = [error] * len(jobs)
        finally:
            db.session.remove()
        point("jobs.worked")
        ends = list(zip(jobs, found, strict=True))
        done = [(job, outcome) for job, outcome in ends if isinstance(outcome, Done)]
        try:
            self._write_all(done)
        except Exception:
            log.warning("jobs.written_one_by_one", exc_info=True)
            done = []
        for job, outcome in ends:
            if (job, outcome) not in done:
                self._visibly(job, partial(self._end, job, outcome))
        point("jobs.finished")

    def _write_all(self, ends: Sequence[tuple[Taken, Done]]) -> None:
        with transaction():
            for _job, outcome in ends:
                outcome.write()
            if not operations.finish_all([job.id for job, _outcome in ends], self.name):
                raise LostLease

    def _end(self, job: Taken, outcome: Outcome | Exception) -> None:
        """Write what came of one job; raises what went wrong."""
        if isinstance(outcome, Exception):
            raise outcome
        try:
            self._write(job, outcome)
        except LostLease:
            if isinstance(outcome, Done):
                outcome.undo()
            raise

    def _write(self, job: Taken, outcome: Outcome) -> None:
        with transaction():
            outcome.write()
            if isinstance(outcome, Later):
                settled = operations.postpone(
                    job.id, self.name, outcome.reason, outside=True, for_ever=outcome.for_ever
                )
            else:
                settled = operations.finish_all([job.id], self.name)
            if not settled:
                raise LostLease(job.kind)

    def _settle(self, verb: Callable[..., bool], job_id: int, reason: str, **options: bool) -> None:
        with transaction():
            verb(job_id, self.name, reason, **options)
