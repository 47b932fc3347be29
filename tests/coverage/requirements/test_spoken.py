"""What a requirement asks, in plain words."""

import pytest
from flask import Flask

from app.coverage.requirements.rules import Kind, Rule, Scope
from app.coverage.requirements.spoken import limits, sentence
from app.factories.rules import JobRole
from tests.make import requirements

pytestmark = pytest.mark.any_engine

TITLES = {1: ("sst", {"en": "Supervisory Skills"})}


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (Kind.ROLE, "Every one of these holds Supervisory Skills within 6 months of appointment: Supervisor or Indirect supervisor."),
        (Kind.QUOTA, "Of the declared headcount at least 18% hold Supervisory Skills, counted among these: Operator."),
        (Kind.UNIT, "On every line and in every shift at least 1 person holds Supervisory Skills: Supervisor or Indirect supervisor."),
        (Kind.BODY, "Every member of this committee, on both sides, holds Supervisory Skills: Safety committee."),
        (Kind.CADENCE, "The factory holds at least 1 drill in 6 months."),
        (Kind.FINDING, "After a finding about OSH management systems (OS-01), every one of these holds Supervisory Skills within 60 days: Supervisor or Indirect supervisor."),
        (Kind.PATHWAY, "Every ambassador completes 1 of these courses in 12 months, step by step: Supervisory Skills."),
        (Kind.LAW, "Every one of these has 16 hours of Supervisory Skills in 24 months: Manager. The proof: Certificate."),
    ],
)  # fmt: skip
def test_each_kind_is_one_sentence(app: Flask, kind: Kind, words: str) -> None:
    with app.test_request_context():
        assert sentence(requirements.rules(1)[kind], TITLES) == words


def test_nobody_and_everybody_are_said_so(app: Flask) -> None:
    with app.test_request_context():
        assert "nobody, since no role is chosen" in sentence(Rule(Kind.ROLE, (1,)), TITLES)
        assert "everybody who works there" in sentence(Rule(Kind.ROLE, (1,), tuple(JobRole)), TITLES)
        assert limits(Scope()) == ["All factories of the programme."]
        assert limits(Scope(("intensive",), ("knit", "denim"), 50, 1)) == [
            "Factories with this support tier: Intensive.",
            "Factories that make: Knitwear or Denim.",
            "Factories with at least 50 people.",
            "Factories with at most 1 person.",
        ]
