"""What is drawn from a bank: by the blueprint, by the seed, by the parallel form."""

from collections import Counter
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from app.quizzes.rules import Item, drawn, form_of
from app.quizzes.rules.drawing import form_named

PARTS = ("fire", "chemicals", None)


@st.composite
def banks(draw: st.DrawFn) -> list[Item]:
    count = draw(st.integers(1, 30))
    part, form = st.sampled_from(PARTS), st.sampled_from((None, 0, 1))
    return [Item(number, draw(part), draw(form), draw(st.booleans())) for number in range(1, count + 1)]


@given(banks(), st.integers(0, 2**31), st.integers(0, 1), st.booleans(), st.integers(1, 5), st.integers(1, 5))
def test_what_is_drawn(bank: list[Item], seed: int, form: int, mixed: bool, fire: int, chemicals: int) -> None:
    blueprint = {"fire": fire, "chemicals": chemicals}
    ids = drawn(bank, blueprint, seed=seed, form=form, mixed=mixed)
    assert ids == drawn(bank, blueprint, seed=seed, form=form, mixed=mixed)
    assert len(set(ids)) == len(ids)
    item = {each.question_id: each for each in bank}
    asked = [item[number] for number in ids if not item[number].is_text]
    assert all(each.form in {None, form} for each in asked)
    there = Counter(each.part for each in bank if not each.is_text and each.form in {None, form})
    wanted = {"fire": min(fire, there["fire"]), "chemicals": min(chemicals, there["chemicals"]), None: there[None]}
    assert Counter(each.part for each in asked) == Counter({part: number for part, number in wanted.items() if number})
    if not mixed:
        assert list(ids) == sorted(ids)


@given(banks(), st.integers(0, 2**31), st.booleans())
def test_a_text_stands_before_the_question_that_it_leads_to(bank: list[Item], seed: int, mixed: bool) -> None:
    plain = [Item(each.question_id, None, None, each.is_text) for each in bank]
    ids = drawn(plain, None, seed=seed, mixed=mixed)
    assert set(ids) == {each.question_id for each in plain}
    following = dict(pairwise(ids))
    for text, after in pairwise(plain):
        if text.is_text:
            assert following[text.question_id] == after.question_id


def test_a_large_bank_is_drawn_differently_and_evenly() -> None:
    bank = [Item(number, "fire") for number in range(20)]
    seen: Counter[int] = Counter()
    for seed in range(400):
        seen.update(drawn(bank, {"fire": 5}, seed=seed))
    assert set(seen) == set(range(20))
    assert min(seen.values()) > 60  # 100 on average


@given(st.integers(1, 10**6), st.integers(1, 10**6), st.integers(2, 4))
def test_before_and_after_the_course_the_form_differs(training_id: int, person_id: int, forms: int) -> None:
    before, after = (form_of(training_id, person_id, turn, forms) for turn in (0, 1))
    assert before != after
    assert {before, after} <= set(range(forms))
    assert form_of(training_id, person_id, 0, 1) == 0


def test_half_of_the_people_begin_with_each_form() -> None:
    first = Counter(form_of(7, person_id, 0, 2) for person_id in range(400))
    assert 150 < first[0] < 250


def test_tags_that_name_a_form() -> None:
    assert [form_named(tag) for tag in ("form-1", "form-2", "form-0", "form-x", "fire", "form-")] == [0, 1, None, None, None, None]
