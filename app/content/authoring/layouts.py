"""Changes to the ways to run a course. Pure."""

from app.content.schema import CourseFacts, Layout


def with_layout(facts: CourseFacts, layout: Layout) -> CourseFacts:
    """One more way to run the course."""
    return _with(facts, (*facts.layouts, layout))


def with_changed_layout(facts: CourseFacts, code: str, layout: Layout) -> CourseFacts:
    """Another description of a way to run the course."""
    return _with(facts, tuple(layout if each.id == code else each for each in facts.layouts))


def without_layout(facts: CourseFacts, code: str) -> CourseFacts:
    """One way less to run the course; its units stay."""
    return _with(facts, tuple(each for each in facts.layouts if each.id != code))


def _with(facts: CourseFacts, layouts: tuple[Layout, ...]) -> CourseFacts:
    return facts.model_copy(update={"layouts": layouts})
