"""The arithmetic of results against the same figures computed person by person, and against tables of others."""

import random
import statistics
from datetime import UTC, datetime, timedelta
from functools import reduce
from math import isclose
from operator import add

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.quizzes.results.rules import (
    CAP,
    NOBODY,
    Change,
    Flag,
    Judged,
    Moments,
    Pairs,
    change,
    differing,
    flags,
    gain,
    of_same,
    shown_groups,
    spread,
    typical_seconds,
)
from app.quizzes.results.rules.student import interval, quantile, two_sided
from tests.counts import examples

PAIRS = st.lists(st.tuples(st.sampled_from([0.0, 0.5, 1.0]), st.integers(0, 38).map(lambda n: n / 2)), min_size=3, max_size=60)


def summed(people: list[tuple[float, float]]) -> Moments:
    """As the database makes it: people with the same points together, of whose whole scores there are sums."""
    whole = NOBODY
    for points in {points for points, _ in people}:
        scores = [points + rest for earned, rest in people if earned == points]
        whole += of_same(len(scores), sum(scores), sum(score * score for score in scores), points)
    return whole


@given(PAIRS)
@settings(max_examples=examples(300), deadline=None)
def test_sums_by_points_give_what_every_single_person_gives(people: list[tuple[float, float]]) -> None:
    found, xs, ys = summed(people), [x for x, _ in people], [y for _, y in people]
    assert found.n == len(people)
    assert isclose(found.mean_x or 0.0, statistics.fmean(xs), abs_tol=1e-9)
    assert isclose(found.mean_y or 0.0, statistics.fmean(ys), abs_tol=1e-9)
    if len(set(xs)) > 1 and len(set(ys)) > 1:
        assert found.correlation == pytest.approx(statistics.correlation(xs, ys), abs=1e-6)
    else:
        assert found.correlation is None


@given(PAIRS, PAIRS)
@settings(max_examples=examples(100), deadline=None)
def test_what_is_added_can_be_taken_away(some: list[tuple[float, float]], others: list[tuple[float, float]]) -> None:
    both, one = summed([*some, *others]), summed(some)
    left = both - summed(others)
    assert left.n == one.n
    assert left.xy == pytest.approx(one.xy, abs=1e-6)
    assert left.yy == pytest.approx(one.yy, abs=1e-6)


@pytest.mark.parametrize(
    ("freedom", "t"), [(1, 12.706), (2, 4.303), (4, 2.776), (9, 2.262), (29, 2.045), (120, 1.980), (100_000, 1.960)]
)
def test_students_t_is_that_of_the_tables(freedom: int, t: float) -> None:
    assert quantile(0.95, freedom) == pytest.approx(t, abs=0.0006)
    assert two_sided(t, freedom) == pytest.approx(0.05, abs=0.0002)


@given(st.floats(0, 50), st.integers(1, 2000))
@settings(max_examples=examples(300), deadline=None)
def test_a_chance_is_a_share_and_falls_with_the_distance(t: float, freedom: int) -> None:
    near, far = two_sided(t, freedom), two_sided(t + 0.1, freedom)
    assert 0 <= far <= near <= 1
    assert two_sided(-t, freedom) == near


def test_an_interval_holds_the_true_mean_as_often_as_it_says() -> None:
    pick, held = random.Random(5), 0
    for _ in range(600):
        sample = [pick.gauss(0.1, 0.2) for _ in range(8)]
        low, high = interval(statistics.fmean(sample), statistics.variance(sample), 8)
        held += low <= 0.1 <= high
    assert 0.925 < held / 600 < 0.975


SIZES = st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 30), max_size=6)


@given(SIZES)
@settings(max_examples=examples(400), deadline=None)
def test_nobody_finds_a_small_group_by_subtraction(sizes: dict[str, int]) -> None:
    shown = shown_groups(sizes)
    hidden = {group: size for group, size in sizes.items() if size and group not in shown}
    assert all(sizes[group] >= 5 for group in shown)
    assert not hidden or not shown or (len(hidden) > 1 and sum(hidden.values()) >= 5)


