"""What is left of roles when a token is narrowed."""

import re

import pytest

from app.access.actor import Actor, Grant
from app.access.permissions import Permission
from app.access.roles import Role
from app.api.tokens.rules import (
    PERMISSIONS,
    Narrowing,
    TokenScope,
    narrowed,
    offered,
    parts_of,
    permissions_of,
    text_of,
)

HOME, ABROAD = 1, 2
PROGRAMME_OF = {10: HOME, 11: HOME, 20: ABROAD}
EVERYWHERE, MANAGER = Grant(Role.ADMINISTRATOR), Grant(Role.PROGRAMME_MANAGER, HOME)
SPEAKER, HELPER, PLACELESS = Grant(Role.FOCAL_POINT, factory_id=10), Grant(Role.CHECK_IN_HELPER, training_id=5), Grant(Role.FOCAL_POINT)


@pytest.mark.parametrize(
    ("grant", "to", "left"),
    [
        (EVERYWHERE, Narrowing(HOME), [Grant(Role.ADMINISTRATOR, HOME)]),
        (EVERYWHERE, Narrowing(None, (10, 20)), [Grant(Role.ADMINISTRATOR, factory_id=10), Grant(Role.ADMINISTRATOR, factory_id=20)]),
        (MANAGER, Narrowing(HOME), [MANAGER]),
        (MANAGER, Narrowing(ABROAD), []),
        (MANAGER, Narrowing(None, (11, 20)), [Grant(Role.PROGRAMME_MANAGER, factory_id=11)]),
        (SPEAKER, Narrowing(HOME), [SPEAKER]),
        (SPEAKER, Narrowing(ABROAD), []),
        (SPEAKER, Narrowing(None, (11,)), []),
        (SPEAKER, Narrowing(HOME, (10,)), [SPEAKER]),
        (SPEAKER, Narrowing(ABROAD, (10,)), []),
        (EVERYWHERE, Narrowing(HOME, (10, 20)), [Grant(Role.ADMINISTRATOR, factory_id=10)]),
        (HELPER, Narrowing(HOME), []),
        (PLACELESS, Narrowing(HOME), []),
        (PLACELESS, Narrowing(None, (10,)), []),
    ],
)
def test_narrowed(grant: Grant, to: Narrowing, left: list[Grant]) -> None:
    assert list(narrowed([grant], to, PROGRAMME_OF)) == left


def test_a_narrowed_token_never_reaches_more() -> None:
    """Whatever it is narrowed to, what it reaches its owner reaches."""
    for grants in ([EVERYWHERE], [MANAGER], [SPEAKER], [MANAGER, SPEAKER], [HELPER], [PLACELESS]):
        whole = Actor(grants=tuple(grants)).scope(Permission.FACTORIES_READ)
        for to in (Narrowing(HOME), Narrowing(ABROAD), Narrowing(None, (10,)), Narrowing(None, (20,)), Narrowing(HOME, (10, 20))):
            cut = Actor(grants=narrowed(grants, to, PROGRAMME_OF)).scope(Permission.FACTORIES_READ)
            assert not cut.everything
            for factory, programme in PROGRAMME_OF.items():
                assert whole.reaches(programme, factory) or not cut.reaches(programme, factory)


def test_an_actor_of_a_token_may_only_what_it_says() -> None:
    actor = Actor(grants=(EVERYWHERE,), only=permissions_of([TokenScope.FACTORIES_READ]))
    assert actor.permissions == {Permission.FACTORIES_READ}
    assert actor.scope(Permission.FACTORIES_READ).everything
    assert not actor.may(Permission.COVERAGE_READ)
    assert not actor.scope(Permission.COVERAGE_READ).reaches(HOME, 10)
    assert Actor(grants=(MANAGER,), only=frozenset()).permissions == frozenset()


def test_scopes_are_offered_to_who_holds_what_they_rest_on() -> None:
    assert set(PERMISSIONS) == set(TokenScope)
    assert offered(frozenset(Permission)) == list(TokenScope)
    assert offered({Permission.COVERAGE_READ, Permission.SESSIONS_READ})[:2] == [TokenScope.SESSIONS_READ, TokenScope.COVERAGE_READ]
    assert offered(set()) == []
    assert all(re.fullmatch(r"[a-z]+:(read|write)", scope) for scope in TokenScope)


@pytest.mark.parametrize("text", ["", "swt", "swt_0_1", "swt_" + "g" * 16 + "_" + "0" * 64, "x" * 10_000, "swt_" + "0" * 16 + "_" + "0" * 65])
def test_what_is_no_token(text: str) -> None:
    assert parts_of(text) is None


def test_a_token_is_taken_apart() -> None:
    key, secret = "0" * 15 + "a", "f" * 64
    assert parts_of(text_of(key, secret)) == (key, secret)
