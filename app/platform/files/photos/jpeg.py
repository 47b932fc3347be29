"""JPEG (ITU-T T.81): which segments draw the picture."""

import re
from collections.abc import Iterator

from app.platform.files.photos.exif import orientation, orientation_segment
from app.platform.files.photos.faults import broken, refuse_size

_START, _END = b"\xff\xd8", b"\xff\xd9"
_FRAMES = {0xC0, 0xC1, 0xC2}
"""Baseline, extended and progressive: what browsers draw."""
_TABLES = {0xC4, 0xDB, 0xDD}
_SCAN, _ADOBE, _COMMENT = 0xDA, 0xEE, 0xFE
_APPLICATION = range(0xE0, 0xF0)
_EXIF = 0xE1
_MOST_SEGMENTS, _MOST_SCANS = 2000, 100
"""Far more than cameras write. Whoever draws the picture goes over all of it once for each scan."""
_MARKER = re.compile(rb"\xff++([^\x00\xff\xd0-\xd7])")
_AFTER_SCAN = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")
"""The next marker in the data of a scan: a stuffed zero and the restart markers belong to the data."""


def clean(data: bytes) -> bytes:
    """The same picture, upright as before, from the start to the first end of image. Raises PhotoRefused."""
    kept: list[bytes] = []
    frames, scans, upright = 0, 0, 1
    for number, (marker, segment, scan) in enumerate(_segments(data)):
        if marker in _FRAMES:
            frames += 1
            _refuse_frame(segment)
        if marker == _SCAN:
            scans += 1
            if not frames:
                raise broken()
        if scans > _MOST_SCANS or number > _MOST_SEGMENTS:
            raise broken()
        if marker == _EXIF and segment.startswith(b"Exif\0\0"):
            upright = orientation(segment[6:])
        if _is_kept(marker, segment):
            kept.append(_written(marker, segment) + scan)
    if frames != 1 or not scans:
        raise broken()
    return b"".join((_START, orientation_segment(upright), *kept, _END))


def _segments(data: bytes) -> Iterator[tuple[int, bytes, bytes]]:
    """Marker, content and the scan data that follows it, for each segment before the end of the image."""
    at = len(_START)
    while True:
        found = _MARKER.match(data, at)
        if found is None:
            raise broken()
        marker, at = found[1][0], found.end()
        if marker == _END[1]:
            return
        length = int.from_bytes(data[at : at + 2])
        content = data[at + 2 : at + length]
        if length < 2 or len(content) != length - 2:
            raise broken()
        at += length
        after = at
        if marker == _SCAN:
            following = _AFTER_SCAN.search(data, at)
            if following is None:
                raise broken()
            after = following.start()
        yield marker, content, data[at:after]
        at = after


def _is_kept(marker: int, segment: bytes) -> bool:
    """Whether the segment draws; it may be left out when it only tells something. Raises PhotoRefused otherwise."""
    if marker in _FRAMES | _TABLES | {_SCAN}:
        return True
    if marker == _ADOBE:  # says how the colours are coded
        return len(segment) == 12 and segment.startswith(b"Adobe")
    if marker in _APPLICATION or marker == _COMMENT:
        return False
    raise broken()


def _refuse_frame(segment: bytes) -> None:
    if len(segment) < 6 or segment[0] != 8 or len(segment) != 6 + 3 * segment[5] or segment[5] not in {1, 3, 4}:
        raise broken()
    refuse_size(int.from_bytes(segment[3:5]), int.from_bytes(segment[1:3]))


def _written(marker: int, segment: bytes) -> bytes:
    return bytes((0xFF, marker)) + (len(segment) + 2).to_bytes(2) + segment
