"""Which factory needs most: small cases that can be checked by hand."""

from datetime import date, timedelta

from app.coverage.portfolio.rules import Open, Reason, Why, risk

DAY = date(2026, 11, 26)


def test_reasons_in_words() -> None:
    found = [Open("CH", "high", 2), Open("CH", "low", 4), Open("OS", None, 1)]
    made = risk(found, 5, 12, DAY - timedelta(days=220), DAY)
    assert made.reasons == (
        Reason(Why.FINDINGS, 2, theme="CH", severity="high"), Reason(Why.FINDINGS, 1, theme="OS"),
        Reason(Why.UNCOVERED, 5, 12), Reason(Why.SINCE, 7),
    )  # fmt: skip
    assert round(made.score, 2) == round((1 + 8 + 4 + 2) * 5 / 12 * (1 + 7 / 12), 2)


def test_nobody_uncovered_is_no_risk() -> None:
    assert risk([Open("CH", "critical", 9)], 0, 12, None, DAY).score == 0
    assert risk([], 3, 0, None, DAY).reasons == ()


def test_more_of_each_is_more() -> None:
    base = risk([], 5, 12, DAY, DAY).score
    assert base < risk([Open("CH", "low", 1)], 5, 12, DAY, DAY).score < risk([Open("CH", "high", 1)], 5, 12, DAY, DAY).score
    assert base < risk([], 6, 12, DAY, DAY).score
    assert base < risk([], 5, 12, DAY - timedelta(days=400), DAY).score < risk([], 5, 12, None, DAY).score
    assert risk([], 5, 12, None, DAY).reasons[-1] == Reason(Why.NEVER)
