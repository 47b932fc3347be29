"""Sound that reads a lesson, a question or an option aloud: files found by their names.

`media/<unit>.<language>.mp3` reads a lesson, `media/<quiz>.<title>.<language>.mp3` a question and
`media/<quiz>.<title>-<number>.<language>.mp3` its option of that number, from 1 on.
"""

from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

from app.content.places import AUDIO_SUFFIXES
from app.content.problems import Problem
from app.content.read import Course, QuizFile
from app.courses.rules import UnitKind
from app.quizzes.frozen import Sounds
from app.quizzes.gift import Choice


def question_sounds(course: Course, quiz: QuizFile) -> Mapping[str, Sounds]:
    """The sounds of a quiz in its language, by the title of the question; questions without any are left out."""
    files = _files(course)
    found = {}
    for question in quiz.bank.questions:
        parts = len(question.options) if isinstance(question, Choice) else 0
        names = {number: _stem(quiz, question.title or "", number) for number in range(parts + 1)}
        sounds = {number: files[name] for number, name in names.items() if name in files}
        if sounds:
            found[question.title or ""] = sounds
    return found


def sound_problems(course: Course) -> Iterator[Problem]:
    """Sound that reads nothing of this course aloud."""
    files = _files(course)
    lessons = {f"{unit.id}.{locale}" for unit in course.facts.units for locale in course.facts.languages
               if unit.kind in {UnitKind.LESSON, UnitKind.PRACTICE}}
    heard = {file for quiz in course.quizzes for sounds in question_sounds(course, quiz).values()
             for file in sounds.values()}
    for stem, file in files.items():
        if stem not in lessons and file not in heard:
            yield Problem(course.folder.label(f"media/{file}"), 1, "no unit, question or option has this name")


def _files(course: Course) -> dict[str, str]:
    """Names of the sound files without what ends them -> the whole name."""
    names = (PurePosixPath(path) for path in course.media)
    return {name.stem: name.name for name in names if name.suffix in AUDIO_SUFFIXES}


def _stem(quiz: QuizFile, title: str, number: int) -> str:
    return f"{quiz.unit}.{title}-{number}.{quiz.locale}" if number else f"{quiz.unit}.{title}.{quiz.locale}"
