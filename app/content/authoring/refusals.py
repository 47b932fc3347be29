"""How the verbs of drafts say no."""

from collections.abc import Sequence

from app.platform.refusal import Refused


class Stale(Refused):
    """Somebody wrote the file since it was seen. `theirs` is what it holds now, None when it was taken away;
    `revision` is what to say as seen when one's own text is to stand all the same."""

    def __init__(self, message: str, path: str, theirs: bytes | None, revision: int) -> None:
        super().__init__(message)
        self.path, self.theirs, self.revision = path, theirs, revision


class ArchiveFaulty(Refused):
    """The ZIP holds something that no course holds; `faults` are all of them as sentences."""

    def __init__(self, message: str, faults: Sequence[str]) -> None:
        super().__init__(message)
        self.faults = tuple(faults)
