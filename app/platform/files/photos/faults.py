"""What a photo is, and why a file is not taken for one."""

from dataclasses import dataclass
from enum import StrEnum

MOST_PIXELS = 64_000_000
LONGEST_SIDE = 16_384


class PhotoKind(StrEnum):
    """The formats that telephones send and every browser shows."""

    JPEG = "jpeg"
    PNG = "png"
    WEBP = "webp"

    @property
    def media_type(self) -> str:
        """What browsers are told that it is."""
        return f"image/{self.value}"


class PhotoFault(StrEnum):
    """Why a file was refused."""

    TOO_LARGE = "too_large"
    TOO_MANY_PIXELS = "too_many_pixels"
    UNKNOWN = "unknown"
    BROKEN = "broken"


class PhotoRefused(Exception):
    """The file is not kept; `fault` says why."""

    def __init__(self, fault: PhotoFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


@dataclass(frozen=True)
class Photo:
    """A picture and nothing else."""

    kind: PhotoKind
    data: bytes


def broken() -> PhotoRefused:
    """A part of the file is missing, or is not what its format says."""
    return PhotoRefused(PhotoFault.BROKEN)


def refuse_size(width: int, height: int) -> None:
    """Raises PhotoRefused for a picture without a surface or with more than a telephone can show."""
    if width < 1 or height < 1:
        raise broken()
    if width > LONGEST_SIDE or height > LONGEST_SIDE or width * height > MOST_PIXELS:
        raise PhotoRefused(PhotoFault.TOO_MANY_PIXELS)
