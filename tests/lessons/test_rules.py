"""What comes next, and how far one is."""

import pytest

from app.courses.rules import UnitKind
from app.lessons.rules import Progress, State, Step, next_step, progress

KINDS = {"l": UnitKind.LESSON, "p": UnitKind.PRACTICE, "q": UnitKind.QUIZ, "m": UnitKind.MEETING}
STATES = {".": State.NOT_STARTED, "+": State.READ, "*": State.DONE}


def steps(told: str, open_: str = "") -> list[Step]:
    """`l1. q2*`: a lesson not started, a test done; codes are kind and number."""
    return [Step(word[:2], KINDS[word[0]], STATES[word[2]], is_open=word[:2] in open_.split()) for word in told.split()]


@pytest.mark.parametrize(
    ("told", "open_", "after", "expected"),
    [
        ("l1. l2. l3.", "", None, "l1"),
        ("l1+ l2. l3.", "", None, "l2"),
        ("l1. l2+ l3.", "", "l2", "l3"),
        ("l1. l2+ l3+", "", "l3", "l1"),
        ("q1. l2. m3. q4. p5.", "", None, "l2"),
        ("q1. l2+ m3. q4. p5.", "", None, "p5"),
        ("q1. l2+ m3. q4. p5*", "", None, None),
        ("q1. l2. m3. q4. p5.", "q4", None, "q4"),
        ("q1. l2. m3. q4* p5.", "q4", None, "l2"),
        ("q1* l2+ m3* q4* p5*", "", None, None),
        ("m1. q2.", "", None, None),
        ("l1. l2.", "", "gone", "l1"),
        ("", "", None, None),
    ],
)
def test_the_one_next_thing(told: str, open_: str, after: str | None, expected: str | None) -> None:
    step = next_step(steps(told, open_), after)
    assert (step.code if step else None) == expected


@pytest.mark.parametrize(
    ("told", "done", "total"), [("", 0, 0), ("q1* m2*", 0, 0), ("l1+ l2. p3. q4* m5.", 1, 3), ("l1+ p2*", 2, 2)]
)
def test_progress_counts_what_one_does_alone(told: str, done: int, total: int) -> None:
    assert progress(steps(told)) == Progress(done, total)
