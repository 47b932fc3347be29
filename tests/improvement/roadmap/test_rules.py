"""How far an action is, for any history."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.factories.rules import JobRole
from app.improvement.roadmap.rules import OPEN, ActionState, Obstacle, Reached, Step, obstacle, reached, standing

START = datetime(2026, 6, 1, tzinfo=UTC)
_STEPS = st.lists(
    st.builds(
        lambda person, role, days, is_completion: Step(person, role, START + timedelta(days=days), is_completion),
        st.integers(1, 4), st.sampled_from([None, JobRole.SUPERVISOR, JobRole.OPERATOR]), st.integers(-2, 2),
        st.booleans()),
    max_size=10)
_ROLES = st.sampled_from([(), (JobRole.SUPERVISOR,), (JobRole.SUPERVISOR, JobRole.OPERATOR)])
_PEOPLE = st.integers(1, 4)
_FAR = {ActionState.PLANNED: 0, ActionState.UNDER_WAY: 1, ActionState.TRAINED: 2}


@given(_STEPS, _ROLES, _PEOPLE)
def test_it_is_as_far_as_people_are(steps: list[Step], roles: tuple[JobRole, ...], people: int) -> None:
    counted = [each for each in steps if each.at >= START and (not roles or each.role in roles)]
    done = {each.person_id for each in counted if each.is_completion}
    found = standing(ActionState.PLANNED, people, reached(steps, roles, START))
    if len(done) >= people:
        assert found is ActionState.TRAINED
    else:
        assert found is (ActionState.UNDER_WAY if counted else ActionState.PLANNED)


@given(_STEPS, _STEPS, _ROLES, _PEOPLE)
def test_more_never_takes_it_back_and_a_withdrawal_undoes_what_it_did(
    steps: list[Step], more: list[Step], roles: tuple[JobRole, ...], people: int
) -> None:
    before = standing(ActionState.PLANNED, people, reached(steps, roles, START))
    further = standing(before, people, reached([*steps, *more], roles, START))
    assert _FAR[before] <= _FAR[further]
    assert standing(further, people, reached(steps, roles, START)) is before


@given(_STEPS, st.sampled_from(ActionState), st.one_of(st.none(), _PEOPLE))
def test_only_a_person_ends_it_and_what_is_ended_stays(
    steps: list[Step], state: ActionState, people: int | None
) -> None:
    found = standing(state, people, reached(steps, (), START))
    assert found is state if state not in OPEN else found in OPEN
    assert people is not None or state not in OPEN or found is ActionState.PLANNED


@given(st.sampled_from(ActionState), st.booleans(), st.booleans())
def test_it_is_closed_with_training_and_step_alone(state: ActionState, has_course: bool, step_is_done: bool) -> None:
    wrong = obstacle(state, has_course=has_course, step_is_done=step_is_done)
    may = state in OPEN and step_is_done and (state is ActionState.TRAINED or not has_course)
    assert (wrong is None) is may
    assert (wrong is Obstacle.ENDED) is (state not in OPEN)


def test_who_completed_has_started() -> None:
    done = Step(1, JobRole.SUPERVISOR, START, True)
    assert reached([done], (), START) == Reached(1, 1)
