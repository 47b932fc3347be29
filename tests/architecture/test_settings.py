"""Production starts with safe settings or says every reason why not."""

import pytest

from app import boot
from app.platform import config
from app.platform.config import Settings, SettingsError
from tests.faults.processes import Hatchery, outside

KEY = "k7Qp2mXv9LrT4sWz8Yb3Nc6Hd1Jf5Ga0"
SAFE = {
    "secret_key": KEY, "trusted_hosts": ("seamwise.example",), "base_url": "https://seamwise.example",
    "mail_sender": "training@seamwise.example",
}


def test_safe_settings_have_nothing_to_say() -> None:
    assert config.unsafe(Settings(**SAFE)) == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("secret_key", ""), ("secret_key", "dev"), ("secret_key", "a" * 64), ("old_secret_keys", ("secret",)),
        ("trusted_hosts", ()), ("trusted_hosts", ("*",)), ("base_url", "http://seamwise.example"),
        ("mail_transport", "outbox"), ("mail_sender", "training@localhost"), ("env", "prod"),
    ],
)
def test_each_unsafe_setting_is_named(name: str, value: object) -> None:
    [reason] = config.unsafe(Settings(**{**SAFE, name: value}))
    assert f"SEAMWISE_{name.upper()}" in reason


def test_mail_to_another_machine_is_encrypted() -> None:
    plain = {**SAFE, "smtp_security": "plain"}
    assert config.unsafe(Settings(**plain, smtp_host="127.0.0.1")) == []
    assert "SEAMWISE_SMTP_SECURITY" in config.unsafe(Settings(**plain, smtp_host="mail.example"))[0]


def test_debug_and_old_sqlite_stop_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FLASK_DEBUG", "1")
    monkeypatch.setattr(boot.engine, "sqlite_is_safe", lambda: False)
    with pytest.raises(SettingsError) as refused:
        boot.refuse_unsafe(Settings(**SAFE))
    assert len(refused.value.args) == 2


def test_unknown_and_unreadable_settings_are_named() -> None:
    with pytest.raises(SettingsError) as refused:
        config.read({"SEAMWISE_SMPT_HOST": "x", "SEAMWISE_SMTP_PORT": "twenty", "OTHER": "1"})
    assert [word for reason in refused.value.args for word in reason.split() if word.startswith("SEAMWISE_")] == [
        "SEAMWISE_SMPT_HOST", "SEAMWISE_SMTP_PORT",
    ]


@pytest.mark.slow
def test_the_process_says_every_reason_and_ends(hatchery: Hatchery) -> None:
    ended = hatchery.hatch({"environ": outside() | {"FLASK_APP": "wsgi.py"}, "flask": ["jobs", "work", "--once"]})
    assert ended.code == 2
    assert len([line for line in ended.told if line.startswith("- ")]) == 4
    assert "SEAMWISE_SECRET_KEY" in "".join(ended.told)
