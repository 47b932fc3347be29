"""Who reacts to what, which pages, jobs, timers and commands there are. The only room that sees them all."""

from datetime import timedelta
from typing import Any

from flask import Flask

from app.access.permissions import Permission
from app.accounts import cookies, kiosk_cookie, link_jobs
from app.accounts import jobs as account_jobs
from app.accounts import panels as account_panels
from app.accounts import person_data as account_data
from app.accounts.cli import accounts as accounts_cli
from app.accounts.events import LinkIssued
from app.accounts.views import bp as accounts
from app.attendance import panels as attendance_panels
from app.attendance import person_data as attendance_data
from app.attendance import subscribers as attendance_subscribers
from app.attendance.views import bp as attendance
from app.certificates import jobs as certificate_jobs
from app.certificates import panels as certificate_panels
from app.certificates import person_data as certificate_data
from app.certificates import subscribers as certificate_subscribers
from app.certificates.views import bp as certificates
from app.completions import panels as completion_panels
from app.completions import person_data as completion_data
from app.completions import subscribers as completion_subscribers
from app.completions.events import CompletionWithdrawn, CourseCompleted
from app.content.authoring import panels as authoring_panels
from app.content.authoring.views import bp as authoring
from app.content.cli import content
from app.content.printing import panels as paper_panels
from app.content.printing.views import bp as papers
from app.courses.views import bp as courses
from app.coverage import panels as coverage_panels
from app.coverage import person_data as coverage_data
from app.coverage import subscribers as coverage_subscribers
from app.coverage.cli import coverage as coverage_cli
from app.coverage.views import bp as coverage
from app.demo.cli import demo
from app.factories import jobs as roster_jobs
from app.factories import person_data as factory_data
from app.factories.cli import roster
from app.factories.events import PersonMerged, PersonsSeparated, RosterApplied, RosterUndone
from app.factories.headcounts.cli import headcounts as headcounts_cli
from app.factories.headcounts.views import bp as headcounts
from app.factories.merging.rows import PersonData
from app.factories.structure.views import bp as structure
from app.factories.views import bp as factories
from app.home import frame
from app.home.views import bp as home
from app.learning_record import panels as record_panels
from app.learning_record import person_data as record_data
from app.learning_record import subscribers as record_subscribers
from app.learning_record import transcript
from app.lessons import panels as lesson_panels
from app.lessons import person_data as lesson_data
from app.lessons.slots import Slots
from app.lessons.views.learning import bp as lessons
from app.lessons.views.practice import bp as practice
from app.notifications import panels as notification_panels
from app.notifications import person_data as mail_data
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
from app.platform.web import throttle
from app.platform.web.design_view import bp as design
from app.platform.web.health import bp as health
from app.platform.web.panels import Filler
from app.platform.web.serve import serve
from app.privacy import jobs as privacy_jobs
from app.privacy import panels as privacy_panels
from app.privacy import person_data as log_data
from app.privacy.cli import privacy as privacy_cli
from app.privacy.subjects import SUBJECTS
from app.privacy.views import bp as privacy
from app.privacy.views import show_first
from app.quizzes import jobs as quiz_jobs
from app.quizzes import panels as quiz_panels
from app.quizzes import person_data as quiz_data
from app.quizzes.cli import quizzes as quizzes_cli
from app.quizzes.learning import open_tests
from app.quizzes.views.attempts import bp as attempts
from app.quizzes.views.joining import bp as join
from app.quizzes.views.kiosk import bp as kiosk
from app.quizzes.views.room import bp as quizzes
from app.sessions import panels as session_panels
from app.sessions import person_data as session_data
from app.sessions.demand import panels as demand_panels
from app.sessions.demand import subscribers as demand_subscribers
from app.sessions.demand.views import bp as demand
from app.sessions.events import InvitationChanged, MeetingCancelled, SeatsSettled, TrainingCancelled, TrainingConfirmed
from app.sessions.learning import booked_courses
from app.sessions.views import bp as sessions

BLUEPRINTS = (
    health,
    design,
    accounts,
    attempts,
    attendance,
    authoring,
    certificates,
    courses,
    coverage,
    demand,
    factories,
    headcounts,
    home,
    join,
    kiosk,
    lessons,
    notifications,
    papers,
    practice,
    privacy,
    quizzes,
    sessions,
    structure,
)

ROOMS = (
    "accounts",
    "attendance",
    "certificates",
    "completions",
    "content",
    "courses",
    "coverage",
    "factories",
    "home",
    "learning_record",
    "lessons",
    "notifications",
    "privacy",
    "quizzes",
    "sessions",
)
"""Rooms that have templates."""

