"""What a roster proposes for the people now employed. Pure: values in, values out."""

from collections.abc import Iterable, Sequence
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
class Former:
    """An employment that ended at this factory on a day, and whose it was."""

    number_key: str
    name: str
    local_name: str | None
    sex: str | None
    person_id: int
    ended_on: date


@dataclass(frozen=True)
class Pair:
    """Somebody employed and the row that concerns them."""

    employed: Employed
    row: Row


@dataclass(frozen=True)
class Proposal:
    """`changes` as the samples name them, and the same by who is meant. Leavers, reused numbers and renumberings wait
    for a person's word; the rest follows from applying. `here` are rows with a number that somebody had before who
    works here under another number now: they change nothing while that goes on."""

    roster: Roster
    changes: Changes
    joiners: tuple[Row, ...]
    leavers: tuple[Employed, ...]
    reused: tuple[Pair, ...]
    renumbered: tuple[Pair, ...]
    stayed: tuple[Pair, ...]
    here: tuple[Pair, ...] = ()

    @property
    def missing_share(self) -> float:
        """Leavers and reused numbers among the people now employed, 0 to 1."""
        gone = len(self.leavers) + len(self.reused)
        return gone / (gone + len(self.stayed)) if gone else 0.0


def propose(roster: Roster, employed: Iterable[Employed], former: Sequence[Former] = ()) -> Proposal:
    """Compare an accepted roster with the people now employed, on the employee number."""
    now = {one.number_key: one for one in employed}
    rows = {number_key(row.employee_number): row for row in roster.rows}
    settled = {key: settle(row, now[key], roster) if key in now else row for key, row in rows.items()}
    old = Roster(file="", outcome="accepted", choices=roster.choices, rows=tuple(one.row() for one in now.values()))
    changes = compare(old, replace(roster, rows=tuple(settled.values())))
    reused = [number_key(change.employee_number) for change in changes.number_reused]
    renumbered = [(number_key(pair.before), number_key(pair.after)) for pair in changes.possible_renumbering]
    stayed = settled.keys() & now.keys() - set(reused)
    arriving = [rows[key] for key in (*map(number_key, changes.joined), *reused)]
    here = _here(arriving, now.values(), former)
    held = {pair.row.employee_number for pair in here}
    return Proposal(
        roster=roster,
        changes=replace(changes, joined=tuple(number for number in changes.joined if number not in held)),
        joiners=tuple(rows[number_key(number)] for number in changes.joined),
        leavers=tuple(now[number_key(number)] for number in changes.left),
        reused=tuple(Pair(now[key], rows[key]) for key in reused),
        renumbered=tuple(Pair(now[key], settle(rows[new], now[key], roster)) for key, new in renumbered),
        stayed=tuple(Pair(now[key], row) for key, row in settled.items() if key in stayed),
        here=here,
    )


def recognise(rows: Iterable[Row], former: Iterable[Former]) -> dict[int, Former]:
    """Row number -> who had this number and name here before, last."""
    before: dict[tuple[str, str], Former] = {}
    for one in sorted(former, key=lambda each: each.ended_on):
        names = [name for name in (one.local_name, one.name) if name]
        before |= {(one.number_key, same_name_key(name)): one for name in names}
    found = ((row, before.get((number_key(row.employee_number), same_name_key(row.name)))) for row in rows)
    return {row.row: one for row, one in found if one and (one.sex is None or row.sex in (None, one.sex))}


def _here(arriving: Iterable[Row], now: Iterable[Employed], former: Sequence[Former]) -> tuple[Pair, ...]:
    if not former:
        return ()
    rows, people = list(arriving), {one.person_id: one for one in now}
    known = recognise(rows, former)
    return tuple(
        Pair(people[known[row.row].person_id], row)
        for row in rows if row.row in known and known[row.row].person_id in people
    )


def settle(row: Row, old: Employed, roster: Roster) -> Row:
    """The row as it will stand: what the roster leaves blank, or only spells in another way, stays as it was."""
    country = roster.choices.country
    is_same_work = row.designation in (None, old.designation)
    known = (old.name,) if row.local_name else (old.name, old.local_name)  # a list may name people in one script only
    return replace(
        row,
        name=old.name if any(_same_name(row.name, name, country) for name in known) else row.name,
        local_name=old.local_name if _same_name(row.local_name, old.local_name, country) else row.local_name,
        sex=row.sex or old.sex,
        line=row.line or old.line,
        designation=row.designation or old.designation,
        role=row.role or (old.role if is_same_work else None),
        phone=row.phone or old.phone,
    )


def _same_name(new: str | None, old: str | None, country: str | None) -> bool:
    return not new or (old is not None and same_name_key(new, country) == same_name_key(old, country))
