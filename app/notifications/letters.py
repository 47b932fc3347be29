"""Putting a message into words: one pair of templates, in the language of whoever gets it."""

from typing import Any, NamedTuple

from flask import current_app
from flask_babel import force_locale

from app.platform.i18n.languages import best, direction


class Letter(NamedTuple):
    """The two forms of one message."""

    text: str
    html: str


def written(template: str, language: str, **context: Any) -> Letter:
    """`notifications/mail/<template>` as text and HTML. Needs no request: a command or the worker may write, too."""
    locale = best([language])
    names = {"locale": locale, "text_direction": direction(locale), **context}
    with force_locale(locale):
        text, html = (
            current_app.jinja_env.get_template(f"notifications/mail/{template}.{form}").render(names)
            for form in ("txt", "html")
        )
    return Letter(text.strip() + "\n", html)
