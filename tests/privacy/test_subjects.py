"""Every kind of thing that the log speaks of is somebody's, or is known to be nobody's."""

import ast

from app.privacy.subjects import SUBJECTS
from tests.architecture.calls import ROOT

NOBODYS = {"course", "draft", "group", "kind", "pathway", "question", "report", "signing_key", "version"}
"""Groups span programmes, retention, courses and reports of all programmes belong to all: administrators read these entries."""
ACCOUNTS = {"account", "feed", "kit_device"}
"""Their own room knows whose they are: an account, the calendar that somebody subscribes to, the phone of a trainer."""


def said() -> set[str]:
    """Kinds in the subjects of all calls of `audit.record`."""
    kinds = set()
    for path in (ROOT / "app").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "audit.record":
                kinds |= {part.value.rstrip(":") for part in ast.walk(node.args[2]) if isinstance(part, ast.Constant) and str(part.value).endswith(":")}
    return kinds


def test_every_subject_of_the_log_has_an_owner() -> None:
    kinds = said()
    assert len(kinds) > 10
    assert kinds <= set(SUBJECTS) | NOBODYS | ACCOUNTS
    assert set(SUBJECTS) <= kinds
