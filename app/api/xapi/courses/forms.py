"""Shape of the form that lets a course of somebody else count."""

from typing import Any

from wtforms import StringField
from wtforms.validators import DataRequired, Length, ValidationError

from app.api.xapi.courses.operations import LONGEST_IRI, LONGEST_TITLE
from app.api.xapi.rules.values import IRI
from app.platform.i18n import _, lazy
from app.platform.web.forms import PlainForm


def _trimmed(text: Any) -> Any:
    return text.strip() if isinstance(text, str) else text


class ExternalCourseForm(PlainForm):
    """A course of somebody else."""

    title = StringField(
        lazy("How learning records call the course"),
        [
            DataRequired(lazy("Write how the course is called.")),
            Length(max=LONGEST_TITLE, message=lazy("The name is too long.")),
        ],
        filters=[_trimmed],
    )
    iri = StringField(
        lazy("Activity id"),
        [
            DataRequired(lazy("Write the activity id of the course.")),
            Length(max=LONGEST_IRI, message=lazy("The activity id is too long.")),
        ],
        filters=[_trimmed],
    )

    def validate_iri(self, field: StringField) -> None:
        if IRI.fullmatch(field.data or "") is None:
            raise ValidationError(
                _("Write the activity id as the other system sends it: an address such as https://school.example/fire.")
            )
