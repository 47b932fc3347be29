"""Whether two contents are the same."""

import hashlib
import json
from typing import Any

from app.content.read import Course
from app.quizzes.gift import to_gift


def fingerprint(course: Course) -> str:
    """SHA-256 of everything that is read, taught or graded by, as hexadecimal text.

    Order of keys, line ends, comments, the place on disk and the notes on what a translation was made from do not
    count; every word, weight and picture does.
    """
    form = json.dumps(_canonical(course), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(form.encode()).hexdigest()


def _canonical(course: Course) -> dict[str, Any]:
    return {
        "facts": course.facts.model_dump(mode="json"),
        "texts": {each.path: each.markdown.strip() for each in course.texts},
        "quizzes": {each.path: to_gift(each.bank.questions) for each in course.quizzes},
        "forms": {each.path: each.form.model_dump(mode="json") for each in course.forms},
        "countries": {each.country: each.model_dump(mode="json") for each in course.countries},
        "media": {path: hashlib.sha256(course.folder.files[path]).hexdigest() for path in course.media},
    }
