"""What of a log counts, and what never enters it."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.improvement.services.models import ServiceLog
from app.improvement.services.rules import Fault, counting, faults
from tests.make import visits


@given(st.integers(-800, 800))
def test_no_day_to_come_is_ever_taken(days: int) -> None:
    day = date(2026, 6, 1)
    wrong = faults(visits.said(held_on=day + timedelta(days=days)), day, ["OS"])
    assert (Fault.IN_FUTURE in wrong) is (days > 0)


@given(st.lists(st.tuples(st.integers(0, 5), st.booleans()), max_size=6))
def test_of_each_chain_of_corrections_one_row_counts_at_most(chain: list[tuple[int, bool]]) -> None:
    rows: list[ServiceLog] = []
    for number, (place, is_withdrawn) in enumerate(chain, 1):
        corrected = {each.corrects_id for each in rows}
        free = [each.id for each in rows if each.id not in corrected and not each.is_withdrawn]
        corrects = free[place % len(free)] if free and place else None
        rows.append(ServiceLog(id=number, corrects_id=corrects, is_withdrawn=is_withdrawn and corrects is not None))
    firsts = sum(each.corrects_id is None for each in rows)
    withdrawn = sum(each.is_withdrawn for each in rows)
    assert len(counting(rows)) == firsts - withdrawn
