"""Where templates lie and which words they all know."""

from collections.abc import Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

from flask import Flask, g, request
from flask.templating import Environment
from jinja2 import (
    BaseLoader,
    ChoiceLoader,
    FileSystemBytecodeCache,
    FileSystemLoader,
    PrefixLoader,
    StrictUndefined,
    pass_eval_context,
)
from jinja2.bccache import Bucket
from jinja2.nodes import EvalContext
from markupsafe import Markup

from app.platform.i18n import formats, languages, speaking
from app.platform.i18n.texts import current_language, language_of, text
from app.platform.web.assets import asset_url

APP = Path(__file__).resolve().parents[2]
ICONS = APP.parent / "node_modules" / "bootstrap-icons" / "icons"


class Templates(Environment):
    """All templates know the same words, as one dictionary. Jinja would lay a chain of two over it for each template,
    which every import and every include walks through in Python: a tenth of a small page.
    """

    def make_globals(self, d: Any) -> Any:
        return super().make_globals(d) if d else self.globals


class Compiled(FileSystemBytecodeCache):
    """Compiled templates beside the assets, made by whichever process needs one first: reading it takes a fiftieth of
    the time, which the first visitors of every new process would wait. A folder that cannot be written is as none.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        super().__init__(str(folder))

    def dump_bytecode(self, bucket: Bucket) -> None:
        with suppress(OSError):
            super().dump_bytecode(bucket)


def loader(rooms: Sequence[str]) -> BaseLoader:
    """`courses/page.html` is `app/courses/templates/page.html`; layouts and components need no prefix."""
    by_room = {room: FileSystemLoader(APP / room / "templates") for room in rooms}
    return ChoiceLoader([PrefixLoader(dict(by_room)), FileSystemLoader(APP / "platform" / "web" / "templates")])


@cache
def icon(name: str) -> Markup:
    """A bootstrap icon as inline SVG, hidden from screen readers. The file comes with the installed package."""
    svg = (ICONS / f"{name}.svg").read_text(encoding="utf-8").strip()
    return Markup(svg.replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1))  # noqa: S704 - our own package


def published_html(html: str) -> Markup:
    """HTML that was sanitised when it was published, or drawn of it by a template of ours, and nothing else: lessons,
    question texts, the units of a course.
    """
    return Markup(html)  # noqa: S704 - the one place where stored HTML is trusted


@pass_eval_context
def say(where: EvalContext, string: str, /, **words: Any) -> str:
    """The sentence in the reader's language, with these words in it, escaped where the template escapes. A page says
    some hundred; Jinja's own way to a translation takes three times as long, and in a loop ten times.
    """
    said: str = speaking.catalogue().gettext(string)
    if where.autoescape:
        said = Markup(said)  # noqa: S704 - our own words; what is put into them is escaped
    return said % words if words or "%" in said else said


def install(app: Flask, rooms: Sequence[str], compiled: Path) -> None:
    """Give every template the same words, make an unknown word an error, keep what is compiled in a folder."""
    app.jinja_env.loader = loader(rooms)
    with suppress(OSError):
        app.jinja_env.bytecode_cache = Compiled(compiled)
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.add_extension("jinja2.ext.do")
    app.jinja_env.globals.update(
        _=say,
        asset_url=asset_url,
        icon=icon,
        published_html=published_html,
        text=text,
        language_of=language_of,
        direction_of=languages.direction,
        format_date=formats.format_date,
        format_day=formats.format_day,
        format_time=formats.format_time,
        format_datetime=formats.format_datetime,
        format_number=formats.format_number,
        format_percent=formats.format_percent,
        local_digits=formats.local_digits,
    )
    app.context_processor(_per_request)


def _per_request() -> dict[str, object]:
    locale = current_language()
    spoken = [(code, languages.LANGUAGES[code].own_name) for code in languages.SITE_LANGUAGES]
    return {
        "locale": locale,
        "text_direction": languages.direction(locale),
        "languages": spoken,
        "site_languages": spoken,
        "actor": g.get("actor"),
        "request_path": request.full_path.rstrip("?") if request else "/",
    }
