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
class WorkChanged(Event):
    """Somebody was hired, works in another role or on another line, or is gone. For a roster: RosterApplied."""

    factory_id: int
    person_id: int


@dataclass(frozen=True)
class SexCorrected(Event):
    """What is known of the sex of a person is another now."""

    person_id: int


@dataclass(frozen=True)
class FactoryChanged(Event):
    """The status of a factory, a dated term or one of its lines is another now."""

    factory_id: int


@dataclass(frozen=True)
class CommitteeChanged(Event):
    """A committee was set up, its term was changed, or somebody joined it, left it, or is on the other side."""

    committee_id: int


@dataclass(frozen=True)
class HeadcountDeclared(Event):
    """A factory said how many people work there on a day: for the first time, or as a correction."""

    headcount_id: int


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
