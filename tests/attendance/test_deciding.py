"""What counts of a log: by what the marks say, never by when they arrived."""

from dataclasses import replace
from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from app.attendance.rules import Evidence, Mark, Said, decide

PRESENT, LATE, ABSENT = Mark.PRESENT, Mark.LATE, Mark.ABSENT


def said(mark_id: str, mark: Mark = PRESENT, evidence: Evidence = Evidence.ROLL_CALL, marker: str = "account:1", counter: int = 1, seen: str = "", person: int = 1, minutes: int | None = None) -> Said:
    return Said(mark_id, person, mark, evidence.strength, marker, counter, frozenset(seen), minutes)


@st.composite
def logs(draw: st.DrawFn) -> list[Said]:
    ids = draw(st.lists(st.sampled_from("abcdefgh"), min_size=1, max_size=6, unique=True))
    return [
        said(
            mark_id, draw(st.sampled_from(Mark)), draw(st.sampled_from(Evidence)), draw(st.sampled_from(["account:1", "kit:a", "kit:b", "room:5"])),
            draw(st.integers(1, 3)), "".join(draw(st.sets(st.sampled_from(ids), max_size=2))), draw(st.integers(1, 2)),
        )
        for mark_id in ids
    ]


@given(logs(), st.randoms(use_true_random=False))
def test_neither_the_order_nor_a_repeat_changes_what_counts(log: list[Said], random: object) -> None:
    first = decide(log)
    again = [*log, *random.choices(log, k=3)]
    random.shuffle(again)
    assert decide(again).counts == first.counts and decide(again).is_disputed == first.is_disputed
    assert first.counts in log and first.standing[0] == first.counts


def test_nothing_said_is_nothing_decided() -> None:
    assert decide([]) is None


def test_within_one_device_the_later_count_wins_however_weak() -> None:
    first, second = said("z", PRESENT, marker="kit:a"), said("a", ABSENT, Evidence.SIGNED_SHEET, marker="kit:a", counter=2)
    decided = decide([first, second])
    assert decided.counts == second and not decided.is_disputed


def test_between_people_the_stronger_evidence_counts_and_both_are_shown() -> None:
    own, trainer = said("z", PRESENT, Evidence.SELF_CHECK_IN, "person:1"), said("a", ABSENT)
    decided = decide([own, trainer])
    assert decided.counts == trainer and decided.is_disputed and set(decided.standing) == {own, trainer}
    assert not decide([own, said("a", PRESENT)]).is_disputed


def test_between_equals_the_id_decides() -> None:
    both = said("b", LATE, marker="kit:a"), said("c", ABSENT, marker="kit:b")
    assert decide(both).counts.mark_id == "c" and decide(both).is_disputed


def test_who_had_a_mark_in_view_replaces_it_unless_it_was_known_better() -> None:
    first = said("a", PRESENT)
    assert decide([first, said("b", ABSENT, marker="account:2", seen="a")]).standing == [said("b", ABSENT, marker="account:2", seen="a")]
    weaker = said("b", ABSENT, Evidence.ROOM_JOIN, "account:2", seen="a")
    assert decide([first, weaker]).counts == first and decide([first, weaker]).is_disputed


def test_a_filler_gives_way_to_any_word_and_is_no_dispute() -> None:
    filler = said("z", ABSENT, Evidence.AUTOMATIC, "-")
    decided = decide([filler, said("a", PRESENT, Evidence.SELF_CHECK_IN, "person:1")])
    assert decided.counts.mark is PRESENT and not decided.is_disputed
    assert decide([filler]).counts == filler


def test_of_two_entries_that_are_one_person_the_one_that_attended_counts() -> None:
    for first, second in permutations(("a", "b")):
        log = [said(first, ABSENT), said(second, PRESENT, person=2)]
        assert decide(log).counts.mark is PRESENT


def test_two_that_claim_to_have_seen_each_other_do_not_vanish() -> None:
    log = [said("a", PRESENT, marker="kit:a", seen="b"), said("b", ABSENT, marker="kit:b", seen="a")]
    assert decide(log).counts.mark_id == "b" and decide(log).is_disputed


def test_the_minutes_of_a_room_do_not_dispute_with_whoever_saw_the_mark_without_them() -> None:
    mark, echo = said("a"), said("b", marker="room:5", seen="a", minutes=95)
    assert decide([mark, echo]).counts == echo
    other = said("c", ABSENT, marker="kit:a", seen="a")
    decided = decide([mark, echo, other])
    assert decided.counts == other and not decided.is_disputed
    later = said("c", ABSENT, counter=2)
    assert decide([mark, echo, later]).standing == [later]
    twice = said("d", marker="room:5", counter=2, seen="b", minutes=100)
    assert decide([mark, echo, twice, other]).standing == [other]
    assert decide([mark, echo, twice, said("c", ABSENT, marker="kit:a", seen="b")]).standing == [said("c", ABSENT, marker="kit:a", seen="b")]
    assert decide([mark, echo, said("c", marker="kit:a", seen="a"), said("e", ABSENT, marker="kit:b", seen="c")]).counts.mark is ABSENT
    assert not decide([mark, echo, said("c", marker="kit:a", seen="a"), said("e", ABSENT, marker="kit:b", seen="c")]).is_disputed


def test_the_minutes_of_a_room_stay_with_whoever_says_the_same_and_dispute_with_whoever_knew_of_nothing() -> None:
    mark, echo = said("a"), said("b", marker="room:5", seen="a", minutes=95)
    decided = decide([mark, echo, said("c", marker="kit:a", seen="a")])
    assert decided.counts == echo and not decided.is_disputed
    assert decide([mark, echo, said("c", ABSENT, marker="kit:a")]).is_disputed
    assert decide([mark, echo, said("c", ABSENT, Evidence.ROOM_JOIN, "account:2", seen="a")]).counts == echo


@given(logs(), logs(), st.sampled_from("Az"))
def test_the_minutes_of_a_room_never_change_which_mark_counts_nor_whether_it_is_disputed(log: list[Said], later: list[Said], echo_id: str) -> None:
    log = [each for each in log if not each.is_echo]
    later = [replace(each, mark_id=each.mark_id + "2") for each in later if not each.is_echo]
    before = decide(log)
    if before is None or before.is_disputed or not before.counts.strength:
        return
    original = before.counts
    echo = Said(echo_id, original.person_id, original.mark, original.strength, "room:5", 1, frozenset({original.mark_id}), 95)
    without, within = decide([*log, *later]), decide([*log, *later, echo])
    assert (within.counts.mark, within.counts.strength, within.is_disputed) == (without.counts.mark, without.counts.strength, without.is_disputed)
    assert decide([*log, echo]).counts == echo
