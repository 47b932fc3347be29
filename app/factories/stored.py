"""What is kept of a roster file: the mapped columns of accepted rows, and what was wrong. Never the file itself.

`RosterImport.choices` holds, under the samples' names, `used` (with which the file was read), `proposed` (what the
importer proposed by itself), `chosen` (what a person decided) and `headings` (what there was to choose from).
`RosterImport.counts` holds the counts of the samples, the file's SHA-256 as `sha256` and, once applied, `applied`
with the number of people of each change.
"""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.factories.roster import Problem, Roster, Row, Skipped, as_json
from app.factories.roster.choices import Choices, read_choices
from app.factories.roster.numbers import number_key

CHOICES = (
    "country", "import_date", "sheet", "header_row", "columns", "calendar", "line_from", "sex_words", "encoding",
    "delimiter",
)


def keep(roster: Roster) -> bytes:
    """A roster as bytes, under the samples' names; equal rosters give equal bytes."""
    document = {**as_json(roster), "rejected": list(roster.rejected.items())}
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()


def kept(data: bytes) -> Roster:
    """The roster that `keep` wrote."""
    document = json.loads(data)
    return Roster(
        file=document["file"],
        outcome=document["outcome"],
        choices=read_choices(document),
        rows=tuple(_row(**row) for row in document["rows"]),
        problems=tuple(Problem(p["row"], p["code"], p["field"], p.get("value")) for p in document["problems"]),
        skipped=tuple(Skipped(**skipped) for skipped in document["skipped"]),
        ignored_columns=tuple(document["ignored_columns"]),
        rejected=dict(document["rejected"]),
    )


@dataclass(frozen=True)
class Gone:
    """People who are taken out of a list: their numbers as `number_key`, and their names and telephones.

    `others` are numbers that somebody else has now: to be taken out, a row of theirs needs the name as well.
    """

    numbers: Collection[str]
    words: Collection[str]
    others: Collection[str] = frozenset()

    def has(self, number: str, *said: str | None) -> bool:
        """Whether a row of this number that says this is one of theirs."""
        key = number_key(number)
        by_number, by_word = key in self.numbers, any(word in self.words for word in said)
        return by_number and by_word if key in self.others else by_number or by_word


def without(data: bytes, gone: Gone) -> bytes:
    """What `keep` wrote, without the rows of these people; the very same bytes when there are none."""
    document = json.loads(data)
    rows = {
        row["row"]
        for row in document["rows"]
        if gone.has(row["employee_number"], row["name"], row["local_name"], row["phone"])
    }
    rows |= {row for row, number in document["rejected"] if gone.has(number or "")}
    telling = {each["row"] for each in document["problems"] if each.get("value") in gone.words}
    if not rows | telling:
        return data
    for part in ("rows", "skipped"):
        document[part] = [each for each in document[part] if each["row"] not in rows]
    document["problems"] = [each for each in document["problems"] if each["row"] not in rows | telling]
    document["rejected"] = [each for each in document["rejected"] if each[0] not in rows]
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()


def choices_json(choices: Choices) -> dict[str, Any]:
    """Choices under the samples' names, without those that were not made."""
    shown = as_json(Roster(file="", outcome="refused", choices=choices))
    return {name: shown[name] for name in CHOICES if name in shown}


def _row(joined: str | None, **values: Any) -> Row:
    return Row(**values, joined=date.fromisoformat(joined) if joined else None)
