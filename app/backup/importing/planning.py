"""What of a file comes and what is met: which number each of its rows has here. Nothing is written."""

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from app.backup import programmes
from app.backup.archive import Archive
from app.backup.importing.met import KEYS, TAKEN, Here, Key
from app.backup.importing.values import HIGHEST, judge
from app.backup.numbers import ELSEWHERE, is_random, references
from app.backup.rows import dumping
from app.backup.rules import NotValid, Table
from app.certificates.signing import in_use, keys

_CALLED = {"course_version": ("course_id", "course"), "pathway_version": ("pathway_id", "pathway")}


@dataclass
class Plan:
    """A row that is new has its number and the highest of here; one that is met has that of here."""

    programme: str
    """Its code."""
    highest: dict[str, int]
    lists: int
    """The highest number of a list of credentials here."""
    ids: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    """The rows of the file."""
    met: dict[str, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))
    left: dict[str, int] = field(default_factory=dict)
    """Table -> rows of the file that do not come."""
    key_names: dict[str, str] = field(default_factory=dict)
    """What the keys of the file are called here."""
    numbered: set[int] = field(default_factory=set)
    """The numbers of the lists of the file."""
    stored: Collection[str] = ()
    """The keys of its stored files."""

    def number(self, table: str, old: int) -> int | None:
        """The number here of a row of the file; None of one that is not in it."""
        if old not in self.ids[table]:
            return None
        return self.met[table].get(old, old + self.highest[table])

    def soft(self, table: str, old: int) -> int:
        """The same; a row that stayed has a number that no row ever gets."""
        found = self.number(table, old)
        return -abs(old) if found is None else found

    def word(self, table: str, old: int) -> str:
        """The same, in words."""
        found = self.number(table, old)
        return f"{old}:{ELSEWHERE}" if found is None else str(found)

    def next_id(self, table: str) -> int:
        """What the next row of a table gets afterwards."""
        return self.highest[table] + max(self.ids[table], default=0) + 1

    @property
    def coming(self) -> dict[str, int]:
        """Table -> rows that are new."""
        counts = ((name, len(ids) - len(self.met[name])) for name, ids in self.ids.items())
        return {name: count for name, count in counts if count}

    @property
    def meeting(self) -> dict[str, int]:
        """Table -> rows that are here already."""
        return {name: len(found) for name, found in self.met.items() if found}


def plan(connection: sa.Connection, archive: Archive) -> Plan:
    """Judge a file against what is here. Raises NotValid for what cannot come."""
    made = Plan(archive.manifest.programme, _highest(connection, archive), _lists(connection), stored=archive.stored)
    for each in archive.manifest.tables:
        if each.table.name in programmes.LEFT:
            if each.content.count:
                raise NotValid(f"No programme brings rows of {each.table.name} along.")
        elif each.table.name in programmes.OF_ACCOUNTS:
            _leave_calendars(made, archive, each.table)
        elif each.table.name in KEYS or each.table.name in TAKEN:
            _meet(made, connection, archive, each.table)
        else:
            made.ids[each.table.name] = {_number(each.table, row[0]) for row in rows(archive, each.table, ("id",))}
        if each.table.name == "status_list":
            made.numbered = {row[0] for row in rows(archive, each.table, ("number",)) if row[0] > 0}
    if len(made.ids["programme"]) != 1:
        raise NotValid("It holds no single programme.")
    return made


def rows(archive: Archive, table: Table, names: Sequence[str] = ()) -> Iterator[list[Any]]:
    """The rows of a table: all their values, or those of some columns."""
    places = [place for place, column in enumerate(table.columns) if not names or column.name in names]
    refuse, width = judge(table, names), len(table.columns)
    for line in archive.lines(table):
        try:
            whole = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise NotValid(f"A line of {table.name} is none.") from error
        if type(whole) is not list or len(whole) != width:
            raise NotValid(f"A line of {table.name} is of another shape.")
        row = [whole[place] for place in places]
        refuse(row)
        yield row


