"""course.yaml as frozen values. Strict: a number is not a text and nothing is guessed."""

import re
from contextlib import suppress
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from app.courses.rules import Category, UnitKind
from app.factories.rules import JobRole
from app.sessions.rules import Modality

SOURCE_LOCALE = "en"

Name = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
Locale = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Z][a-z]{3})?$")]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]
Share = Annotated[float, Field(ge=0, le=1)]
Theme = Literal[
    "child-labour",
    "discrimination",
    "forced-labour",
    "freedom-of-association",
    "compensation",
    "contract-and-hr",
    "osh",
    "working-time",
]


def _has_source(by_locale: dict[str, Any]) -> dict[str, Any]:
    if SOURCE_LOCALE not in by_locale:
        raise ValueError(f"{SOURCE_LOCALE} is missing; it is the source language")
    return by_locale


def _review_day(written: object) -> date | None:
    if written is False:
        return None
    if isinstance(written, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", written):
        with suppress(ValueError):
            return date.fromisoformat(written)
    raise ValueError('a day in quotes, such as "2026-11-20", or false')


class Strict(BaseModel):
    """Frozen, strict, and without unknown fields."""

    model_config = ConfigDict(strict=True, frozen=True, extra="forbid", allow_inf_nan=False)


Titles = Annotated[dict[Locale, Text], AfterValidator(_has_source)]
Sentences = Annotated[dict[Locale, Annotated[tuple[Text, ...], Field(min_length=1)]], AfterValidator(_has_source)]


class Language(Strict):
    """A language of the course; `reviewed` is the day of the review, None while nobody has reviewed it."""

    reviewed: Annotated[date | None, BeforeValidator(_review_day)]


class GroupSize(Strict):
    """People in one training session."""

    min: Annotated[int, Field(ge=1, le=1000)]
    max: Annotated[int, Field(ge=1, le=1000)]


class TestRule(Strict):
    """The test to pass, and the share of points that passes it."""

    unit: Name
    share: Share


class PassRule(Strict):
    """Share of half-days to attend, and the test if there is one."""

    attendance: Share
    test: TestRule | None


class UnitFacts(Strict):
    """One unit as course.yaml describes it."""

    id: Name
    kind: UnitKind
    minutes: Annotated[int, Field(ge=1, le=100_000)]
    titles: Titles
    objectives: Sentences | None = None


class CourseFacts(Strict):
    """Everything in course.yaml."""

    id: Name
    version: Annotated[str, StringConstraints(pattern=r"^[0-9]+(\.[0-9]+)*$", max_length=20)]
    category: Category
    titles: Titles
    summary: Titles
    objectives: Sentences
    audience: Annotated[tuple[JobRole, ...], Field(min_length=1)]
    themes: tuple[Theme, ...]
    hours: Annotated[float, Field(gt=0, le=1000)]
    group_size: GroupSize
    modalities: Annotated[tuple[Modality, ...], Field(min_length=1)]
    languages: Annotated[dict[Locale, Language], AfterValidator(_has_source)]
    validity_months: Annotated[int, Field(ge=1, le=240)] | None
    pass_rule: PassRule
    sources: Annotated[tuple[Text, ...], Field(min_length=1)]
    review_by: date
    units: Annotated[tuple[UnitFacts, ...], Field(min_length=1)]
