"""A site that is connected to meeting providers, and what its worker does."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import sqlalchemy as sa
from flask import Flask

from app import wiring
from app.platform.clock import now
from app.platform.db import db
from app.platform.jobs.models import Job
from app.platform.jobs.worker import Worker
from app.sessions.links.models import MeetingRoom
from app.sessions.links.rooms import want
from app.sessions.links.rules import Provider, of_seat, token
from app.sessions.models import Meeting, Seat, SeatAtMeeting, TrainingSession
from app.sessions.rules import Modality, SiteKind
from tests.peers.meetings import Server

BASE = "https://seamwise.example"
JITSI = {"jitsi_url": "https://jitsi.example", "jitsi_app_id": "seamwise", "jitsi_secret": "jitsi-0123456789-abcdefghijklmnopqr"}


@contextmanager
def connected(app: Flask, **values: object) -> Iterator[None]:
    """The site with these settings, and with an https address, as calendars want it."""
    usual = app.extensions["settings"]
    app.extensions["settings"] = replace(usual, base_url=BASE, **values)
    try:
        yield
    finally:
        app.extensions["settings"] = usual


def bbb(server: Server) -> dict[str, str]:
    """Settings for a server of tests."""
    return {"bbb_url": server.url, "bbb_secret": server.secret}


def work(app: Flask, *, minutes: int = 0) -> None:
    """Let the worker do all that is due, with the clock's jobs for rooms; `minutes` later than jobs were put off to."""
    db.session.commit()
    worker = Worker(app, wiring.JOBS, tuple(timer for timer in wiring.TIMERS if timer.kind.startswith("links.")), timedelta(seconds=60))
    if minutes:
        late = sa.update(Job).where(Job.done_at.is_(None), Job.failed_at.is_(None))
        db.session.execute(late.values(run_at=now() - timedelta(minutes=minutes)))
        db.session.commit()
    worker.fire_timers()
    worker.run_until_idle()
    db.session.expire_all()


def opened(training: TrainingSession, seat: Seat) -> str:
    """The first half-day has a room, and somebody joins it by link, whose token this is."""
    meeting = training.meetings[0]
    made = want(meeting, Provider.JITSI)
    remote = next(site for site in training.sites if site.kind is SiteKind.REMOTE)
    db.session.add(SeatAtMeeting(seat_id=seat.id, meeting_id=meeting.id, site_id=remote.id, modality=Modality.VIRTUAL))
    db.session.flush()
    return token(made.id, made.seed, of_seat(seat.id, ""))


def room(meeting: Meeting) -> MeetingRoom:
    """The room of a half-day."""
    return db.session.scalars(sa.select(MeetingRoom).where(MeetingRoom.meeting_id == meeting.id)).one()
