"""Of which time a pack is, how it is named, and for how long its file is handed out. Pure."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

FORMAT = 1
"""Of the pack: what lies in it and how it is written. Another format is another number."""
LIFE = timedelta(hours=24)
"""How long a made file can be fetched, and how long an order may take."""
MOST_OPEN = 3
"""Packs of one account that are being made at the same time."""
LONGEST = timedelta(days=3 * 366)
YEARS = range(2000, 2100)
MANIFEST, SIGNATURE, SUMMARY = "manifest.json", "manifest.jws", "summary.pdf"


class Failure(StrEnum):
    """Why a pack was not made."""

    NO_ROOM = "no_room"
    """The disk is full."""
    NO_KEYS = "no_keys"
    """There is nothing to sign it with."""
    GIVEN_UP = "given_up"
    """It was not finished within its day."""


class PartKind(StrEnum):
    """What is kept of a pack."""

    TABLE = "table"
    FILES = "files"
    """Of certificates: where they lie."""
    PAGE = "page"
    """The readable page, as it was drawn."""


class Flaw(StrEnum):
    """What is wrong with a time."""

    BACKWARDS = "backwards"
    TOO_LONG = "too_long"
    NO_YEAR = "no_year"
    """It is of a year before or after ours: a slip of the finger."""
    UNKNOWN_YET = "unknown_yet"
    """It ends after the day as of which it is known."""
    NOT_OVER = "not_over"
    """On the day as of which it is known more can still happen."""


@dataclass(frozen=True)
class Period:
    """From the first to the last day, both included, as it was known when the day `at` ended."""

    since: date
    until: date
    at: date

    def flaw(self, today: date) -> Flaw | None:
        """What keeps this from being a time of which there can be a pack."""
        if self.until < self.since:
            return Flaw.BACKWARDS
        if not all(day.year in YEARS for day in (self.since, self.until, self.at)):
            return Flaw.NO_YEAR
        if self.until - self.since > LONGEST:
            return Flaw.TOO_LONG
        if self.at >= today:
            return Flaw.NOT_OVER
        return Flaw.UNKNOWN_YET if self.until > self.at else None

    def begins(self, zone: str) -> datetime:
        """The first moment of it."""
        return datetime.combine(self.since, time(), ZoneInfo(zone))

    def ends(self, zone: str) -> datetime:
        """The first moment after it."""
        return datetime.combine(self.until + timedelta(days=1), time(), ZoneInfo(zone))

    def known(self, zone: str) -> datetime:
        """What was written down from this moment on is not in it."""
        return datetime.combine(self.at + timedelta(days=1), time(), ZoneInfo(zone))

    def quarters(self) -> list["Period"]:
        """The calendar quarters that lie in it as a whole."""
        found = []
        for year in range(self.since.year, self.until.year + 1):
            for first in (1, 4, 7, 10):
                begins, after = date(year, first, 1), date(year + first // 10, (first + 2) % 12 + 1, 1)
                if self.since <= begins and after - timedelta(days=1) <= self.until:
                    found.append(Period(begins, after - timedelta(days=1), self.at))
        return found

    def overlaps(self, started: date, ended: date | None) -> bool:
        """Whether what holds from `started` to before `ended` held on a day of it."""
        return started <= self.until and (ended is None or ended > self.since)


def same(account_id: int, factory_id: int, period: Period, language: str) -> str:
    """What two equal orders have in common."""
    said = [account_id, factory_id, *map(str, (period.since, period.until, period.at)), language]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()


def name_of(code: str, period: Period) -> str:
    """The name of a made file, by which its owner recognises it among other downloads."""
    return f"evidence-{code}-{period.since}-{period.until}-as-of-{period.at}.zip"


def canonical(document: Mapping[str, Any]) -> bytes:
    """JSON that is written in one way only."""
    return (json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()
