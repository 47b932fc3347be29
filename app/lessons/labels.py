"""Words of learning alone."""

from typing import Any

from app.lessons.rules import State
from app.platform.files.photos import PhotoFault
from app.platform.i18n import lazy

STATES: dict[State, Any] = {
    State.NOT_STARTED: lazy("Not started"),
    State.READ: lazy("Read"),
    State.DONE: lazy("Done"),
}

PHOTO_FAULTS: dict[PhotoFault, Any] = {
    PhotoFault.TOO_LARGE: lazy("This photo is too large. Choose one of at most 12 MB."),
    PhotoFault.TOO_MANY_PIXELS: lazy("This photo has too many pixels. Take a smaller one, and choose that."),
    PhotoFault.UNKNOWN: lazy("This is not a photo that we can show. Choose a JPEG, PNG or WebP file."),
    PhotoFault.BROKEN: lazy("This photo is damaged. Choose another one, or take it again."),
}
