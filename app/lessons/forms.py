"""Shapes of what somebody sends who learns."""

import re
from secrets import token_hex
from typing import Any

from werkzeug.datastructures import FileStorage
from wtforms import FileField, HiddenField, TextAreaField
from wtforms.validators import Length, Optional, ValidationError

from app.lessons.labels import PHOTO_FAULTS
from app.lessons.rules import LONGEST_TEXT
from app.platform.files.photos import LARGEST_FILE, Photo, PhotoRefused, clean
from app.platform.i18n import _, lazy
from app.platform.web.forms import PlainForm

_LOG_ID = re.compile(r"[0-9a-f]{32}")


def _as_counted(text: str | None) -> str:
    """Line breaks as browsers count them, and no empty space around the words."""
    return (text or "").replace("\r\n", "\n").strip()


class PracticeForm(PlainForm):
    """Words, a photo, or both. `version` is the one that was before the person; `log_id` makes a repeat harmless."""

    text = TextAreaField(
        lazy("What did you try, and what happened?"),
        [Optional(), Length(max=LONGEST_TEXT, message=lazy("This is too long. Leave something out."))],
        filters=[_as_counted],
        render_kw={"rows": 5, "maxlength": LONGEST_TEXT, "dir": "auto"},
    )
    photo = FileField(lazy("Photo"), render_kw={"accept": "image/jpeg,image/png,image/webp"})
    version = HiddenField()
    log_id = HiddenField()

    cleaned: Photo | None = None
    """The photo, when one was sent."""

    @property
    def key(self) -> str:
        """The id of the log; a new one where none was sent."""
        sent = self.log_id.data or ""
        return sent if _LOG_ID.fullmatch(sent) else token_hex(16)

    def validate_photo(self, field: FileField) -> None:
        if not isinstance(field.data, FileStorage) or not field.data.filename:
            return
        field.data.stream.seek(0)  # the request may run a second time
        try:
            self.cleaned = clean(field.data.stream.read(LARGEST_FILE + 1))
        except PhotoRefused as refusal:
            raise ValidationError(str(PHOTO_FAULTS[refusal.fault])) from None

    def validate(self, extra_validators: Any = None) -> bool:
        is_valid = bool(super().validate(extra_validators))
        if is_valid and not self.text.data and self.cleaned is None:
            self.text.errors = [_("Write something or choose a photo.")]
            return False
        return is_valid


def practice_form(version: str) -> PracticeForm:
    """An empty form about a version."""
    return PracticeForm(data={"version": version, "log_id": token_hex(16)})
