"""A one-time link to whoever it is for. Its mail is the only place in which the link can be read."""

from flask_babel import force_locale

from app.accounts.models import Account, OneTimeLink
from app.accounts.rules import LinkPurpose
from app.notifications.posting import post
from app.platform.config import settings
from app.platform.db import db
from app.platform.i18n import lazy
from app.platform.i18n.languages import best

PATHS = {LinkPurpose.SIGN_IN: "sign-in", LinkPurpose.PASSWORD_RESET: "password", LinkPurpose.INVITATION: "invitation"}
SUBJECTS = {
    LinkPurpose.SIGN_IN: lazy("Your link to sign in"),
    LinkPurpose.PASSWORD_RESET: lazy("Your link for a new password"),
    LinkPurpose.INVITATION: lazy("Your account is waiting for you"),
}


def send_link(link_id: int, token: str) -> None:
    """Word and queue the mail with a one-time link."""
    link = db.session.get_one(OneTimeLink, link_id)
    account = db.session.get_one(Account, link.account_id)
    with force_locale(best([account.language])):
        title = str(SUBJECTS[link.purpose])
    post(
        "link", account, lambda: title, kind=f"accounts.{link.purpose.value}", about=f"account:{account.id}",
        purpose=link.purpose.value, title=title,
        page=f"{settings().base_url}/links/{PATHS[link.purpose]}/{token}",
    )  # fmt: skip
