"""What a program may ask for, strictly: what is not understood is refused, never guessed."""

import re
from datetime import UTC, date, datetime
from typing import Annotated, Any, LiteralString

from pydantic import AfterValidator, AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field, ValidationInfo
from pydantic_core import PydanticCustomError

from app.api.v1.rules import CURSOR, EITHER_CURSOR, MOST, USUAL, Place, place_of
from app.platform.web.forms import LARGEST_ID

FIRST = datetime(1970, 1, 1, tzinfo=UTC)
LAST = datetime(2200, 1, 1, tzinfo=UTC)
CONFLICT = "conflict"
BEGINNING = f"{FIRST:%Y-%m-%dT%H:%M:%SZ}"
"""Whoever follows changes begins here: everything that there is changed later."""


def _shaped(pattern: str, what: str) -> BeforeValidator:
    form = re.compile(pattern)

    def check(value: Any) -> Any:
        if not isinstance(value, str) or not form.fullmatch(value):
            raise ValueError(f"Write {what}.")
        return value

    return BeforeValidator(check)


def _within(moment: datetime) -> datetime:
    """Moments that the database can compare. Every fact lies between."""
    if moment.year < FIRST.year:
        return FIRST
    return LAST if moment.year >= LAST.year else moment.astimezone(UTC)


_TIME = r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)"
Whole = Annotated[int, Field(ge=1, le=LARGEST_ID), _shaped(r"[0-9]{1,10}", "a whole number")]
Day = Annotated[date, _shaped(r"\d{4}-\d\d-\d\d", "a day as 2026-05-14")]
Moment = Annotated[AwareDatetime, _shaped(_TIME, "a moment as 2026-05-14T08:00:00Z"), AfterValidator(_within)]
Flag = Annotated[bool, _shaped("true|false", "true or false")]
Code = Annotated[str, Field(min_length=1, max_length=60)]


class Asked(BaseModel):
    """What every list takes."""

    model_config = ConfigDict(extra="forbid")

    cursor: Annotated[str, Field(pattern=CURSOR)] | None = Field(
        default=None, description="`next_cursor` of the answer before; without it the list begins."
    )
    limit: Annotated[int, Field(ge=1, le=MOST), _shaped(r"[0-9]{1,10}", "a whole number")] = Field(
        default=USUAL, description="Most entries of the answer."
    )

    @property
    def place(self) -> Place:
        """After what the answer begins."""
        return place_of(self.cursor) if self.cursor else Place(0)

    @property
    def follows(self) -> bool:
        """Whether entries are wanted in the order in which they changed."""
        return False


class FollowedAsked(Asked):
    """What every list takes that can be read in the order of changes as well."""

    cursor: Annotated[str, Field(pattern=EITHER_CURSOR)] | None = Field(
        default=None, description="`next_cursor` of the answer before; without it the list begins."
    )
    updated_since: Moment | None = Field(
        default=None,
        description="Changed at this moment or later, in the order of changes. To follow changes begin with "
        f"`{BEGINNING}`, which tells of everything once, and go on with `next_cursor` alone: what your own clock says "
        "leaves out what was still being written.",
    )

    @property
    def follows(self) -> bool:
        """So too with a cursor of such an answer alone; one of a list in the usual order keeps to that."""
        return self.place.changed_at is not None if self.cursor else self.updated_since is not None


def conflict(why: LiteralString) -> PydanticCustomError:
    """Of parameters that are as described, each by itself, and do not go together."""
    return PydanticCustomError(CONFLICT, why)


def _never_followed(value: Any, info: ValidationInfo) -> Any:
    """An entry may leave what was asked for, and whoever follows changes would not hear of it."""
    cursor = info.data.get("cursor")
    is_followed = info.data.get("updated_since") is not None or (cursor and place_of(cursor).changed_at is not None)
    if value is not None and is_followed:
        raise conflict("Leave it out when you follow changes: you would not hear of what is so no more.")
    return value


NeverFollowed = AfterValidator(_never_followed)
NOT_TOGETHER = "Not together with `updated_since` or a `next_cursor` of changes: what is so no more would not be told."
"""What the document says of such a parameter."""
