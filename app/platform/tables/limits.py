"""How much of a foreign file is read, and the one way to say no to it."""

from dataclasses import dataclass

MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Limits:
    """Bounds of one file: highest used row and column of any sheet, bytes of all its parts when unpacked, used cells
    of all sheets together (a few bytes of OpenDocument can repeat a cell a million times), tags and parts in the ZIP.
    The characters of all cells together are bounded like the bytes: a shared text can stand in every cell."""

    rows: int = 20_000
    columns: int = 200
    unpacked_bytes: int = 20 * MEGABYTE
    cells: int = 1_500_000
    tags: int = 2_500_000
    parts: int = 2_000


class TableRefused(Exception):
    """The file is not read. `reason` is one of file_empty, file_encrypted, file_damaged, file_unsafe,
    file_too_large, not_a_spreadsheet."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
