"""What applying a roster will do, once a person has said who left. Pure."""

from collections.abc import Set
from dataclasses import dataclass

from app.factories.proposal import Employed, Pair, Proposal
from app.factories.roster import Changes, Row


@dataclass(frozen=True)
class Plan:
    """`ended` are employments after which there is no other at the factory; a renumbered person goes on."""

    changes: Changes
    joiners: tuple[Row, ...]
    ended: tuple[Employed, ...]
    renumbered: tuple[Pair, ...]
    stayed: tuple[Pair, ...]

    @property
    def corrected(self) -> tuple[Pair, ...]:
        """People of whom the roster now says another name, sex or phone."""
        return tuple(pair for pair in (*self.stayed, *self.renumbered) if _told(pair.row) != _told(pair.employed.row()))

    @property
    def counts(self) -> dict[str, int]:
        """People of each kind of change."""
        changes = self.changes
        return {
            "joined": len(self.joiners),
            "left": len(self.ended),
            "renumbered": len(self.renumbered),
            "moved": len(changes.moved),
            "role_changed": len(changes.promoted) + len(changes.role_changed),
            "lines_renamed": len(changes.lines_renamed),
            "corrected": len(self.corrected),
        }


def decide(proposal: Proposal, leavers: Set[int], same_people: Set[int]) -> Plan:
    """`leavers` and `same_people` are employments that the proposal names; all others are passed over."""
    renumbered = tuple(pair for pair in proposal.renumbered if pair.employed.employment_id in same_people)
    going_on = {pair.employed.employment_id for pair in renumbered}
    taken = {pair.row.row for pair in renumbered}
    reused = [pair for pair in proposal.reused if pair.employed.employment_id in leavers]
    left = [one for one in proposal.leavers if one.employment_id in leavers - going_on]
    ended = (*left, *(pair.employed for pair in reused))
    gone = {one.employment_id for one in ended}
    taken |= {pair.row.row for pair in proposal.here if pair.employed.employment_id not in gone}
    arriving = (*proposal.joiners, *(pair.row for pair in reused))
    return Plan(
        changes=proposal.changes,
        joiners=tuple(row for row in arriving if row.row not in taken),
        ended=ended,
        renumbered=renumbered,
        stayed=proposal.stayed,
    )


def _told(row: Row) -> tuple[str | None, ...]:
    return row.name, row.local_name, row.sex, row.phone
