"""Nothing undocumented: settings, permissions, events and commands stand in the docs as they stand in the code."""

import re
from pathlib import Path

from flask import Flask

from app import wiring
from app.access.permissions import Permission
from app.access.roles import ROLE_PERMISSIONS
from app.platform.config import documented

DOCS = Path(__file__).resolve().parents[2] / "docs"


def test_settings() -> None:
    text = (DOCS / "settings.md").read_text(encoding="utf-8")
    rows = [f"| `{name}` | {f'`{default}`' if default else ''} | {meaning} |" for name, default, meaning in documented()]
    assert [row for row in rows if row not in text] == []
    assert set(re.findall(r"^\| `(SEAMWISE_\w+)`", text, re.MULTILINE)) == {name for name, _, _ in documented()}


def test_permissions() -> None:
    text = (DOCS / "permissions.md").read_text(encoding="utf-8")
    rows = [_permission_row(permission) for permission in sorted(Permission)]
    assert [row for row in rows if row not in text] == []
    assert re.findall(r"^\| `([a-z-]+:[a-z-]+:[a-z-]+)`", text, re.MULTILINE) == sorted(Permission)


def _permission_row(permission: Permission) -> str:
    holders = ", ".join(role.value for role, held in ROLE_PERMISSIONS.items() if permission in held)
    return f"| `{permission.value}` | {permission.description} | {holders} |"


def test_events() -> None:
    text = (DOCS / "architecture.md").read_text(encoding="utf-8")
    for event, handlers in wiring.ON.items():
        names = [f"{handler.__module__.split('.')[1]}.{handler.__name__}" for handler in handlers]
        assert f"| `{event.__name__}` | {', '.join(f'`{name}`' for name in names)} |" in text


def test_commands(shared_app: Flask) -> None:
    text = (DOCS / "commands.md").read_text(encoding="utf-8")
    rows = [
        f"| `{f'flask {name} {sub}'.strip()}` | {_first_paragraph(command.help or '')} |"
        for name, group in shared_app.cli.commands.items()
        for sub, command in getattr(group, "commands", {"": group}).items()
    ]
    assert re.findall(r"^\| `flask .*", text, re.MULTILINE) == sorted(rows)


def _first_paragraph(text: str) -> str:
    return " ".join(text.partition("\n\n")[0].split())
