"""Who reacts to what, which pages, jobs, timers and commands there are. The only room that sees them all."""

from datetime import timedelta
from typing import Any

from flask import Flask, g, get_flashed_messages, request, url_for

from app.access.permissions import Permission
from app.accounts import cookies
from app.accounts import panels as account_panels
from app.accounts.cli import accounts as accounts_cli
from app.accounts.views import bp as accounts
from app.attendance import panels as attendance_panels
from app.attendance import subscribers as attendance_subscribers
from app.attendance.views import bp as attendance
from app.certificates import jobs as certificate_jobs
from app.certificates import panels as certificate_panels
from app.certificates import subscribers as certificate_subscribers
from app.certificates.views import bp as certificates
from app.completions.events import CompletionWithdrawn, CourseCompleted
from app.content.cli import content
from app.courses.views import bp as courses
from app.coverage import panels as coverage_panels
from app.coverage import subscribers as coverage_subscribers
from app.coverage.cli import coverage as coverage_cli
from app.coverage.views import bp as coverage
from app.demo.cli import demo
from app.factories.cli import roster
from app.factories.events import RosterApplied
from app.factories.views import bp as factories
from app.home.views import bp as home
from app.learning_record import panels as record_panels
from app.learning_record import subscribers as record_subscribers
from app.notifications import panels as notification_panels
from app.notifications import subscribers as notification_subscribers
from app.notifications.views import bp as notifications
from app.platform.bus import Handlers
from app.platform.config import Settings
from app.platform.db.cli import database
from app.platform.i18n import lazy
from app.platform.i18n.cli import i18n
from app.platform.jobs.cli import jobs
from app.platform.jobs.worker import Handler, Timer
from app.platform.mail import operations as mail
from app.platform.mail.outbox import OutboxTransport
from app.platform.mail.smtp import SmtpTransport, Transport
from app.platform.web.design_view import bp as design
from app.platform.web.health import bp as health
from app.platform.web.panels import Filler
from app.platform.web.serve import serve
from app.quizzes import jobs as quiz_jobs
from app.quizzes import panels as quiz_panels
from app.quizzes.views.attempts import bp as attempts
from app.quizzes.views.joining import bp as join
from app.quizzes.views.room import bp as quizzes
from app.sessions.events import InvitationChanged, MeetingCancelled, SeatsSettled, TrainingCancelled, TrainingConfirmed
from app.sessions.views import bp as sessions

BLUEPRINTS = (
    health,
    design,
    accounts,
    attempts,
    attendance,
    certificates,
    courses,
    coverage,
    factories,
    home,
    join,
    notifications,
    quizzes,
    sessions,
)

ROOMS = (
    "accounts",
    "attendance",
    "certificates",
    "courses",
    "coverage",
    "factories",
    "home",
    "learning_record",
    "notifications",
    "quizzes",
    "sessions",
)
"""Rooms that have templates."""

ON: Handlers = {
    RosterApplied: [record_subscribers.on_roster_applied],
    TrainingConfirmed: [record_subscribers.on_training_confirmed],
    InvitationChanged: [notification_subscribers.on_invitation_changed],
    MeetingCancelled: [attendance_subscribers.on_meeting_cancelled],
    SeatsSettled: [notification_subscribers.on_seats_settled, record_subscribers.on_seats_settled],
    TrainingCancelled: [notification_subscribers.on_training_cancelled, record_subscribers.on_training_cancelled],
    CourseCompleted: [
        coverage_subscribers.on_completed,
        certificate_subscribers.on_completed,
        record_subscribers.on_completed,
    ],
    CompletionWithdrawn: [
        coverage_subscribers.on_withdrawn,
        certificate_subscribers.on_withdrawn,
        record_subscribers.on_withdrawn,
    ],
}

JOBS: dict[str, Handler] = {
    "certificates.draw": certificate_jobs.draw,
    "mail.deliver": mail.deliver,
    "quizzes.close_overdue": quiz_jobs.close_overdue,
    "quizzes.find_overdue": quiz_jobs.find_overdue,
}

TIMERS: tuple[Timer, ...] = (Timer("quizzes.find_overdue", timedelta(minutes=1)),)

MENU: tuple[tuple[Any, str, Any], ...] = (
    (lazy("Sessions"), "sessions.index", Permission.SESSIONS_READ),
    (lazy("Factories"), "factories.index", Permission.FACTORIES_READ),
    (lazy("Courses"), "courses.catalogue", Permission.CATALOGUE_READ),
    (lazy("Coverage"), "coverage.coverage", Permission.COVERAGE_READ),
    (lazy("Mails"), "notifications.outbox", Permission.MAIL_READ),
)

PANELS: dict[str, list[Filler]] = {
    "course": [],
    "factory": [record_panels.factory, certificate_panels.factory, coverage_panels.factory],
    "person": [account_panels.person],
    "training": [
        attendance_panels.training,
        quiz_panels.quiz_panel,
        quiz_panels.results_panel,
        certificate_panels.training,
        notification_panels.mails_of_training,
    ],
}
"""Page slot -> who fills it, in this order."""

CLI: tuple[Any, ...] = (accounts_cli, content, coverage_cli, database, demo, i18n, jobs, roster, serve)

load_actor = cookies.load_actor


def install(app: Flask) -> None:
    """What a room must add to the application itself."""
    cookies.install(app)
    app.extensions["jobs"] = (JOBS, TIMERS)
    app.extensions["panels"] = PANELS


def mail_transport(settings: Settings) -> Transport:
    return OutboxTransport() if settings.mail_transport == "outbox" else SmtpTransport(settings)


def page_frame() -> dict[str, Any]:
    """What the frame of every page shows."""
    menu = [
        {"label": label, "href": url_for(endpoint), "current": request.path.startswith(url_for(endpoint))}
        for label, endpoint, permission in MENU
        if g.get("actor") and g.actor.may(permission)
    ]
    return {
        "menu": menu,
        "notices": get_flashed_messages(with_categories=True),
        "language_url": url_for("accounts.choose_language"),
        "sign_out_url": url_for("accounts.sign_out"),
    }
