"""Who reads figures of people but may not see the people learns nothing of fewer than five."""

import pytest

from app.access.actor import SYSTEM
from app.reports import reading
from app.reports.definitions import figures
from app.reports.labels import splits_for
from app.reports.rules.facts import FactKind, Split, Sums
from app.reports.rules.figures import Figure, Indicator, Said, guarded, rounded
from tests.make.reports import QUARTER, Counted


def persons(**parts: int) -> list[Figure]:
    whole = Figure(Indicator.PERSONS, "", "", "", Said(sum(parts.values())), sum(parts.values()))
    return [whole, *(Figure(Indicator.PERSONS, "sex", value, "", Said(number), number) for value, number in parts.items())]


def hidden(figures: list[Figure]) -> list[str]:
    return [each.value or "all" for each in guarded(figures) if each.is_hidden]


def test_few_people_are_hidden_and_cannot_be_subtracted() -> None:
    assert hidden(persons(F=40, M=12)) == []
    assert hidden(persons(F=40, M=4)) == ["F", "M"], "40 of 44 would tell the 4"
    assert hidden(persons(F=40, M=12, other=3)) == ["M", "other"]
    assert hidden(persons(F=2, M=1)) == ["all", "F", "M"]
    assert hidden(persons(F=0, M=9)) == []


def test_shares_that_tell_of_few_are_hidden() -> None:
    def completed(top: int, of: int) -> list[Figure]:
        return [Figure(Indicator.COMPLETION, "", "", "", Said(top, of), of)]

    assert [hidden(completed(*each)) for each in ((10, 20), (2, 20), (18, 20), (0, 20), (20, 20), (3, 4))] == [[], ["all"], ["all"], [], [], ["all"]]


def test_two_people_are_not_six_by_what_they_did_three_times(app: object) -> None:
    sums = Sums(rows=6, persons=2, before=2.4, after=4.2, before_squares=1.0, apart_squares=0.6)
    [gain] = [each for each in figures({(FactKind.GAIN, "", "", ""): sums}) if each.indicator is Indicator.GAIN]
    assert guarded([gain])[0].is_hidden


def test_factories_and_money_are_no_people() -> None:
    figures = [Figure(Indicator.FACTORIES, "", "", "", Said(2)), Figure(Indicator.COST_SHARE, "", "", "USD", Said(300, 300))]
    assert [each.is_hidden for each in guarded(figures)] == [False, False]


def test_factories_are_told_apart_only_to_whoever_sees_people(app: object, monkeypatch: pytest.MonkeyPatch) -> None:
    """They lie within tiers: two factories of a tier of which one is hidden would tell of it by subtraction."""
    world = Counted()

    def told(split: Split) -> set[str]:
        return set(reading.report(SYSTEM, [world.programme], QUARTER, [split]).of(Indicator.COMPLETION, split))

    both = {str(world.lotus.id), str(world.river.id)}
    assert (told(Split.FACTORY), told(Split.TIER)) == (both, {"intensive", "standard"})
    assert splits_for(sees_people=True).keys() == set(Split)
    monkeypatch.setattr(reading.queries, "sees_people", lambda *_who: False)
    assert set(Split) - splits_for(sees_people=False).keys() == {Split.FACTORY, Split.COUNTRY}, "what is not told is not offered"
    assert (told(Split.FACTORY), told(Split.TIER)) == (set(), {"intensive", "standard"})


def test_what_files_and_programs_read_does_not_depend_on_the_order_of_a_sum() -> None:
    one, other = Said(0.3, 2, 0.16783530554549358, 0.43, -1e-17), Said(0.1 + 0.2, 2, 0.1678353055454936, 0.43, 0.0)
    assert one != other
    assert str(rounded(one)) == str(rounded(other)) == str(Said(0.3, 2, 0.167835, 0.43, 0.0))
