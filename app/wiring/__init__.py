"""Who reacts to what, which pages, jobs, timers and commands there are. The only room that sees them all."""

from typing import Any

from flask import Flask

from app.accounts import cookies, kiosk_cookie
from app.content.proving import flaw
from app.home import frame
from app.platform.config import Settings
from app.platform.mail.outbox import OutboxTransport
from app.platform.mail.smtp import SmtpTransport, Transport
from app.platform.web.programs import door
from app.privacy.subjects import SUBJECTS
from app.privacy.views import show_first
from app.wiring.doors import BLUEPRINTS, CLI, MENU, MENU_SECTIONS, PROGRAMS, ROOMS
from app.wiring.people import PERSON_DATA
from app.wiring.reactions import ON
from app.wiring.slots import LESSON_SLOTS, PANELS, QUIZ_SLOTS
from app.wiring.work import GROUP_JOBS, JOBS, QUICK_JOBS, SECRET_MAILS, TIMERS

__all__ = [
    "BLUEPRINTS",
    "CLI",
    "JOBS",
    "ON",
    "ROOMS",
    "TIMERS",
    "install",
    "load_actor",
    "mail_transport",
    "page_frame",
]


def load_actor() -> None:
    """Before each request: `g.actor` is whoever the cookie says, or the token of a program."""
    found = door()
    if found is None:
        cookies.load_actor()
    else:
        found.enter()


def install(app: Flask) -> None:
    """What a room must add to the application itself."""
    cookies.install(app)
    kiosk_cookie.install(app)
    app.extensions["jobs"] = (JOBS, TIMERS)
    app.extensions["quick_jobs"] = QUICK_JOBS
    app.extensions["group_jobs"] = GROUP_JOBS
    app.extensions["panels"] = PANELS
    app.extensions["lesson_slots"] = LESSON_SLOTS
    app.extensions["quiz_slots"] = QUIZ_SLOTS
    app.extensions["secret_mails"] = SECRET_MAILS if app.extensions["settings"].mail_transport == "smtp" else ()
    app.extensions["program_doors"] = PROGRAMS
    app.extensions["person_data"] = PERSON_DATA
    app.extensions["log_subjects"] = SUBJECTS
    app.extensions["version_flaw"] = flaw
    app.before_request(show_first)


def mail_transport(settings: Settings) -> Transport:
    return OutboxTransport() if settings.mail_transport == "outbox" else SmtpTransport(settings)


def page_frame() -> dict[str, Any]:
    """What the frame of every page shows."""
    return frame.page_frame(MENU, MENU_SECTIONS)
