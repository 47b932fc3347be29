"""Fields for texts in several languages, for lists with one entry a line, and for numbers."""

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from wtforms import Field, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, StopValidation

from app.platform.i18n import _, lazy
from app.platform.i18n.languages import LANGUAGES

LONGEST = 2000
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff]")
_NUMBER = re.compile(r"[0-9]{1,4}([.,][0-9]{1,6})?")


def plain(text: Any) -> Any:
    """Without control characters, with line ends as \\n, without spaces at the ends."""
    if not isinstance(text, str):
        return text
    return _CONTROL.sub("", str(line_ends(text))).strip()


def line_ends(text: Any) -> Any:
    """With line ends as \\n, as files have them."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if isinstance(text, str) else text


def lines(text: str | None) -> tuple[str, ...]:
    """One entry a line; empty lines do not count."""
    return tuple(line.strip() for line in (text or "").split("\n") if line.strip())


def in_lines(entries: Iterable[str]) -> str:
    """The entries as a field for lists shows them."""
    return "\n".join(entries)


def own_name(locale: str) -> str:
    """What a language calls itself; its code where we do not know."""
    return LANGUAGES[locale].own_name if locale in LANGUAGES else locale


def text_field(label: Any, needed: Any = None, *, locale: str = "", rows: int = 0) -> Any:
    """A text; `needed` is the sentence when it is left out, `rows` makes it one of several lines."""
    kept: dict[str, Any] = {"rows": rows} if rows else {}
    if locale:
        kept |= {"lang": locale, "dir": LANGUAGES[locale].direction if locale in LANGUAGES else "auto"}
    checks: list[Any] = [DataRequired(needed)] if needed else []
    checks.append(Length(max=LONGEST, message=lazy("The text is too long.")))
    return (TextAreaField if rows else StringField)(label, checks, filters=[plain], render_kw=kept)


def list_field(label: Any, needed: Any = None, *, locale: str = "") -> Any:
    """A list with one entry a line; `needed` is the sentence when there is none."""
    kept: dict[str, Any] = {"rows": 4}
    if locale:
        kept |= {"lang": locale, "dir": LANGUAGES[locale].direction if locale in LANGUAGES else "auto"}
    checks: list[Any] = [DataRequired(needed)] if needed else []
    return TextAreaField(label, [*checks, _entries_fit], filters=[plain], render_kw=kept)


def _entries_fit(_form: Any, field: Field) -> None:
    if any(len(entry) > LONGEST for entry in lines(field.data)):
        raise StopValidation(_("The text is too long."))


class DecimalText(StringField):
    """A number, written with a point or a comma."""

    @property
    def number(self) -> float | None:
        """What is written; None for nothing, and for what is no number."""
        written = (self.data or "").replace(",", ".")
        return float(written) if _NUMBER.fullmatch(self.data or "") else None


class Between:
    """A number between two others; left out where it may be."""

    def __init__(self, least: float, most: float, *, is_needed: bool = True) -> None:
        self.least, self.most, self.is_needed = least, most, is_needed
        self.field_flags = {"required": True} if is_needed else {}

    def __call__(self, _form: Any, field: Any) -> None:
        if not field.data and not self.is_needed:
            return
        if field.number is None or not self.least <= field.number <= self.most:
            said = {"least": shown(self.least), "most": shown(self.most)}
            raise StopValidation(_("Write a number from %(least)s to %(most)s.", **said))


def number_field(label: Any, least: float, most: float, *, is_needed: bool = True) -> Any:
    """A number between two others."""
    kept = {"inputmode": "decimal", "autocomplete": "off"}
    return DecimalText(label, [Between(least, most, is_needed=is_needed)], filters=[plain], render_kw=kept)


def shown(number: float | None) -> str:
    """A number as a field shows it."""
    return "" if number is None else f"{Decimal(repr(number)).normalize():f}"


def percent(share: float | None) -> str:
    """A share of 0..1 as per cent, as a field shows it."""
    return "" if share is None else f"{(Decimal(repr(share)) * 100).normalize():f}"


def share(number: float | None) -> float | None:
    """Per cent as a share."""
    return None if number is None else float(Decimal(repr(number)) / 100)
