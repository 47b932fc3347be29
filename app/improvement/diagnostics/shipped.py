"""The forms that ship, read once from `content/diagnostics/`. `flask content check` says what is wrong with them."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from app.improvement.diagnostics.rules import Form, Question

FOLDER = Path(__file__).resolve().parents[3] / "content" / "diagnostics"


@cache
def forms() -> Mapping[str, Form]:
    """The form of each theme that has one, by the code of the theme."""
    read = [as_form(yaml.safe_load(path.read_text("utf-8"))) for path in sorted(FOLDER.glob("*.yaml"))]
    return {form.theme: form for form in read}


def as_form(said: Mapping[str, Any]) -> Form:
    """A form as a file has it."""
    questions = (Question(each["id"], tuple(each["points"]), each["text"]) for each in said["questions"])
    return Form(said["theme"], said["version"], tuple(questions))
