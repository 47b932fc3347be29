"""Levels, heads, samples."""

from hypothesis import given
from hypothesis import strategies as st

from app.factories.rules import Sex
from app.improvement.cascade.rules import Heads, Level, heads_of, is_doubtful, level
from app.improvement.cascade.samples.rules import Found, Share, drawn, share_of

SEXES = st.lists(st.sampled_from([*Sex, None]))
IDS = st.sets(st.integers(1, 10_000))


def test_only_a_certified_ambassador_with_names_makes_level_b() -> None:
    assert level(has_roster=True, is_certified=True) is Level.B
    for has_roster, is_certified in ((True, False), (False, True), (False, False)):
        assert level(has_roster=has_roster, is_certified=is_certified) is Level.C


@given(SEXES)
def test_everybody_on_a_roster_counts_once(sexes: list[Sex | None]) -> None:
    found = heads_of(sexes)
    assert found.total == len(sexes)
    assert found.women == sexes.count(Sex.F)


@given(st.integers(0, 9000), st.none() | st.integers(0, 9000))
def test_more_than_declared_is_doubtful(heads: int, declared: int | None) -> None:
    assert is_doubtful(Heads(heads), declared) == (declared is not None and heads > declared)


@given(IDS, st.integers(0, 60), st.text("0123456789abcdef", min_size=16, max_size=16))
def test_a_sample_is_drawn_again_from_its_seed(ids: set[int], most: int, seed: str) -> None:
    found = drawn(ids, most, seed)
    assert found == drawn(sorted(ids, reverse=True), most, seed) == sorted(set(found))
    assert len(found) == min(most, len(ids))
    assert set(found) <= ids
    assert set(found) <= set(drawn(ids, most + 1, seed)), "a larger sample holds the smaller"


def test_every_one_is_drawn_about_as_often() -> None:
    times = {each: sum(each in drawn(range(1, 11), 3, f"{seed:016x}") for seed in range(2000)) for each in range(1, 11)}
    assert all(500 < number < 700 for number in times.values()), times


@given(st.lists(st.sampled_from(Found)), st.lists(st.sampled_from(Found)))
def test_shares_add_up_and_lie_between_none_and_all(one: list[Found], other: list[Found]) -> None:
    found = share_of(one) + share_of(other)
    assert found == share_of([*one, *other])
    assert found.share is None if not found.checked else 0 <= (found.share or 0) <= 1


def test_what_could_not_be_checked_says_nothing() -> None:
    assert share_of([Found.NOT_FOUND] * 3).share is None
    assert Share(3, 1, 5).share == 0.75
