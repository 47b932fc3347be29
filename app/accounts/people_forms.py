"""Shapes of what people type at their doors, and of what is ordered for them."""

import unicodedata
from collections.abc import Sequence

from werkzeug.datastructures import MultiDict
from wtforms import Form, PasswordField, RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined] # newer than its stubs
from wtforms.validators import DataRequired, InputRequired, Length

from app.platform.i18n import _, lazy
from app.platform.i18n.formats import ascii_digits


def digits(text: str | None) -> str:
    """Digits of any script, without the spaces that people and keyboards put between them."""
    return "".join(ascii_digits(text or "").split())


class PinForm(Form):
    """The PIN that proves who one is."""

    pin = PasswordField(lazy("Your PIN"), [DataRequired(lazy("Enter your PIN.")), Length(max=40)], filters=[digits])


class EnterForm(PinForm):
    """Factory, number and PIN: what everybody knows who works there."""

    factory = StringField(
        lazy("Code of your factory"),
        [DataRequired(lazy("Enter the code of your factory.")), Length(max=40)],
        filters=[lambda text: ascii_digits(unicodedata.normalize("NFKC", text or "")).strip()],
    )
    number = StringField(
        lazy("Your employee number"),
        [DataRequired(lazy("Enter your employee number.")), Length(max=40)],
        filters=[lambda text: ascii_digits(text or "").strip()],
    )


class PrintForm(Form):
    """For whom cards or PIN slips are printed."""

    line = SelectField(lazy("Line"), [InputRequired()], coerce=int, default=0)
    who = RadioField(lazy("Who"), [InputRequired()], default="new")

    def __init__(
        self, lines: Sequence[tuple[int, str]], sent: MultiDict[str, str] | None = None, *, prefix: str
    ) -> None:
        super().__init__(sent, prefix=prefix)
        self.line.choices = [SelectChoice(0, _("All lines")), *(SelectChoice(*line) for line in lines)]

    @property
    def line_id(self) -> int | None:
        return self.line.data or None

    @property
    def only_new(self) -> bool:
        return bool(self.who.data == "new")


class CardsForm(PrintForm):
    """Cards to print."""

    who = RadioField(
        lazy("Who gets a card"),
        [InputRequired()],
        default="new",
        choices=[
            SelectChoice("new", lazy("Only people who have no card yet")),
            SelectChoice("all", lazy("Everybody; cards they have stay valid")),
        ],
    )


class SlipsForm(PrintForm):
    """PIN slips to print."""

    who = RadioField(
        lazy("Who gets a new PIN"),
        [InputRequired()],
        default="new",
        choices=[
            SelectChoice("new", lazy("Only people who have no PIN yet")),
            SelectChoice("all", lazy("Everybody; PINs they have stop working")),
        ],
    )
