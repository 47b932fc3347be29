"""Finding out by its content what a file is, and cleaning it."""

from app.platform.files.photos import jpeg, png, webp
from app.platform.files.photos.faults import Photo, PhotoFault, PhotoKind, PhotoRefused

LARGEST_FILE = 12 * 1024 * 1024


def clean(data: bytes) -> Photo:
    """The photo without place, time, device, thumbnail, texts and whatever follows its end. Raises PhotoRefused."""
    if len(data) > LARGEST_FILE:
        raise PhotoRefused(PhotoFault.TOO_LARGE)
    if data.startswith(b"\xff\xd8\xff"):
        return Photo(PhotoKind.JPEG, jpeg.clean(data))
    if data.startswith(png.SIGNATURE):
        return Photo(PhotoKind.PNG, png.clean(data))
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return Photo(PhotoKind.WEBP, webp.clean(data))
    raise PhotoRefused(PhotoFault.UNKNOWN)
