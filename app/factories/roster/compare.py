"""What happened between two rosters of one factory."""

from collections import Counter
from collections.abc import Mapping, Sequence

from app.factories.roster.names import same_name_key
from app.factories.roster.numbers import number_key
from app.factories.roster.results import Change, Changes, LineRenamed, Renumbering, Roster, Row
from app.factories.roster.roles import is_supervisor_or_higher, rank

_TOGETHER_SHARE = 0.8
_TOGETHER_PEOPLE = 3
Pair = tuple[Row, Row]


def compare(old: Roster, new: Roster) -> Changes:
    """Joiners, leavers, moves, promotions, renames; people are matched on their employee number (see `number_key`).

    Lists are sorted by employee number. A number whose new row was not accepted is unresolved, not a leaver. Rules:
    samples README, "Second versions".
    """
    before = {number_key(row.employee_number): row for row in old.rows}
    after = {number_key(row.employee_number): row for row in new.rows}
    rejected = {number_key(number) for number in new.rejected.values() if number}
    country = new.choices.country
    pairs = [(before[key], row) for key, row in after.items() if key in before]
    reused = [pair for pair in pairs if _is_another_person(pair, country)]
    stayed = [pair for pair in pairs if not _is_another_person(pair, country)]
    lines = _lines_renamed(old.rows, new.rows, stayed)
    joined = [row for key, row in after.items() if key not in before]
    gone = [(key, row) for key, row in before.items() if key not in after]
    left = [row for key, row in gone if key not in rejected]
    moved = [pair for pair in stayed if _moved(pair, lines)]
    promoted = [pair for pair in stayed if _promoted(pair)]
    role_changed = [pair for pair in stayed if pair[0].role != pair[1].role and not _promoted(pair)]
    renamed = [pair for pair in stayed if _renamed(pair, country)]
    changed = {row.row for _, row in (*moved, *promoted, *role_changed, *renamed)}
    return Changes(
        joined=_numbers(joined),
        left=_numbers(left),
        moved=_changes(moved, "line"),
        promoted=_changes(promoted, "role"),
        role_changed=_changes(role_changed, "role"),
        renamed=_changes(renamed, "name"),
        lines_renamed=tuple(LineRenamed(*names, people) for names, people in sorted(lines.items())),
        number_reused=_changes(reused, "name"),
        possible_renumbering=_renumbered(left, joined, country),
        unresolved=_numbers([row for key, row in gone if key in rejected]),
        unchanged=sum(1 for _, row in stayed if row.row not in changed),
        compared_with=old.file,
    )


def _numbers(rows: Sequence[Row]) -> tuple[str, ...]:
    return tuple(sorted(row.employee_number for row in rows))


def _changes(pairs: Sequence[Pair], name: str) -> tuple[Change, ...]:
    changes = [Change(new.employee_number, getattr(old, name), getattr(new, name)) for old, new in pairs]
    return tuple(sorted(changes, key=lambda change: change.employee_number))


def _renamed(pair: Pair, country: str | None) -> bool:
    return same_name_key(pair[0].name, country) != same_name_key(pair[1].name, country)


def _is_another_person(pair: Pair, country: str | None) -> bool:
    """The number was given to somebody else: name, sex and joining date all differ."""
    old, new = pair
    return old.sex != new.sex and old.joined != new.joined and _renamed(pair, country)


def _moved(pair: Pair, lines: Mapping[tuple[str, str], int]) -> bool:
    old, new = pair
    return old.line != new.line and (old.line or "", new.line or "") not in lines


def _promoted(pair: Pair) -> bool:
    """To supervisor or higher, from a role that was known and lower."""
    old, new = pair
    return is_supervisor_or_higher(new.role) and old.role is not None and rank(new.role) > rank(old.role)


def _lines_renamed(old: Sequence[Row], new: Sequence[Row], stayed: Sequence[Pair]) -> dict[tuple[str, str], int]:
    """Lines that vanished while at least 80 % and three of those who stayed are together on one new line."""
    known, now = {row.line for row in old}, {row.line for row in new}
    people: dict[str, Counter[str | None]] = {}
    for before, after in stayed:
        if before.line and before.line not in now:
            people.setdefault(before.line, Counter())[after.line] += 1
    renamed: dict[tuple[str, str], int] = {}
    for line, targets in people.items():
        target, together = targets.most_common(1)[0]
        enough = together >= max(_TOGETHER_PEOPLE, _TOGETHER_SHARE * targets.total())
        if target and target not in known and enough:
            renamed[line, target] = together
    return renamed


def _renumbered(left: Sequence[Row], joined: Sequence[Row], country: str | None) -> tuple[Renumbering, ...]:
    """A leaver and a joiner with the same name, sex and joining date, when no other pair could be meant."""

    def identity(row: Row) -> tuple[str, str | None, object]:
        return same_name_key(row.name, country), row.sex, row.joined

    leavers, joiners = Counter(map(identity, left)), Counter(map(identity, joined))
    arrived = {identity(row): row for row in joined if row.joined}
    found = [
        Renumbering(row.employee_number, arrived[key].employee_number, arrived[key].name)
        for row in left
        if (key := identity(row)) in arrived and leavers[key] == joiners[key] == 1
    ]
    return tuple(sorted(found, key=lambda pair: pair.before))
