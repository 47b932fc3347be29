"""What a roster proposes for the people now employed. Pure: values in, values out."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from app.factories.roster import Changes, Roster, Row, compare
from app.factories.roster.names import same_name_key
from app.factories.roster.numbers import number_key


@dataclass(frozen=True)
class Employed:
    """A person now employed, and the employment that holds. `joined` is the first day at the factory."""

    employment_id: int
    person_id: int
    employee_number: str
    number_key: str
    name: str
    local_name: str | None
    sex: str | None
    phone: str | None
    role: str | None
    designation: str | None
    line_id: int | None
    line: str | None
    started_on: date
    joined: date

    def row(self) -> Row:
        """As a roster would name this person."""
        return Row(
            0, self.employee_number, self.name, self.local_name, self.sex, self.line, self.designation, self.role,
            self.phone, self.joined,
        )


@dataclass(frozen=True)
class Pair:
    """Somebody employed and the row that concerns them."""

    employed: Employed
    row: Row


@dataclass(frozen=True)
class Proposal:
    """`changes` as the samples name them, and the same by who is meant. Leavers, reused numbers and renumberings wait
    for a person's word; the rest follows from applying."""

    roster: Roster
    changes: Changes
    joiners: tuple[Row, ...]
    leavers: tuple[Employed, ...]
    reused: tuple[Pair, ...]
    renumbered: tuple[Pair, ...]
    stayed: tuple[Pair, ...]

    @property
    def missing_share(self) -> float:
        """Leavers and reused numbers among the people now employed, 0 to 1."""
        gone = len(self.leavers) + len(self.reused)
        return gone / (gone + len(self.stayed)) if gone else 0.0


def propose(roster: Roster, employed: Iterable[Employed]) -> Proposal:
    """Compare an accepted roster with the people now employed, on the employee number."""
    now = {one.number_key: one for one in employed}
    rows = {number_key(row.employee_number): row for row in roster.rows}
    settled = {key: settle(row, now[key], roster) if key in now else row for key, row in rows.items()}
    old = Roster(file="", outcome="accepted", choices=roster.choices, rows=tuple(one.row() for one in now.values()))
    changes = compare(old, replace(roster, rows=tuple(settled.values())))
    reused = [number_key(change.employee_number) for change in changes.number_reused]
    renumbered = [(number_key(pair.before), number_key(pair.after)) for pair in changes.possible_renumbering]
    stayed = settled.keys() & now.keys() - set(reused)
    return Proposal(
        roster=roster,
        changes=changes,
        joiners=tuple(rows[number_key(number)] for number in changes.joined),
        leavers=tuple(now[number_key(number)] for number in changes.left),
        reused=tuple(Pair(now[key], rows[key]) for key in reused),
        renumbered=tuple(Pair(now[key], settle(rows[new], now[key], roster)) for key, new in renumbered),
        stayed=tuple(Pair(now[key], row) for key, row in settled.items() if key in stayed),
    )


def settle(row: Row, old: Employed, roster: Roster) -> Row:
    """The row as it will stand: what the roster leaves blank, or only spells in another way, stays as it was."""
    country = roster.choices.country
    is_same_work = row.designation in (None, old.designation)
    return replace(
        row,
        name=old.name if _same_name(row.name, old.name, country) else row.name,
        local_name=old.local_name if _same_name(row.local_name, old.local_name, country) else row.local_name,
        sex=row.sex or old.sex,
        line=row.line or old.line,
        designation=row.designation or old.designation,
        role=row.role or (old.role if is_same_work else None),
        phone=row.phone or old.phone,
    )


def _same_name(new: str | None, old: str | None, country: str | None) -> bool:
    return not new or (old is not None and same_name_key(new, country) == same_name_key(old, country))
