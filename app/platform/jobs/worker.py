"""The worker: claims one job at a time and does it."""

import signal
import threading
import traceback
from collections import deque
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
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

Handler = Callable[..., Outcome]


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
    each needs one write to the disk instead of two."""

    def __init__(
        self,
        app: Flask,
        handlers: Mapping[str, Handler],
        timers: tuple[Timer, ...],
        lease: timedelta,
        together: Collection[str] = (),
    ) -> None:
        self.app, self.handlers, self.timers, self.lease, self.together = app, handlers, timers, lease, together
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
            return self.do_one()
        except OperationalError:
            log.warning("jobs.database_busy", exc_info=True)
            return False

    def run_until_idle(self) -> int:
        """Do everything that is due now; for tests and `flask jobs work --once`. Answers how many jobs were done."""
        done = 0
        while self.do_one():
            done += 1
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

    def do_one(self) -> bool:
        """Claim and do one job. False when nothing is due."""
        with self.app.app_context():
            claimed = self._next()
            if claimed is None:
                return False
            job_id, kind, payload, _until = claimed
            point("jobs.claimed")
            try:
                self._do(job_id, kind, payload)
            except LostLease:
                log.warning("job.lost_lease", job=job_id, kind=kind)
            except GiveUp as reason:
                self._settle(operations.bury, job_id, str(reason))
            except Exception:  # a job may fail in any way; it must stay visible
                log.exception("job.failed", job=job_id, kind=kind)
                self._settle(operations.postpone, job_id, traceback.format_exc(), outside=False)
            return True

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
            until = now() + self.lease
            self._held.extend(Taken(job.id, job.kind, dict(job.payload), until) for job in more)

    def _give_back(self) -> None:
        held = [job.id for job in self._held]
        self._held.clear()
        if held:
            with transaction():
                operations.release(held, self.name)

    def _do(self, job_id: int, kind: str, payload: dict[str, Any]) -> None:
        if kind not in self.handlers:
            raise GiveUp(f"nobody handles {kind}")
        try:
            with doing(job_id, self.name, self.lease):
                outcome = self.handlers[kind](**payload)
        finally:
            db.session.remove()
        point("jobs.worked")
        try:
            self._write(job_id, kind, outcome)
        except LostLease:
            if isinstance(outcome, Done):
                outcome.undo()
            raise
        point("jobs.finished")

    def _write(self, job_id: int, kind: str, outcome: Outcome) -> None:
        with transaction():
            outcome.write()
            if isinstance(outcome, Later):
                settled = operations.postpone(
                    job_id, self.name, outcome.reason, outside=True, for_ever=outcome.for_ever
                )
            else:
                settled = operations.finish(job_id, self.name)
            if not settled:
                raise LostLease(kind)

    def _settle(self, verb: Callable[..., bool], job_id: int, reason: str, **options: bool) -> None:
        with transaction():
            verb(job_id, self.name, reason, **options)
