"""Photos of lists and places as evidence of what a factory says: kept by the one safe door, each a file of its own."""

from typing import Any

from flask import Response
from werkzeug.datastructures import FileStorage
from wtforms import FileField
from wtforms.validators import ValidationError

from app.lessons.labels import PHOTO_FAULTS
from app.platform.files import FileMissing, single
from app.platform.files.photos import LARGEST_FILE, Photo, PhotoKind, PhotoRefused, clean
from app.platform.i18n import lazy
from app.platform.refusal import NotFound
from app.platform.web import file_response


def photo_field(label: Any) -> FileField:
    """A field for one photo; `cleaned` reads it."""
    return FileField(label, render_kw={"accept": "image/jpeg,image/png,image/webp"})


def cleaned(field: FileField) -> Photo | None:
    """The photo of a field without place, time and device; None where none was sent. Raises ValidationError."""
    if not isinstance(field.data, FileStorage) or not field.data.filename:
        return None
    field.data.stream.seek(0)  # the request may run a second time
    try:
        return clean(field.data.stream.read(LARGEST_FILE + 1))
    except PhotoRefused as refusal:
        raise ValidationError(str(PHOTO_FAULTS[refusal.fault])) from None


def photo_response(name: str, key: str | None, kind: PhotoKind | None) -> Response:
    """A photo whose reader was checked. Raises NotFound where it is gone."""
    if key is None or kind is None:
        raise NotFound
    try:
        data = single.kept(key)
    except FileMissing:
        raise NotFound from None
    return file_response(data, f"{name}.{kind}", kind.media_type, inline=True)


HINT = lazy("Place, time and device are taken out of the photo. Show people only if they agree.")
