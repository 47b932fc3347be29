"""What a rule may say, how it is kept, and what a version's end does."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.coverage.requirements import documents
from app.coverage.requirements.checks import Fault, is_wrong_term, problems, reaches_no_role
from app.coverage.requirements.rules import Happening, Kind, Proof, Rule, Scope, Span, followed
from app.factories.rules import CommitteeKind, JobRole, Product
from app.factories.structure.rules import SupportTier
from tests.make import requirements

RULES = st.builds(
    Rule,
    kind=st.sampled_from(Kind),
    courses=st.lists(st.integers(1, 5), unique=True, max_size=4).map(tuple),
    roles=st.lists(st.sampled_from(JobRole), unique=True).map(tuple),
    committees=st.lists(st.sampled_from(CommitteeKind), unique=True).map(tuple),
    within_days=st.integers(-3, 400),
    percent=st.integers(-1, 120),
    per_unit=st.integers(-1, 4),
    per_shift=st.booleans(),
    happening=st.none() | st.sampled_from(Happening),
    needed=st.integers(-1, 12),
    months=st.none() | st.integers(-1, 130),
    points=st.lists(st.sampled_from(("OS-01", "CL-02")), unique=True).map(tuple),
    hours=st.floats(0, 100),
    proof=st.none() | st.sampled_from(Proof),
)
SCOPES = st.builds(
    Scope,
    tiers=st.lists(st.sampled_from(SupportTier).map(str), unique=True).map(tuple),
    products=st.lists(st.sampled_from(Product).map(str), unique=True).map(tuple),
    smallest=st.none() | st.integers(0, 5000),
    largest=st.none() | st.integers(0, 5000),
)
DAYS = st.dates(date(2024, 1, 1), date(2028, 12, 31))


@given(RULES, SCOPES)
def test_documents_say_what_they_were_made_of(rule: Rule, scope: Scope) -> None:
    assert documents.rule(documents.document(rule)) == rule
    assert documents.scope(documents.document(scope)) == scope


@given(RULES, SCOPES)
def test_problems_are_found_for_every_rule_and_only_where_something_is_wrong(rule: Rule, scope: Scope) -> None:
    found = problems(rule, {1, 2, 3}, scope)
    assert (Fault.UNKNOWN_COURSE in found) == bool(set(rule.courses) - {1, 2, 3})
    assert (Fault.PERCENT in found) == (not 1 <= rule.percent <= 100)
    if not found:
        assert rule.courses or rule.kind is Kind.CADENCE
        assert rule.kind is not Kind.PATHWAY or 1 <= rule.needed <= len(rule.courses)
        assert rule.kind is not Kind.LAW or (rule.hours and rule.proof)


@pytest.mark.parametrize("kind", list(Kind))
def test_a_sound_rule_of_each_kind_has_no_problems(kind: Kind) -> None:
    assert problems(requirements.rules(1)[kind], {1}) == []


@pytest.mark.parametrize(
    ("rule", "fault"),
    [
        (Rule(Kind.ROLE), Fault.NO_COURSE),
        (Rule(Kind.ROLE, (9,)), Fault.UNKNOWN_COURSE),
        (Rule(Kind.QUOTA, (1,), percent=0), Fault.PERCENT),
        (Rule(Kind.UNIT, (1,), per_unit=0), Fault.PER_UNIT),
        (Rule(Kind.BODY, (1,)), Fault.NO_COMMITTEE),
        (Rule(Kind.CADENCE, months=6), Fault.NO_HAPPENING),
        (Rule(Kind.CADENCE, happening=Happening.DRILL), Fault.MONTHS),
        (Rule(Kind.CADENCE, happening=Happening.DRILL, months=6, needed=0), Fault.NEEDED),
        (Rule(Kind.FINDING, (1,)), Fault.NO_POINT),
        (Rule(Kind.PATHWAY, (1,), needed=2, months=12), Fault.MORE_THAN_COURSES),
        (Rule(Kind.LAW, (1,), proof=Proof.CARD), Fault.HOURS),
        (Rule(Kind.LAW, (1,), hours=16), Fault.NO_PROOF),
    ],
)
def test_each_fault_is_named(rule: Rule, fault: Fault) -> None:
    assert problems(rule, {1}) == [fault]


def test_who_is_asked_by_role_needs_one_to_reach_anybody() -> None:
    assert reaches_no_role(Rule(Kind.LAW, (1,), hours=4, proof=Proof.CARD))
    assert not reaches_no_role(Rule(Kind.BODY, (1,), committees=(CommitteeKind.SAFETY,)))


def test_a_scope_leaves_out_what_is_not_known_of_a_factory() -> None:
    assert Scope().has(None, [], None)
    assert Scope(tiers=("intensive",)).has("intensive", [], None) and not Scope(tiers=("intensive",)).has(None, [], 9)
    assert Scope(products=("knit",)).has(None, ["knit", "denim"], 9) and not Scope(products=("knit",)).has(None, [], 9)
    assert Scope(smallest=50).has(None, [], 50) and not Scope(smallest=50).has(None, [], None)
    assert not Scope(largest=50).has(None, [], 51) and Scope(largest=50).has(None, [], 50)


@given(st.lists(DAYS, unique=True, min_size=1, max_size=5), DAYS)
def test_after_a_day_nothing_of_before_holds_and_nothing_earlier_changed(starts: list[date], day: date) -> None:
    ordered = sorted(starts)
    before = [Span(start, end) for start, end in zip(ordered, [*ordered[1:], None], strict=True)]
    after = followed(before, day)
    for old, new in zip(before, after, strict=True):
        assert new.start == old.start and new.end is not None and new.end >= new.start
        assert new.end <= max(day, new.start)
        if old.end is not None and old.end <= day:
            assert new == old
    assert followed(after, day) == after


def test_a_waiver_lasts_from_a_day_to_a_year() -> None:
    first = date(2026, 3, 1)
    assert is_wrong_term(first, first) and is_wrong_term(first, date(2027, 3, 3))
    assert not is_wrong_term(first, date(2026, 3, 2)) and not is_wrong_term(first, date(2027, 3, 1))
