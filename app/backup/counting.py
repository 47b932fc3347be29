"""Blocks of lines, counted on their way."""

from collections.abc import Iterator


class Counted:
    """Blocks of lines, and how many lines they were."""

    def __init__(self, blocks: Iterator[bytes]) -> None:
        self._blocks, self.count = blocks, 0

    def __iter__(self) -> Iterator[bytes]:
        for block in self._blocks:
            self.count += block.count(b"\n")
            yield block
