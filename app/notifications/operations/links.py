"""A one-time link to whoever it is for. Its mail is the only place in which the link can be read."""

from flask import current_app
from flask_babel import force_locale

from app.accounts.models import Account, OneTimeLink
from app.accounts.rules import LinkPurpose
from app.notifications.letters import written
from app.platform.config import Settings
from app.platform.db import db
from app.platform.i18n import lazy
from app.platform.i18n.languages import best
from app.platform.mail import Mail, queue

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
    settings: Settings = current_app.extensions["settings"]
    language = best([account.language])
    with force_locale(language):
        subject = str(SUBJECTS[link.purpose])
    letter = written(
        "link",
        language,
        name=account.name,
        purpose=link.purpose.value,
        title=subject,
        page=f"{settings.base_url}/links/{PATHS[link.purpose]}/{token}",
    )
    queue(
        Mail(
            recipient=account.email,
            recipient_name=account.name,
            subject=subject,
            text=letter.text,
            html=letter.html,
            language=language,
            kind=f"accounts.{link.purpose.value}",
            about=f"account:{account.id}",
        )
    )
