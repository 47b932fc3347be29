"""Names of people in other systems: when two are one, and where somebody worked when a statement was made. Pure."""

import hashlib
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from app.api.xapi.rules import keys

MAILTO = "mailto:"


@dataclass(frozen=True)
class Name:
    """A name as another system writes it: an account at an address, or - without `home_page` - a mail address, or only
    the hash of one.
    """

    home_page: str | None
    name: str
    is_hash: bool = False

    @property
    def key(self) -> str:
        """Equal for two writings of one name: mail addresses in any case, letters in any encoding. A hash is one."""
        if self.is_hash:
            return self.name.lower()
        text = unicodedata.normalize("NFC", self.name)
        return keys.key("name", f"{self.home_page}\n{text}" if self.home_page else text.casefold())

    @property
    def sha1sum(self) -> str | None:
        """Of a mail address, in small letters: nobody can tell from a hash how an address was spelled."""
        return sha1sum(self.name.lower()) if self.home_page is None and not self.is_hash else None


def sha1sum(address: str) -> str:
    """As statements hold it instead of the address: in the sight of others it is personal all the same."""
    return hashlib.sha1(f"{MAILTO}{address}".encode(), usedforsecurity=False).hexdigest()


def name_of(agent: Mapping[str, Any]) -> Name | None:
    """The name in an agent, where it is one that people here can have."""
    if agent.get("objectType", "Agent") != "Agent":
        return None
    if account := agent.get("account"):
        is_text = "\0" not in account["name"]  # else PostgreSQL has no such text, so nobody here is called that
        return Name(account["homePage"], account["name"]) if is_text else None
    if "mbox_sha1sum" in agent:
        return Name(None, agent["mbox_sha1sum"], is_hash=True)
    return Name(None, agent["mbox"].removeprefix(MAILTO)) if "mbox" in agent else None


@dataclass(frozen=True)
class Job:
    """A person at a factory, from - to. `ended_on` is the first day on which it no longer holds; `zone` is where days
    begin there.
    """

    person_id: int
    factory_id: int
    programme_id: int
    zone: str
    started_on: date
    ended_on: date | None

    def holds(self, at: datetime) -> bool:
        day = at.astimezone(ZoneInfo(self.zone)).date()
        return self.started_on <= day and (self.ended_on is None or day < self.ended_on)


def jobs_at(jobs: Sequence[Job], at: datetime) -> Sequence[Job]:
    """Those that hold at a moment; all of them when none does."""
    return [job for job in jobs if job.holds(at)] or jobs


@dataclass(frozen=True)
class Meant:
    """Where those work who are meant by a name, the last last: those of whom it was said, and whoever has - or had -
    it as employee number.
    """

    said: list[Job] = field(default_factory=list)
    numbered: list[Job] = field(default_factory=list)

    def at(self, at: datetime) -> list[Job]:
        """A number means whoever has it then."""
        return [*self.said, *jobs_at(self.numbered, at)]


def is_ambiguous(jobs: Collection[Job]) -> bool:
    """Whether several people are meant: nobody knows who."""
    return len({job.person_id for job in jobs}) > 1
