"""What factories tell."""

from dataclasses import dataclass

from app.platform.bus import Event


@dataclass(frozen=True)
class RosterApplied(Event):
    """A roster was applied to a factory."""

    roster_import_id: int


@dataclass(frozen=True)
class RosterUndone(Event):
    """A roster that was applied to a factory was taken back."""

    roster_import_id: int


@dataclass(frozen=True)
class AddressCorrected(Event):
    """A person is written to at another mail address from now on, or at none."""

    person_id: int


@dataclass(frozen=True)
class PersonMerged(Event):
    """Two entries turned out to be one person; what the loser had is the winner's now."""

    merge_id: int


@dataclass(frozen=True)
class PersonsSeparated(Event):
    """A merge was taken back."""

    merge_id: int
