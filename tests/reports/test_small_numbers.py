"""Who reads figures of people but may not see the people learns nothing of fewer than five."""

from app.reports.rules.figures import Figure, Indicator, Said, guarded


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


def test_factories_and_money_are_no_people() -> None:
    figures = [Figure(Indicator.FACTORIES, "", "", "", Said(2)), Figure(Indicator.COST_SHARE, "", "", "USD", Said(300, 300))]
    assert [each.is_hidden for each in guarded(figures)] == [False, False]
