"""What completions tell."""

from dataclasses import dataclass

from app.platform.bus import Event


@dataclass(frozen=True)
class CourseCompleted(Event):
    """A person has met the rule of a course version. Published once, and again only after a withdrawal."""

    completion_id: int


@dataclass(frozen=True)
class CompletionCorrected(Event):
    """A correction changed results that a completion rests on; it holds as before."""

    completion_id: int


@dataclass(frozen=True)
class CompletionWithdrawn(Event):
    """A correction undid a completion."""

    completion_id: int
