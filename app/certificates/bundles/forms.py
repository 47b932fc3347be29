"""Shapes of what is asked for: the address of the list, and what is to be made of it."""

from datetime import date

from werkzeug.datastructures import MultiDict
from wtforms import Form, IntegerField, StringField
from wtforms.validators import AnyOf

from app.certificates.bundles.rules import LONGEST, BundleKind, Wanted, state_of
from app.platform.i18n import lazy

_LARGEST = 2**31 - 1


def wanted(asked: "MultiDict[str, str]") -> Wanted:
    """The filter of an address. What cannot be read filters nothing."""
    return Wanted(
        words=_plain(asked, "q"),
        factory=_plain(asked, "factory"),
        training=asked.get("training", type=_key),
        course=_plain(asked, "course"),
        line=_plain(asked, "line"),
        state=state_of(asked.get("state", "")),
        since=asked.get("since", type=date.fromisoformat),
        until=asked.get("until", type=date.fromisoformat),
    )


def _plain(asked: "MultiDict[str, str]", name: str) -> str:
    """What was typed, without signs that nobody sees: databases refuse some of them."""
    return "".join(sign for sign in asked.get(name, "") if sign.isprintable()).strip()[:LONGEST]


def _key(text: str) -> int:
    """The key of a row; larger numbers are no keys."""
    return min(max(int(text), 0), _LARGEST)


class OrderForm(Form):
    """What to make of the certificates that are shown."""

    kind = StringField(lazy("As what"), [AnyOf(list(BundleKind))])


class PartForm(Form):
    """Which of several files."""

    part = IntegerField(lazy("Part"), default=1)


class TableForm(Form):
    """As what a list is taken out."""

    ending = StringField(lazy("As what"), [AnyOf(["xlsx", "csv"])])