ON: Handlers = {
    LinkIssued: [notification_subscribers.on_link_issued],
    PersonMerged: [attendance_subscribers.on_merged, completion_subscribers.on_merged],
    PersonsSeparated: [attendance_subscribers.on_separated, completion_subscribers.on_separated],
    RosterApplied: [record_subscribers.on_roster_applied],
    RosterUndone: [record_subscribers.on_roster_undone],
    TrainingConfirmed: [demand_subscribers.on_training_confirmed, record_subscribers.on_training_confirmed],
    InvitationChanged: [notification_subscribers.on_invitation_changed],
    MeetingCancelled: [attendance_subscribers.on_meeting_cancelled],
    SeatsSettled: [notification_subscribers.on_seats_settled, record_subscribers.on_seats_settled],
    TrainingCancelled: [
        demand_subscribers.on_training_cancelled,
        notification_subscribers.on_training_cancelled,
        record_subscribers.on_training_cancelled,
    ],
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
    "accounts.delete_print": account_jobs.delete_print,
    "accounts.delete_old_prints": account_jobs.delete_old_prints,
    "accounts.issue_link": link_jobs.issue_link,
    "accounts.print": account_jobs.print_people,
    "certificates.draw": certificate_jobs.draw,
    "mail.deliver": mail.deliver,
    "privacy.delete_file": privacy_jobs.delete_file,
    "privacy.retain": privacy_jobs.retain,
    "quizzes.close_overdue": quiz_jobs.close_overdue,
    "quizzes.find_overdue": quiz_jobs.find_overdue,
    "rosters.apply": roster_jobs.apply,
    "rosters.forget": roster_jobs.forget,
    "rosters.read": roster_jobs.read,
    "rosters.sweep": roster_jobs.sweep,
    "throttle.sweep": throttle.sweep,
}

SECRET_MAILS = ("accounts.",)
"""Kinds of mail whose text only their recipient reads. Where mail is only kept in the outbox, it shows them too."""

TIMERS: tuple[Timer, ...] = (
    Timer("accounts.delete_old_prints", timedelta(hours=1)),
    Timer("privacy.retain", timedelta(days=1)),
    Timer("quizzes.find_overdue", timedelta(minutes=1)),
    Timer("rosters.sweep", timedelta(hours=1)),
    Timer("throttle.sweep", timedelta(days=1)),
)

MENU: tuple[tuple[Any, str, Any], ...] = (
    (lazy("Sessions"), "sessions.index", Permission.SESSIONS_READ),
    (lazy("Factories"), "factories.index", Permission.FACTORIES_READ),
    (lazy("People"), "factories.search", Permission.FACTORIES_READ),
    (lazy("Programmes"), "structure.index", Permission.PROGRAMMES_MANAGE),
    (lazy("Courses"), "courses.catalogue", Permission.CATALOGUE_READ),
    (lazy("Coverage"), "coverage.coverage", Permission.COVERAGE_READ),
    (lazy("Your group"), "coverage.group", Permission.GROUP_FIGURES_READ),
    (lazy("Accounts"), "accounts.index", Permission.ACCOUNTS_INVITE),
    (lazy("Mails"), "notifications.outbox", Permission.MAIL_READ),
    (lazy("Privacy"), "privacy.index", Permission.PRIVACY_MANAGE),
    (lazy("Log"), "accounts.log", Permission.AUDIT_READ),
)

PANELS: dict[str, list[Filler]] = {
    "catalogue": [demand_panels.catalogue],
    "catalogue_end": [authoring_panels.catalogue],
    "course": [
        lesson_panels.course,
        session_panels.course,
        demand_panels.course,
        paper_panels.course,
        authoring_panels.course,
    ],
    "factory": [
        record_panels.factory,
        certificate_panels.factory,
        coverage_panels.factory,
        demand_panels.factory,
        lesson_panels.factory,
        account_panels.factory,
    ],
    "factory_facts": [account_panels.advisors],
    "pathway": [completion_panels.pathway],
    "person": [account_panels.person],
    "person_page": [transcript.person_page, lesson_panels.person_page, privacy_panels.person_page],
    "training": [
        attendance_panels.training,
        quiz_panels.quiz_panel,
        quiz_panels.kiosk_panel,
        quiz_panels.results_panel,
        certificate_panels.training,
        notification_panels.mails_of_training,
    ],
}
"""Page slot -> who fills it, in this order."""

LESSON_SLOTS = Slots(bookings=booked_courses, open_tests=open_tests)
"""What lessons know of training sessions and tests, given a person."""

PERSON_DATA: dict[str, PersonData] = {
    "factories": factory_data.PERSON_DATA,
    "accounts": account_data.PERSON_DATA,
    "completions": completion_data.PERSON_DATA,
    "lessons": lesson_data.PERSON_DATA,
    "sessions": session_data.PERSON_DATA,
    "quizzes": quiz_data.PERSON_DATA,
    "attendance": attendance_data.PERSON_DATA,
    "coverage": coverage_data.PERSON_DATA,
    "certificates": certificate_data.PERSON_DATA,
    "learning_record": record_data.PERSON_DATA,
    "notifications": mail_data.PERSON_DATA,
    "privacy": log_data.PERSON_DATA,
}
"""Room -> what it holds of a person, from the ground floor up: for merge, export and erasure."""

CLI: tuple[Any, ...] = (
    accounts_cli, content, coverage_cli, database, demo, headcounts_cli, i18n, jobs, privacy_cli, quizzes_cli, roster,
    serve,
)  # fmt: skip

load_actor = cookies.load_actor


def install(app: Flask) -> None:
    """What a room must add to the application itself."""
    cookies.install(app)
    kiosk_cookie.install(app)
    app.extensions["jobs"] = (JOBS, TIMERS)
    app.extensions["panels"] = PANELS
    app.extensions["lesson_slots"] = LESSON_SLOTS
    app.extensions["secret_mails"] = SECRET_MAILS if app.extensions["settings"].mail_transport == "smtp" else ()
    app.extensions["person_data"] = PERSON_DATA
    app.extensions["log_subjects"] = SUBJECTS
    app.before_request(show_first)


def mail_transport(settings: Settings) -> Transport:
    return OutboxTransport() if settings.mail_transport == "outbox" else SmtpTransport(settings)


def page_frame() -> dict[str, Any]:
    """What the frame of every page shows."""
    return frame.page_frame(MENU)
