"""course.yaml as frozen values. Strict: a number is not a text and nothing is guessed."""

import re
from contextlib import suppress
from datetime import date
from typing import Annotated, Any, Literal, Self

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    SerializerFunctionWrapHandler,
    StringConstraints,
    model_serializer,
    model_validator,
)

from app.content.quiz_rules import QuizRules
from app.content.strict import Strict
from app.courses.rules import THEMES, AttendanceBy, Category, FormKind, QuizPhase, UnitKind, ValidFrom
from app.factories.rules import JobRole
from app.sessions.rules import Modality

SOURCE_LOCALE = "en"

Name = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
Locale = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Z][a-z]{3})?$")]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]
Share = Annotated[float, Field(ge=0, le=1)]
Number = Annotated[str, StringConstraints(pattern=r"^[0-9]+(\.[0-9]+)*$", max_length=20)]
Minutes = Annotated[int, Field(ge=1, le=100_000)]


def _known_theme(theme: str) -> str:
    if theme not in THEMES:
        raise ValueError(f"{theme} is not a theme, nor one of the points of a theme")
    return theme


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


Theme = Annotated[str, AfterValidator(_known_theme)]


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
    """Share of half-days to attend, the test if there is one, and whether the evaluation has to be handed in.

    What counts as attended may be left out, and then is no part of the facts: by half-days or by minutes, the share of
    a half-day's minutes that makes present, and after how many minutes somebody is late.
    """

    attendance: Share
    attendance_by: AttendanceBy | None = None
    present_from: Annotated[float, Field(gt=0, le=1)] | None = None
    late_after: Annotated[int, Field(ge=0, le=240)] | None = None
    test: TestRule | None
    evaluation: bool = False

    @model_serializer(mode="wrap")
    def _said(self, dumped: SerializerFunctionWrapHandler) -> dict[str, Any]:
        return {name: each for name, each in dumped(self).items() if each is not None or name == "test"}


class Validity(Strict):
    """How long a completion holds. `fixed_day` (MM-DD) is the day on which it always ends."""

    months: Annotated[int, Field(ge=1, le=240)]
    counts_from: ValidFrom = ValidFrom.COMPLETION
    fixed_day: Annotated[str, StringConstraints(pattern=r"^[0-9]{2}-[0-9]{2}$")] | None = None

    @model_validator(mode="after")
    def _day_fits(self) -> Self:
        if (self.fixed_day is not None) != (self.counts_from is ValidFrom.FIXED_DAY):
            raise ValueError("fixed_day goes with counts_from: fixed_day, and only with it")
        if self.fixed_day:
            date.fromisoformat(f"2026-{self.fixed_day}")
        return self


class Part(Strict):
    """One sitting of a layout and the units that fill it."""

    titles: Titles
    minutes: Minutes
    units: Annotated[tuple[Name, ...], Field(min_length=1)]


class Layout(Strict):
    """One way to run the course."""

    id: Name
    titles: Titles
    parts: Annotated[tuple[Part, ...], Field(min_length=1)]


class FormFacts(Strict):
    """A form without right answers."""

    id: Name
    kind: FormKind
    titles: Titles


class UnitFacts(Strict):
    """One unit as course.yaml describes it. `phase`, `months_after` and what follows are those of a quiz. `rules` and
    `bank`, another quiz whose questions it asks, are no part of the facts where they are left out.
    """

    id: Name
    kind: UnitKind
    minutes: Minutes
    titles: Titles
    objectives: Sentences | None = None
    phase: QuizPhase | None = None
    months_after: Annotated[int, Field(ge=1, le=60)] | None = None
    blueprint: Annotated[dict[Name, Annotated[int, Field(ge=1, le=100)]], Field(min_length=1)] | None = None
    bank: Name | None = None
    rules: QuizRules | None = None

    @model_serializer(mode="wrap")
    def _said(self, dumped: SerializerFunctionWrapHandler) -> dict[str, Any]:
        said = dumped(self).items()
        return {name: each for name, each in said if each is not None or name not in {"bank", "rules"}}


class CourseFacts(Strict):
    """Everything in course.yaml."""

    id: Name
    version: Number
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
    pass_rule: PassRule
    validity: Validity | None
    refresher: Name | None = None
    sources: Annotated[tuple[Text, ...], Field(min_length=1)]
    review_by: date
    layouts: tuple[Layout, ...] = ()
    forms: tuple[FormFacts, ...] = ()
    units: Annotated[tuple[UnitFacts, ...], Field(min_length=1)]


class Item(Strict):
    """One line of a form: a scale, options to tick, or lines to write on; exactly one of the three."""

    id: Name
    text: Text
    scale: Literal["agreement"] | None = None
    options: Annotated[tuple[Text, ...], Field(min_length=2, max_length=7)] | None = None
    lines: Annotated[int, Field(ge=1, le=20)] | None = None

    @model_validator(mode="after")
    def _one_way_to_answer(self) -> Self:
        if sum(each is not None for each in (self.scale, self.options, self.lines)) != 1:
            raise ValueError("give exactly one of scale, options and lines")
        return self


class Form(Strict):
    """A form in one language."""

    intro: Text
    anonymous: bool
    items: Annotated[tuple[Item, ...], Field(min_length=1)]
    closing: Text | None = None


class CountryNote(Strict):
    """What the law of a country says on a topic, where that stands and when somebody looked."""

    topic: Text
    text: Titles
    source: Text
    checked: date
    review_by: date


class CountryNotes(Strict):
    """The notes on one country (ISO 3166-1 alpha-2)."""

    country: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
    notes: Annotated[tuple[CountryNote, ...], Field(min_length=1)]


class CourseStep(Strict):
    """A course to take, `by_month` months after the start of the pathway; without it by its even share of the time."""

    course: Name
    by_month: Annotated[int, Field(ge=1, le=120)] | None = None


class ChoiceStep(Strict):
    """Some courses of several."""

    choose: Annotated[int, Field(ge=1, le=20)]
    of: Annotated[tuple[Name, ...], Field(min_length=2)]
    by_month: Annotated[int, Field(ge=1, le=120)] | None = None


class Pace(Strict):
    """The time in which the whole pathway should be done."""

    months: Annotated[int, Field(ge=1, le=120)]


class PathwayFacts(Strict):
    """Everything in pathway.yaml."""

    id: Name
    version: Number
    titles: Titles
    summary: Titles
    audience: Annotated[tuple[JobRole, ...], Field(min_length=1)]
    order: Literal["in_order", "free"]
    pace: Pace | None
    steps: Annotated[tuple[CourseStep | ChoiceStep, ...], Field(min_length=1)]
    sources: tuple[Text, ...] = ()
    review_by: date
