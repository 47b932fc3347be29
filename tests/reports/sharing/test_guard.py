"""Which steps of a sum tell nothing of its parts."""

from app.reports.sharing.partners.guard import Open, at_least, at_most, known_to, shared_out, together, unknown

FIVE = together([known_to(5, 9)] * 5)
"""Five factories, of each of which a link says five people."""


def kept_back(of: Open) -> list[int]:
    return [bound for bound in range(100) if not of.allows(bound)]


def test_a_step_near_the_least_or_the_most_is_kept_back() -> None:
    """Of 29 at least or fewer, of 41 at most or more: a factory could have one person more or fewer to get there."""
    assert Open(25, 45, 41, 29) == FIVE
    assert kept_back(FIVE) == [26, 27, 28, 29, 42, 43, 44, 45]
    assert kept_back(together([FIVE, unknown(30)])) == [*range(26, 35), *range(67, 76)], "ten values of who is in no link"


def test_what_is_kept_back_is_left_out_above_and_below() -> None:
    assert at_least(44, FIVE, 11) == (33, Open(33, 45, 41, 29)), "44 is not told, nor that there are fewer"
    assert at_most(26, FIVE, 12)[0] == 36 and at_most(26, FIVE, 14)[0] == 56


def test_what_is_told_apart_says_no_more_than_the_whole() -> None:
    assert shared_out(50, {"F": 0, "M": 0}, {"F": 50, "M": 25}) == {"F": 25, "M": 25}
