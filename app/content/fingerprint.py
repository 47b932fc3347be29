"""Whether two contents are the same."""

import hashlib
import json
from typing import Any

from app.content.read import Course
from app.quizzes.gift import to_gift


def fingerprint(course: Course) -> str:
    """SHA-256 of what a learner can see or is graded by, as hexadecimal text.

    Order of keys, line ends, comments and the place on disk do not count; every word, weight and picture does.
    """
    form = json.dumps(_canonical(course), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(form.encode()).hexdigest()


def _canonical(course: Course) -> dict[str, Any]:
    return {
        "facts": course.facts.model_dump(mode="json"),
        "lessons": {f"{each.locale}/{each.unit}": each.markdown.strip() for each in course.lessons},
        "quizzes": {f"{each.locale}/{each.unit}": to_gift(each.bank.questions) for each in course.quizzes},
        "media": {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in course.media},
    }
