"""Shape of a mark as it is sent."""

from collections.abc import Mapping

from wtforms import Form, HiddenField, RadioField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined] # newer than its stubs
from wtforms.validators import AnyOf, InputRequired

from app.attendance import labels
from app.attendance.rules import Mark, is_mark_id
from app.platform.i18n import lazy

_MOST_SEEN = 50


class MarkForm(Form):
    """A mark, the id that makes a repeat harmless, and the ids of the marks that were in view."""

    mark = RadioField(
        lazy("Mark"),
        [InputRequired(lazy("Choose a mark.")), AnyOf(list(Mark), message=lazy("Choose a mark."))],
        choices=[SelectChoice(mark.value, text) for mark, text in labels.MARKS.items()],
        validate_choice=False,
    )
    mark_id = HiddenField()
    seen = HiddenField()

    @property
    def in_view(self) -> frozenset[str] | None:
        """Ids of the marks that whoever sent the form had in view; None where the form does not say."""
        if self.seen.raw_data is None or not self.seen.raw_data:
            return None
        return frozenset(filter(is_mark_id, (self.seen.data or "").split()[:_MOST_SEEN]))


def searched(sent: Mapping[str, str]) -> str:
    """What was searched for, without signs that nobody sees."""
    return "".join(sign for sign in sent.get("q", "") if sign.isprintable()).strip()
