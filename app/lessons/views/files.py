"""Photos as they are handed out."""

from flask import Response

from app.lessons.models import PracticeLog
from app.lessons.photos import file_name, kept
from app.platform.files import FileMissing
from app.platform.refusal import NotFound
from app.platform.web import file_response


def photo_response(log: PracticeLog) -> Response:
    """The photo of a log whose reader was checked; no browser takes it for anything else. Raises NotFound."""
    if log.photo_key is None or log.photo_kind is None:
        raise NotFound
    try:
        data = kept(log.photo_key)
    except FileMissing:
        raise NotFound from None
    return file_response(data, file_name(log), log.photo_kind.media_type)
