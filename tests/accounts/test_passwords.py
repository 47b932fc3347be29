"""Which passwords are refused, and why. Table after ASVS 5.0, 6.2.1 to 6.2.12."""

import pytest

from app.accounts.passwords import Weakness, weakness

WEAK = {
    "eleven sign": Weakness.SHORT,
    "x" * 201: Weakness.LONG,
    "password1234": Weakness.COMMON,
    "P@ssw0rd1234": Weakness.COMMON,
    "p@$$w0rd!!!!!!": Weakness.COMMON,
    "qwertyuiop12": Weakness.COMMON,
    "poiuytrewq00": Weakness.COMMON,
    "123456789012": Weakness.COMMON,
    "aaaaaaaaaaaa": Weakness.COMMON,
    "abcabcabcabc": Weakness.COMMON,
    "iloveyou2024": Weakness.COMMON,
    "correct horse battery staple": Weakness.COMMON,
    "letmeinletmein": Weakness.COMMON,
    "seamwise2026!!": Weakness.COMMON,
    "admin-2026-admin": Weakness.COMMON,
    "Sreymom12345": Weakness.OWN_NAME,
    "hr.sunrise 2026": Weakness.OWN_NAME,
}
STRONG = ["one stitch after another", "a stitch in time", "ថ្ងៃនេះយើងរៀន", "x7#Kd0!qZ2vP", "12 buttons 34 holes", "we sew on mondays, rest on sundays, and every day between we count what came off the line"]


@pytest.mark.parametrize("password", WEAK)
def test_weak_passwords_are_refused(password: str) -> None:
    assert weakness(password, "hr.sunrise@factory.example", "Sreymom") is WEAK[password]


@pytest.mark.parametrize("password", STRONG)
def test_everything_else_is_taken_as_it_is(password: str) -> None:
    """No rules of composition, spaces and every script, at least 64 signs."""
    assert weakness(password, "hr.sunrise@factory.example", "Sreymom") is None
