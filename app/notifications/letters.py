"""Putting a message into words: one pair of templates, in the language of whoever gets it."""

import re
from typing import Any, NamedTuple

from flask import current_app
from flask_babel import force_locale
from jinja2 import Template
from markupsafe import escape

from app.platform.i18n.languages import best, direction

_GAPS = re.compile(r"\n{3,}")


class Letter(NamedTuple):
    """The two forms of one message."""

    text: str
    html: str


NAME = "\uf8ff"
"""Stands for the recipient's name in a form; a sign that no script uses."""


class Form(NamedTuple):
    """A message to many, rendered once; only the name in it is different for each."""

    text: str
    html: str

    def to(self, name: str) -> Letter:
        return Letter(self.text.replace(NAME, name), self.html.replace(NAME, str(escape(name))))


def form(template: str, language: str, **context: Any) -> Form:
    """`written`, for any recipient."""
    return Form(*written(template, language, name=NAME, **context))


def written(template: str, language: str, **context: Any) -> Letter:
    """`notifications/mail/<template>` as text and HTML. Needs no request: a command or the worker may write, too."""
    locale = best([language])
    names = {"locale": locale, "text_direction": direction(locale), **context}
    with force_locale(locale):
        text, html = (_template(template, form) for form in ("txt", "html"))
        return Letter(_tidy(text.render(names)), html.render(names))


def _template(name: str, form: str) -> Template:
    return current_app.jinja_env.get_template(f"notifications/mail/{name}.{form}")


def _tidy(text: str) -> str:
    """At most one empty line in a row."""
    return _GAPS.sub("\n\n", text.strip()) + "\n"
