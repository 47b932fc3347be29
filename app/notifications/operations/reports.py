"""That a report is made, told to whoever subscribed to it: a link, and no figures."""


from app.accounts.models import Account
from app.notifications.operations.telling import claim
from app.notifications.posting import post
from app.notifications.rules import TellingKind, Way
from app.platform.config import settings
from app.platform.db import db
from app.platform.i18n import _
from app.reports.models import MadeReport


def tell_report_made(made_id: int) -> None:
    """One mail, once."""
    made = db.session.get_one(MadeReport, made_id, populate_existing=True)
    account = db.session.get_one(Account, made.account_id)
    row = claim(f"report:{made.id}:account:{account.id}", TellingKind.REPORT, Way.MAIL, account_id=account.id)
    if row is None:
        return
    site = settings().base_url
    post(
        "report_made", account, lambda: _("Your report is ready"), kind="reports.made", about=f"account:{account.id}",
        claimed=[row], made=made, page=f"{site}/reports/files/{made.id}", choices=f"{site}/reports/deliveries",
    )  # fmt: skip
