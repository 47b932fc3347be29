"""Words of sheets."""

from typing import Any

from app.platform.files.photos import PhotoFault
from app.platform.i18n import lazy

PHOTO_FAULTS: dict[PhotoFault, Any] = {
    PhotoFault.TOO_LARGE: lazy("It is too large. Choose one of at most 12 MB."),
    PhotoFault.TOO_MANY_PIXELS: lazy("It has too many pixels. Take a smaller one, and choose that."),
    PhotoFault.UNKNOWN: lazy("It is not a photo that we can show. Choose a JPEG or PNG file."),
    PhotoFault.BROKEN: lazy("It is damaged. Choose another one, or take it again."),
}
