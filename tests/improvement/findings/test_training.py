"""From a finding to training: what ships, and the rules that choose."""

from datetime import date
from pathlib import Path

import pytest
import yaml

from app.courses.labels import POINTS, THEMES
from app.factories.rules import JobRole
from app.improvement.findings import labels, shipped
from app.improvement.findings.training import Audience, Offer, Recommendation, Rule, Step, recommended

CONTENT = Path(__file__).resolve().parents[3] / "content"
COURSES = [yaml.safe_load(path.read_text("utf-8")) for path in sorted(CONTENT.glob("*/course.yaml"))]
OFFERS = [
    Offer(each["id"], frozenset(each["themes"]), tuple(map(JobRole, each["audience"]))) for each in COURSES]
ON = date(2026, 6, 1)
POINT_CODES = [(point, theme.code) for theme in shipped.catalogue().themes for point in theme.points]


def _recommended(point: str, theme: str, on: date = ON) -> list[Recommendation]:
    return recommended(point, theme, shipped.course_themes()[point], on, shipped.training_rules(), OFFERS)


def test_the_catalogue_is_that_of_the_courses() -> None:
    assert len(shipped.catalogue().themes) == 8 and len(POINT_CODES) == 39
    names = shipped.course_themes()
    assert {names[theme.code] for theme in shipped.catalogue().themes} == set(THEMES)
    assert {names[point] for point, _theme in POINT_CODES} == set(POINTS), "every point has its words in every language"
    assert labels.point("OS-08") == "Fire and emergencies" and labels.theme("WT") == "Working time"
    assert labels.point("XX-01") == "XX-01", "what the catalogue no longer has is shown as it is"


def test_every_rule_that_ships_names_what_there_is() -> None:
    codes = {each["id"] for each in COURSES}
    known = {code for pair in POINT_CODES for code in pair}
    for rule in shipped.training_rules():
        assert set(rule.courses) <= codes and rule.about <= known and rule.source and rule.audience
    assert set(Step) == set(labels.STEPS) and set(labels.AUDIENCES) >= {*Audience, *JobRole}


@pytest.mark.parametrize(("point", "theme"), POINT_CODES)
def test_every_point_leads_to_training(point: str, theme: str) -> None:
    found = _recommended(point, theme)
    assert found and all(each.audience for each in found)


def test_what_the_guide_says() -> None:
    assert _recommended("OS-01", "OS") == [Recommendation(
        "seminar-osh-management", (Audience.SAFETY_COMMITTEE, JobRole.MANAGER), Step.WALK_THROUGH)]
    assert [each.course_code for each in _recommended("OS-08", "OS")] == ["osh-supervisors", "fire-refresher"]
    assert _recommended("CH-02", "CH")[0].step is Step.DOCUMENT_CHECK, "a point stands before its theme"
    assert _recommended("CH-04", "CH")[0].course_code == "sst"
    assert {each.step for each in _recommended("CO-06", "CO")} == {Step.PAY_SLIP_SAMPLE}


def test_rules_are_dated_and_a_course_that_is_gone_gives_way() -> None:
    rule = Rule(frozenset({"OS-01"}), ("old",), (Audience.HR,), Step.CASE_LOG, date(2024, 1, 1), "guide", date(2025, 12, 31))
    newer = Rule(frozenset({"OS-01"}), ("new",), (Audience.HR,), Step.KIT_CHECK, date(2026, 1, 1), "guide")
    offers = [Offer(code, frozenset({"osh/x"}), (JobRole.MANAGER,)) for code in ("new", "old", "third", "wide")]
    offers[3] = Offer("wide", frozenset({"osh/x", "osh/y"}), (JobRole.MANAGER,))

    def codes(on: date, offered: list[Offer]) -> list[tuple[str, Step]]:
        found = recommended("OS-01", "OS", "osh/x", on, [rule, newer], offered)
        return [(each.course_code, each.step) for each in found]

    assert codes(date(2025, 12, 31), offers) == [("old", Step.CASE_LOG)]
    assert codes(date(2026, 1, 1), offers) == [("new", Step.KIT_CHECK)]
    assert codes(date(2023, 1, 1), offers) == [(code, Step.WRITTEN_RULE) for code in ("new", "old", "third")]
    assert codes(ON, offers[2:]) == [("third", Step.KIT_CHECK), ("wide", Step.KIT_CHECK)]
    assert codes(ON, []) == []
