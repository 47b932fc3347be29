"""What changed between two lists."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from app.factories.roster import Changes, Roster, Row, compare
from app.factories.roster.choices import Choices

DAY = date(2020, 1, 2)


def _person(number: str, name: str = "", line: str | None = "1", role: str | None = "operator", sex: str = "F", joined: date | None = DAY) -> Row:
    return Row(int("".join(filter(str.isdigit, number)) or "1"), number, name or f"Name {number}", None, sex, line, role, role, None, joined)


def _roster(*rows: Row, rejected: dict[int, str | None] | None = None) -> Roster:
    return Roster("x", "accepted", Choices(country="KH"), rows=rows, rejected=rejected or {})


def _compare(old: list[Row], new: list[Row]) -> Changes:
    return compare(_roster(*old), _roster(*new))


def test_joined_left_and_unresolved() -> None:
    changes = compare(_roster(_person("01"), _person("02"), _person("03")), _roster(_person("1"), _person("4"), rejected={9: "3"}))
    assert (changes.joined, changes.left, changes.unresolved, changes.unchanged) == (("4",), ("02",), ("03",), 0)
    assert [change.employee_number for change in changes.renamed] == ["1"]


def test_promotion_is_to_supervisor_or_higher_from_a_known_role() -> None:
    old = [_person("1"), _person("2"), _person("3", role=None), _person("4", role="manager"), _person("5", role="supervisor")]
    new = [_person("1", role="supervisor"), _person("2", role="quality"), _person("3", role="supervisor"), _person("4", role="supervisor"),
           _person("5", role="indirect_supervisor")]
    changes = _compare(old, new)
    assert [change.employee_number for change in changes.promoted] == ["1", "5"]
    assert [change.employee_number for change in changes.role_changed] == ["2", "3", "4"]


def test_a_line_renamed_is_no_move() -> None:
    old = [_person(str(number), line="A") for number in range(1, 6)] + [_person("6", line="B")]
    new = [_person(str(number), line="A2") for number in range(1, 5)] + [_person("5", line="B"), _person("6", line="B")]
    changes = _compare(old, new)
    assert [(line.before, line.after, line.people) for line in changes.lines_renamed] == [("A", "A2", 4)]
    assert [change.employee_number for change in changes.moved] == ["5"]


def test_two_people_together_are_two_moves_and_an_old_line_is_no_new_name() -> None:
    pair = _compare([_person("1", line="A"), _person("2", line="A")], [_person("1", line="Z"), _person("2", line="Z")])
    assert (len(pair.moved), pair.lines_renamed) == (2, ())
    old = [_person(str(number), line="A") for number in range(1, 6)] + [_person("6", line="B")]
    merged = _compare(old, [_person(str(number), line="B") for number in range(1, 7)])
    assert (len(merged.moved), merged.lines_renamed) == (5, ())


def test_a_number_given_to_somebody_else() -> None:
    changes = _compare([_person("1", "Sem Chenda")], [_person("1", "Seng Dara", line="9", role="manager", sex="M", joined=date(2026, 1, 1))])
    assert [(change.before, change.after) for change in changes.number_reused] == [("Sem Chenda", "Seng Dara")]
    assert not (changes.moved or changes.promoted or changes.renamed or changes.joined or changes.left or changes.unchanged)
    assert not _compare([_person("1", "A")], [_person("1", "B", sex="M")]).number_reused


def test_renumbering_only_when_one_pair_fits() -> None:
    one = _compare([_person("1", "Keo")], [_person("99", "KEO")])
    assert [(pair.before, pair.after, pair.name) for pair in one.possible_renumbering] == [("1", "99", "KEO")]
    assert (one.joined, one.left) == (("99",), ("1",))
    assert not _compare([_person("1", "Keo"), _person("2", "Keo")], [_person("99", "Keo")]).possible_renumbering
    assert not _compare([_person("1", "Keo", joined=None)], [_person("99", "Keo", joined=None)]).possible_renumbering


_PEOPLE = st.lists(
    st.builds(_person, st.integers(1, 30).map(str), st.sampled_from(["A", "B"]), st.sampled_from(["1", "2", None]),
              st.sampled_from(["helper", "supervisor", None])),
    unique_by=lambda row: row.employee_number)


@given(_PEOPLE, _PEOPLE)
def test_everybody_is_accounted_for(old: list[Row], new: list[Row]) -> None:
    changes = _compare(old, new)
    changed = {change.employee_number for change in (*changes.moved, *changes.promoted, *changes.role_changed, *changes.renamed)}
    assert len(new) == len(changes.joined) + len(changes.number_reused) + len(changed) + changes.unchanged
    assert len(old) == len(changes.left) + len(changes.number_reused) + len(changed) + changes.unchanged
    assert _compare(old, old).unchanged == len(old)
