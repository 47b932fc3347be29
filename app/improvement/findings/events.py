"""What happens to findings."""

from dataclasses import dataclass

from app.platform.bus import Event


@dataclass(frozen=True)
class FindingsImported(Event):
    """A file of findings was applied."""

    finding_import_id: int


@dataclass(frozen=True)
class FindingsUndone(Event):
    """An applied file of findings was taken back."""

    finding_import_id: int


@dataclass(frozen=True)
class FindingChanged(Event):
    """What is known now of one question of a factory changed. `finding_id` is the finding that counts from now on, or -
    where none is left - the one that counted last and is withdrawn."""

    finding_id: int
