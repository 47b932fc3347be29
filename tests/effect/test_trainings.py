"""Files of trainings as people keep them: every line listed, days that cannot be read, several courses."""

from functools import cache
from typing import Any

import pytest

from app.effect.analysing import Analysis, analyse_files
from app.effect.files import Trainings, check, check_trainings
from app.effect.labels import reason
from app.effect.rules import Because, Warn
from tests.effect.simulating import World
from tests.effect.test_files import HEAD, Table, as_csv, year

WEEKS, TRAINED = year(world=World(22, trend_pct=0, lines=16, weeks=40, trained=6))
NAMES = sorted({row[1] for row in WEEKS})
OTHERS = [name for name in NAMES if name not in {row[0] for row in TRAINED}]


def of(rows: Table, course: str = "", head: str = "line,supervisor_sex,trained_on,course") -> Trainings:
    return check_trainings(as_csv(head.split(","), rows), course=course)


def against(trainings: Trainings) -> tuple[Analysis, list[str]]:
    told, problems = analyse_files(check(as_csv(HEAD, WEEKS), "x.csv"), trainings)
    return told, [each.code for each in problems]


@cache
def _plain() -> Analysis:
    return against(of(TRAINED))[0]


def same(told: Analysis) -> bool:
    return told.measured.effect == _plain().measured.effect and told.lines == _plain().lines


@pytest.mark.parametrize("empty", ["", "-", "No", "not trained", "–"])
def test_a_line_without_a_day_was_not_trained(empty: str) -> None:
    told, problems = against(of([*TRAINED, *([name, "F", empty, ""] for name in [*OTHERS, "L99"])]))
    assert not problems and same(told) and told.verdict.claims_effect


@pytest.mark.parametrize(("number", "warns", "forbids"), [(2, False, False), (3, True, False), (4, True, True)])
def test_many_days_that_cannot_be_read_forbid_a_claim(number: int, warns: bool, forbids: bool) -> None:
    told, problems = against(of([*TRAINED, *([name, "", "#N/A" if name == OTHERS[0] else "?", ""] for name in OTHERS[:number])]))
    assert problems == ["date_invalid"] * number and told.lines == 16 - number and told.seen.unclear == number
    assert (Warn.BAD_ROWS in told.verdict.warnings) is warns
    assert (Because.UNCLEAR_LINES in told.verdict.reasons) is forbids


def courses(*said: str) -> list[list[Any]]:
    return [[*row, course] for row in TRAINED for course in said]


@pytest.mark.parametrize("ours", ["SST", "sst", "Supervisory Skills Training (3 days)"])
def test_other_courses_of_the_same_supervisors_do_not_count(ours: str) -> None:
    early = [[line, sex, "2025-08-04", "Fire safety"] for line, sex, _day in TRAINED]
    told, problems = against(of([*early, *courses(ours)]))
    assert problems == ["other_course"] * 6 and same(told)


def test_courses_that_nobody_can_tell_apart_are_refused_until_one_is_chosen() -> None:
    rows = [*courses("C-1"), *([line, sex, "2025-08-04", "C-2"] for line, sex, _day in TRAINED)]
    refused = of(rows)
    assert (refused.reason, refused.courses) == ("several_courses", ("C-1", "C-2"))
    told, problems = against(of(rows, "c 1"))
    assert problems == ["other_course"] * 6 and same(told)
    assert of(rows, "C-3").reason == "course_not_found"
    assert of(TRAINED, "C-1", "line,supervisor_sex,trained_on").missing == ("course",)
    assert not check_trainings(as_csv(["line", "trained_on", "course"], [
        ["L1", "2025-08-04", "C-1"], ["L2", "2025-08-04", "C-2"]]), ours={"C 2"}).reason


@pytest.mark.parametrize("nothing", ["-", "n/a", "None"])
def test_a_course_that_is_a_dash_is_none(nothing: str) -> None:
    """Its line is on neither side: taken for another course it would stand with those not trained."""
    told, problems = against(of([*courses("SST"), [OTHERS[0], "F", "2025-08-04", "Fire"], [OTHERS[1], "F", "2025-08-04", nothing]]))
    assert problems == ["other_course", "no_course"] and told.lines == 15
    assert of([[OTHERS[1], "F", "2025-08-04", nothing]], "C-3").reason == "course_not_found"
    assert reason("course_not_found") == "No row of the file names a course."


def test_a_course_is_written_once_for_several_rows() -> None:
    rows = [[*row, course] for row, course in zip(TRAINED, ["SST", *['"'] * (len(TRAINED) - 1)], strict=True)]
    told, problems = against(of([*rows, [OTHERS[1], "F", "2025-08-04", "Fire"]]))
    assert problems == ["other_course"] and same(told)


def test_a_training_without_a_course_among_others_is_unclear() -> None:
    told, problems = against(of([*courses("SST"), [OTHERS[0], "F", "2025-08-04", "Fire"], [OTHERS[1], "F", "2025-08-04", ""]]))
    assert problems == ["other_course", "no_course"] and told.lines == 15
    assert not against(of([*courses("SST")[1:], [*TRAINED[0], ""]]))[1], "one course alone is meant everywhere"


def test_lines_under_names_that_the_weeks_do_not_have_are_said_although_nobody_seems_trained() -> None:
    told, problems = against(of([[line.replace("L", "Line "), *rest] for line, *rest in TRAINED]))
    assert set(problems) == {"unknown_line"}
    assert told.verdict.reasons == (Because.NOBODY_TRAINED, Because.UNKNOWN_LINES)
