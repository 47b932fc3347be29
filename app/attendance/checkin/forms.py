"""Shapes of what is typed and read at check-in."""

import unicodedata
from collections.abc import Sequence
from typing import Any

from wtforms import SelectField, StringField
from wtforms.validators import DataRequired, InputRequired, Length

from app.factories.models import Factory
from app.platform.i18n import lazy
from app.platform.i18n.formats import ascii_digits
from app.platform.web.forms import PlainForm, offered


def _plain(text: str | None) -> str:
    return ascii_digits(unicodedata.normalize("NFKC", text or "")).strip()


class CodeForm(PlainForm):
    """The short code on the screen."""

    code = StringField(
        lazy("Code on the screen"), [DataRequired(lazy("Enter the code.")), Length(max=80)], filters=[_plain]
    )


class NumberForm(PlainForm):
    """The own employee number; and the factory, where the room does not say it."""

    factory = StringField(
        lazy("Code of your factory"),
        [DataRequired(lazy("Enter the code of your factory.")), Length(max=40)],
        filters=[_plain],
    )
    number = StringField(
        lazy("Your employee number"),
        [DataRequired(lazy("Enter your employee number.")), Length(max=40)],
        filters=[_plain],
    )

    def __init__(self, sent: Any = None, *, factory: Factory | None = None) -> None:
        super().__init__(sent)
        self.known = factory
        if factory is not None:
            del self.factory

    @property
    def factory_code(self) -> str:
        return self.known.code if self.known else str(self.factory.data or "")


class CardForm(PlainForm):
    """What a camera read off a card, or a number that somebody typed."""

    card = StringField(
        lazy("Card or employee number"),
        [DataRequired(lazy("Read a card, or enter a number.")), Length(max=400)],
        filters=[_plain],
    )
    factory = SelectField(lazy("Factory of the number"), [InputRequired()], coerce=int)

    def __init__(self, factories: Sequence[Factory], sent: Any = None) -> None:
        super().__init__(sent)
        self.factory.choices = offered((factory.id, factory.name) for factory in factories)
        if len(factories) < 2:
            del self.factory
        self.only = factories[0].id if len(factories) == 1 else None

    @property
    def factory_id(self) -> int | None:
        return self.factory.data if self.factory else self.only
