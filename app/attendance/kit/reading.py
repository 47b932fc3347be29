"""A record in plain bytes, read with every doubt (docs/offline.md, 4). Pure."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, NoReturn

from app.attendance.kit.letters import SHORT, data_of
from app.attendance.kit.rules import Detail, Kind
from app.attendance.rules import Mark

LARGEST_RECORD = 2000
_MOST = 2**31 - 1
_LONGEST = 200
_MOST_SEEN = 20
_LATEST = 10**12
_MOST_MINUTES = 24 * 60
_MARKING = frozenset({Kind.MARK, Kind.CARD, Kind.GUEST})
MARKS = {"p": Mark.PRESENT, "l": Mark.LATE, "t": Mark.PARTIAL, "a": Mark.ABSENT, "e": Mark.EXCUSED}
_EXTRA_WORDS = ("by", "name", "number", "factory_name")
_EXTRA_NUMBERS = ("minutes", "factory", "site", "test")


class Unreadable(Exception):
    """It is no record; `detail` says what is wrong."""

    def __init__(self, detail: Detail = Detail.FIELDS) -> None:
        super().__init__(detail.value)
        self.detail = detail


@dataclass(frozen=True)
class Record:
    """What was taken down on a phone. `who` is a person, the text of a card, or the key of a guest in hexadecimal
    digits, or the site of a photo, 0 when nobody said which; `mark` is None for a score and a photo, `points` for all
    else.
    """

    kind: Kind
    record_id: str
    meeting_id: int
    revision: str
    who: int | str
    mark: Mark | None
    points: Decimal | None
    counter: int
    device_at: datetime | None
    seen: tuple[str, ...] = ()
    extra: Mapping[str, Any] = field(default_factory=dict)


def read(plain: bytes) -> Record:
    """The record. Raises Unreadable."""
    if len(plain) > LARGEST_RECORD:
        raise Unreadable(Detail.TOO_LARGE)
    return from_parts(_parsed(plain))


def from_parts(parts: Any) -> Record:
    """The record, of its parsed places. Raises Unreadable."""
    if not isinstance(parts, list) or not 8 <= len(parts) <= 10:
        raise Unreadable
    kind, record_id, meeting_id, revision, who, value, counter, time, *more = parts
    seen, extra = (*more, None, None)[:2]
    if not isinstance(kind, str) or kind not in set(Kind) - {Kind.UNREAD}:
        raise Unreadable
    try:
        return Record(
            Kind(kind), data_of(record_id, 16).hex(), _number(meeting_id), _words(revision, 20),
            _who(Kind(kind), who), MARKS[value] if kind in _MARKING else None,
            _points(value) if kind == Kind.SCORE else None, _number(counter), moment(time), _seen(seen),
            _extra(Kind(kind), extra),
        )  # fmt: skip
    except (ArithmeticError, KeyError, TypeError, ValueError) as error:
        raise Unreadable from error


def moment(time: Any) -> datetime | None:
    """What the clock of the phone said, where it can be said at all."""
    if isinstance(time, bool) or not isinstance(time, int | Decimal) or not -_LATEST < time < _LATEST:
        return None
    try:
        return datetime.fromtimestamp(int(time), UTC)
    except (ValueError, OverflowError, OSError):
        return None


def _parsed(plain: bytes) -> Any:
    try:
        return json.loads(plain.decode(), parse_float=Decimal, parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise Unreadable from error


def _refuse(_constant: str) -> NoReturn:
    raise ValueError("no number")


def _who(kind: Kind, who: Any) -> int | str:
    if kind is Kind.GUEST:
        return data_of(who, 16).hex()
    if kind is Kind.PHOTO:
        return 0 if who is None else _number(who)
    return _words(who, _LONGEST) if kind is Kind.CARD else _number(who)


def _points(value: Any) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | Decimal) or not 0 <= value <= 10_000:
        raise ValueError("no points")
    points = Decimal(value)
    if points != points.quantize(Decimal("0.01")):
        raise ValueError("too fine")
    return points


def _seen(seen: Any) -> tuple[str, ...]:
    if seen is None:
        return ()
    if not isinstance(seen, list) or len(seen) > _MOST_SEEN:
        raise ValueError("not seen")
    return tuple(text for text in seen if len(data_of(text)) == SHORT * 6 // 8)


def _extra(kind: Kind, extra: Any) -> Mapping[str, Any]:
    known = extra if extra is not None else {}
    if not isinstance(known, dict):
        raise TypeError("no extra")
    words = {name: _words(known[name], _LONGEST) for name in _EXTRA_WORDS if known.get(name) is not None}
    numbers: dict[str, int] = {name: _number(known[name]) for name in _EXTRA_NUMBERS if known.get(name) is not None}
    if kind is Kind.GUEST and not words.get("name", "").strip():
        raise ValueError("no name")
    if kind is Kind.SCORE:
        numbers |= {"test": _number(known["test"]), "of": _number(known["of"])}
    if numbers.get("minutes", 0) > _MOST_MINUTES:
        raise ValueError("no minutes")
    return {**words, **numbers}


def _number(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 < value <= _MOST:
        raise ValueError("no number of a row")
    return value


def _words(value: Any, longest: int) -> str:
    if not isinstance(value, str) or len(value) > longest or "\0" in value:
        raise ValueError("no words")
    value.encode()  # half a character is none
    return value
