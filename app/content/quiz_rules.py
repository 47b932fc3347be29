"""The rules of a quiz as course.yaml says them."""

from dataclasses import asdict
from typing import Annotated, Any, Literal, Self

from pydantic import Field, SerializerFunctionWrapHandler, model_serializer, model_validator

from app.content.strict import Strict
from app.quizzes.rules import USUAL, Counts, Release, WhenLate

ANY = "any"
MOST_ATTEMPTS, MOST_FORMS = 50, 6
MOST_LIMIT, MOST_WAIT, MOST_GRACE = 600, 40_000, 1_440
"""Minutes: ten hours, four weeks, a day."""


class QuizRules(Strict):
    """What differs from the usual rules; what is left out is as usual. Times in minutes."""

    when_late: WhenLate | None = None
    grace_minutes: Annotated[int, Field(ge=1, le=MOST_GRACE)] | None = None
    attempts: Annotated[int, Field(ge=1, le=MOST_ATTEMPTS)] | Literal["any"] | None = None
    counts: Counts | None = None
    limit_minutes: Annotated[int, Field(ge=1, le=MOST_LIMIT)] | None = None
    wait_minutes: Annotated[int, Field(ge=0, le=MOST_WAIT)] | None = None
    release: Release | None = None
    mixed_questions: bool | None = None
    mixed_options: bool | None = None
    forms: Annotated[int, Field(ge=1, le=MOST_FORMS)] | None = None
    practice: bool | None = None

    @model_validator(mode="after")
    def _fit(self) -> Self:
        if self.grace_minutes is not None and self.when_late is not WhenLate.GRACE:
            raise ValueError("grace_minutes goes with when_late: grace, and only with it")
        if self.attempts == 1 and (self.counts is not None or self.wait_minutes):
            raise ValueError("counts and wait_minutes mean something where there is more than one attempt")
        return self

    @model_serializer(mode="wrap")
    def _said(self, dumped: SerializerFunctionWrapHandler) -> dict[str, Any]:
        return {name: each for name, each in dumped(self).items() if each is not None}

    def stored(self) -> dict[str, Any] | None:
        """As a unit of a version keeps them: only what differs from the usual rules; None when nothing does."""
        said = {name: None if each == ANY else each for name, each in self.model_dump(mode="json").items()}
        return {name: each for name, each in said.items() if each != asdict(USUAL)[name]} or None