def _number(table: Table, value: Any) -> int:
    if type(value) is not int or value < 1 or (value > HIGHEST // 2 and not is_random(table.name)):
        raise NotValid(f"A row of {table.name} has no number.")
    return value


def _highest(connection: sa.Connection, archive: Archive) -> dict[str, int]:
    """Numbers that were given here, whether their rows are still there or not."""
    counted, found = dumping.next_ids(connection), dict[str, int]()
    for each in archive.manifest.tables:
        name = each.table.name
        highest = connection.scalar(sa.text(f'SELECT max(id) FROM "{name}"')) or 0  # noqa: S608 - a name of our models
        found[name] = 0 if is_random(name) else max(highest, counted.get(name, 1) - 1)
    return found


def _lists(connection: sa.Connection) -> int:
    return connection.scalar(sa.text("SELECT max(number) FROM status_list")) or 0


def _meet(made: Plan, connection: sa.Connection, archive: Archive, table: Table) -> None:
    key, here = KEYS.get(table.name), Here(connection, table)
    wanted = {"id", *(key.all if key else ()), *(name for columns, _ in TAKEN.get(table.name, ()) for name in columns)}
    names = [column.name for column in table.columns if column.name in wanted]
    found = [dict(zip(names, row, strict=True)) for row in rows(archive, table, names)]
    for row in found:
        made.ids[table.name].add(_number(table, row["id"]))
        _here(made, table, row)
    often = Counter(key.of(row) for row in found) if key else Counter()
    for row in found:
        number = here.numbers.get(key.of(row)) if key and often[key.of(row)] == 1 else None
        if number is None:
            here.refuse_taken(row, _codes(connection, table.name, row))
        elif key and any(row[name] != here.rows[number][name] for name in key.same):
            raise NotValid(key.reason.format(table=table.name))
        else:
            made.met[table.name][row["id"]] = number
    if key and key.within:
        _refuse_other_parts(made, table, key, here, found)
    if table.name == "signing_key":
        known = {row["name"]: here.rows[made.met[table.name][row["id"]]]["name"] if row["id"] in made.met[table.name]
                 else row["name"] for row in found}
        made.key_names = known | _renamed(made, here, found)


def _leave_calendars(made: Plan, archive: Archive, table: Table) -> None:
    """The calendar and the languages of an account are its own: of one that is met they stay as they are here."""
    names = [column.name for column in table.columns if column.name in {"id", "account_id"}]
    found = [dict(zip(names, row, strict=True)) for row in rows(archive, table, names)]
    met = made.met["account"]
    made.ids[table.name] = {_number(table, row["id"]) for row in found if row["account_id"] not in met}
    if out := sum(row["account_id"] in met for row in found):
        made.left[table.name] = out


def _here(made: Plan, table: Table, row: dict[str, Any]) -> None:
    """What a row refers to, by the numbers of here."""
    for each in references(table.name):
        if each.is_hard and row.get(each.column) is not None:
            row[each.column] = made.number(each.target, row[each.column])


def _codes(connection: sa.Connection, table: str, row: dict[str, Any]) -> dict[str, str]:
    if table not in _CALLED:
        return {}
    column, target = _CALLED[table]
    code = connection.scalar(sa.text(f"SELECT code FROM {target} WHERE id = :id"), {"id": row[column]})  # noqa: S608
    return {column: str(code)}


def _refuse_other_parts(made: Plan, table: Table, key: Key, here: Here, found: list[dict[str, Any]]) -> None:
    """A frozen thing that is met has the same parts at both places."""
    whole = next(each.target for each in references(table.name) if each.column == key.within)
    things = set(made.met[whole].values())
    both = Counter(row[key.within] for row in found if row["id"] in made.met[table.name])
    there = Counter(row[key.within] for row in found if row[key.within] in things)
    if any(both[thing] != there[thing] or both[thing] != here.parts_of(thing) for thing in things):
        raise NotValid(key.reason.format(table=table.name))


def _renamed(made: Plan, here: Here, found: list[dict[str, Any]]) -> dict[str, str]:
    taken = {row["name"] for row in here.rows.values()} | _waiting()
    new = [row for row in found if row["id"] not in made.met["signing_key"] and row["name"] in taken]
    return {
        row["name"]: f"{row['name']}-{hashlib.sha256(row['credential_public'].encode()).hexdigest()[:8]}" for row in new
    }


def _waiting() -> set[str]:
    """Names of private keys that lie here and that the database may not know yet."""
    try:
        return set(keys.names(in_use.folder()))
    except keys.KeysUnusable as error:
        raise NotValid(str(error)) from error
