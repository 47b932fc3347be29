"""That a report is made, told to whoever subscribed to it: a link, and no figures."""

from flask_babel import force_locale

from app.accounts.models import Account
from app.notifications.letters import written
from app.notifications.models import Telling
from app.notifications.operations.telling import claim
from app.notifications.rules import TellingKind, Way
from app.platform.config import settings
from app.platform.db import db
from app.platform.i18n import _
from app.platform.i18n.languages import best
from app.platform.mail import Mail, queue
from app.reports.models import MadeReport


def tell_report_made(made_id: int) -> None:
    """One mail, once."""
    made = db.session.get_one(MadeReport, made_id, populate_existing=True)
    account = db.session.get_one(Account, made.account_id)
    row = claim(f"report:{made.id}:account:{account.id}", TellingKind.REPORT, Way.MAIL, account_id=account.id)
    if row is None:
        return
    language, site = best([account.language]), settings().base_url
    letter = written(
        "report_made", language, name=account.name, made=made, page=f"{site}/reports/files/{made.id}",
        choices=f"{site}/reports/deliveries",
    )  # fmt: skip
    with force_locale(language):
        subject = str(_("Your report is ready"))
    message = queue(
        Mail(
            recipient=account.email,
            recipient_name=account.name,
            subject=subject,
            text=letter.text,
            html=letter.html,
            language=language,
            kind="reports.made",
            about=f"account:{account.id}",
        )
    )
    db.session.get_one(Telling, row).mail_id = message.id
