"""Which finding counts, for any history."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.improvement.findings.rules import Effect, FindingStatus, Said, Severity, plan

_SAID = st.builds(
    lambda factory, question, severity, day, status: Said(
        factory, "OS", "OS-01", f"OS-01-Q0{question}", severity, date(2026, 1, 1) + timedelta(days=day), status),
    st.integers(1, 2), st.integers(1, 2), st.sampled_from([None, *Severity]), st.integers(0, 3),
    st.sampled_from(FindingStatus))


@given(st.lists(_SAID, max_size=8), st.lists(_SAID, max_size=8))
def test_nothing_is_written_twice_and_the_latest_day_is_reached(before: list[Said], listed: list[Said]) -> None:
    known: dict[tuple[int, str], list[Said]] = {}
    for said in before:
        known.setdefault(said.key, []).append(said)
    decided = plan(listed, known)
    assert len(decided) == len(listed)
    fresh = [said for said, effect in decided if effect is not Effect.KNOWN]
    assert len(set(fresh)) == len(fresh) and not set(fresh) & set(before)
    for key in {said.key for said in listed}:
        days = [said.assessed_on for said in (*before, *listed) if said.key == key]
        written = [said.assessed_on for said in (*before, *fresh) if said.key == key]
        assert max(days) == max(written)
        effects = [effect for said, effect in decided if said.key == key]
        assert effects.count(Effect.NEW) == (0 if key in known else 1)


@given(st.lists(_SAID, max_size=8))
def test_the_same_file_again_changes_nothing(listed: list[Said]) -> None:
    known: dict[tuple[int, str], list[Said]] = {}
    for said, effect in plan(listed, {}):
        if effect is not Effect.KNOWN:
            known.setdefault(said.key, []).append(said)
    assert {effect for _said, effect in plan(listed, known)} <= {Effect.KNOWN}