def test_large_groups_are_shown() -> None:
    assert shown_groups({"km": 30, "en": 5, "ar": 0}) == {"km", "en"}
    assert shown_groups({"km": 30, "en": 12, "ar": 4}) == {"km"}
    assert shown_groups({"km": 30, "en": 4}) == frozenset()
    assert shown_groups({"km": 30, "en": 4, "ar": 3}) == {"km"}


def answers(pick: random.Random, count: int, *, ability: float, harder: float = 0.0) -> list[list[float]]:
    """Points of people in a quiz of ten questions, of which the first is `harder` than ability alone makes it."""
    made = []
    for _ in range(count):
        knows = min(0.95, max(0.05, pick.gauss(ability, 0.2)))
        made.append([float(pick.random() < max(0.0, knows - (0 if question else harder))) for question in range(10)])
    return made


def of_languages(by_language: dict[str, list[list[float]]]) -> dict[int, dict[str, Moments]]:
    return {
        question: {
            code: summed([(points[question], sum(points) - points[question]) for points in people])
            for code, people in by_language.items()
        }
        for question in range(10)
    }


@pytest.mark.parametrize("ability", [0.8, 0.65])
def test_a_translation_that_misleads_is_found_whatever_its_readers_know(ability: float) -> None:
    pick = random.Random(3)
    found = differing(of_languages({
        "km": answers(pick, 300, ability=ability, harder=0.4), "en": answers(pick, 300, ability=0.8),
    }))
    assert list(found) == [0]
    [told] = found[0]
    assert (told.language, told.difference < -0.2, told.chance < 0.01) == ("km", True, True)


def test_readers_who_know_less_alone_are_no_sign_of_a_bad_translation() -> None:
    pick, alarms = random.Random(4), 0
    for _ in range(40):
        alarms += bool(differing(of_languages({
            "km": answers(pick, 200, ability=0.45), "en": answers(pick, 200, ability=0.75),
        })))
    assert alarms <= 4


def test_a_language_without_enough_readers_is_not_judged() -> None:
    everybody, nobody = of_same(300, 3000, 31000, 1.0), of_same(19, 100, 600, 0.0)
    assert differing({1: {"en": everybody, "km": nobody}}) == {}
    assert differing({1: {"en": everybody, "km": of_same(20, 100, 600, 0.0)}})[1][0].language == "km"


def test_chance_alone_gives_no_more_false_alarms_than_it_says() -> None:
    """A whole quiz of ten questions in three languages that are all alike, many times."""
    pick, alarms, times = random.Random(7), 0, 300
    for _ in range(times):
        alarms += bool(differing(of_languages({code: answers(pick, 40, ability=0.6) for code in ("en", "km", "ar")})))
    assert alarms / times <= 0.08  # 0.05 is promised, and 300 times are few


RIGHT, WRONG = Judged(1.0, 30, 8.0), Judged(0.0, 10, 5.0)


def people(n: int, right: int, *, better: bool = True) -> Moments:
    """`right` of `n` people are right; they do better elsewhere, or worse."""
    of_right, of_wrong = (8, 4) if better else (4, 8)
    return summed([(1.0, of_right + k % 3) for k in range(right)] + [(0.0, of_wrong + k % 3) for k in range(n - right)])


@pytest.mark.parametrize(
    ("whole", "options", "told"),
    [
        (people(40, 30), [RIGHT, WRONG], ()),
        (people(40, 10), [RIGHT, WRONG], (Flag.TOO_HARD,)),
        (people(40, 12), [RIGHT, WRONG], ()),
        (people(40, 39), [RIGHT, Judged(0.0, 0, None)], (Flag.TOO_EASY,)),
        (people(40, 30, better=False), [RIGHT, WRONG], (Flag.BACKWARDS,)),
        (people(40, 30), [RIGHT, WRONG, Judged(0.0, 0, None)], (Flag.UNCHOSEN,)),
        (people(40, 30), [RIGHT, Judged(0.0, 6, 8.5)], (Flag.BETTER_WRONG,)),
        (people(40, 30), [RIGHT, Judged(0.0, 4, 9.5)], ()),
        (people(19, 0), [RIGHT, Judged(0.0, 0, None)], ()),
        (NOBODY, [], ()),
    ],
)
def test_what_is_to_mend(whole: Moments, options: list[Judged], told: tuple[Flag, ...]) -> None:
    assert flags(whole, options) == told


SHARES = st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), min_size=1, max_size=40)


def paired(people: list[tuple[float, float]]) -> Pairs:
    one = [Pairs(1, before, after, before**2, (after - before) ** 2) for before, after in people]
    return reduce(add, one, Pairs(0, 0.0, 0.0, 0.0, 0.0))


@given(SHARES)
@settings(max_examples=examples(300), deadline=None)
def test_a_gain_is_that_of_the_differences(people: list[tuple[float, float]]) -> None:
    found = gain(paired(people))
    if len(people) < 5:
        assert found is None
        return
    apart = [after - before for before, after in people]
    assert found is not None
    assert found.mean == pytest.approx(statistics.fmean(apart), abs=1e-9)
    low, high = interval(statistics.fmean(apart), statistics.variance(apart), len(apart))
    assert found.low == pytest.approx(max(-1.0, low), abs=1e-4)
    assert found.high == pytest.approx(min(1.0, high), abs=1e-4)
    assert found.low <= found.mean + 1e-9 and found.mean <= found.high + 1e-9


@pytest.mark.parametrize(
    ("gains", "told"),
    [
        ([0.3, -0.3, 0.2, -0.2, 0.1, -0.1], Change.UNCLEAR),
        ([-0.3, -0.2, -0.3, -0.2, -0.3, -0.2], Change.WORSE),
        ([0.03, 0.04, 0.03, 0.04, 0.03, 0.04], Change.SMALL),
        ([0.10, 0.12, 0.10, 0.12, 0.10, 0.12], Change.MEDIUM),
        ([0.30, 0.32, 0.30, 0.32, 0.30, 0.32], Change.LARGE),
    ],
)
def test_how_a_gain_is_spoken_of(gains: list[float], told: Change) -> None:
    befores = [0.2, 0.4, 0.6, 0.3, 0.5, 0.7]
    found = gain(paired([(before, before + more) for before, more in zip(befores, gains, strict=True)]))
    assert found is not None
    assert change(found) == told


def test_scores_are_spread_over_ten_classes() -> None:
    assert spread([(0, 10, 2), (1, 10, 3), (0.9, 10, 1), (5, 10, 4), (9, 10, 5), (10, 10, 6), (3, 0, 1)]) == (4, 3, 0, 0, 0, 4, 0, 0, 0, 11)
    assert sum(spread([(score, 3, 1) for score in (0, 1, 2, 3)])) == 4


def test_times_are_medians_of_the_way_from_answer_to_answer() -> None:
    noon = datetime(2026, 5, 4, 12, tzinfo=UTC)
    after = [noon + timedelta(seconds=seconds) for seconds in (0, 20, 50, 50 + 3 * CAP.total_seconds())]
    straight = (noon, [(1, after[1]), (2, after[2]), (3, after[3])])
    back = (noon, [(2, after[1]), (1, after[2])])
    assert typical_seconds([straight]) == {1: 20, 2: 30, 3: CAP.total_seconds()}
    assert typical_seconds([straight, back]) == {1: 25, 2: 25, 3: CAP.total_seconds()}
    assert typical_seconds([(None, [(1, after[1]), (2, after[2])])]) == {2: 30}
