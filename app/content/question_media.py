"""Pictures of questions and their options: files found by their names, as their sounds are.

`media/<quiz>.<title>.svg` is the picture of a question in every language, `media/<quiz>.<title>.<language>.svg` in one;
`media/<quiz>.<title>-<number>.svg` is that of its option of that number, from 1 on. They are shown in an attempt alone.
"""

from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

from app.content.picture_size import size_of
from app.content.places import AUDIO_SUFFIXES
from app.content.problems import Problem
from app.content.read import Course, QuizFile
from app.content.sounds import question_sounds
from app.courses.rules import belongs_to_question
from app.quizzes.frozen import Drawn, Media
from app.quizzes.gift import Choice, Question
from app.quizzes.gift.tagged import AREAS, areas_of


def question_media(course: Course, quiz: QuizFile) -> Mapping[str, Media]:
    """Sounds and pictures of a quiz in its language, by the title of the question; those without any are left out."""
    sounds, names = question_sounds(course, quiz), _names(course)
    found = {}
    for question in quiz.bank.questions:
        title = question.title or ""
        files = dict(_files(names, quiz, question))
        sizes = {number: size_of(file, course.folder.files[f"media/{file}"]) for number, file in files.items()}
        pictures = {number: Drawn(files[number], *size) for number, size in sizes.items() if size}
        if title in sounds or pictures:
            found[title] = Media(sounds.get(title, {}), pictures)
    return found


def picture_problems(course: Course) -> Iterator[Problem]:
    """Pictures that belong to no question or cannot be shown, and questions that say too little about theirs."""
    names, shown = _names(course), set[str]()
    for quiz in course.quizzes:
        source = course.quiz(quiz.unit, "en")
        areas = {each.title: areas_of(each) for each in source.bank.questions} if source else {}
        for question in quiz.bank.questions:
            files = dict(_files(names, quiz, question))
            shown |= {*files.values()}
            for message in _faults(question, 0 in files, areas.get(question.title, ())):
                yield Problem(course.folder.label(quiz.path), question.line, message)
    for file in names.values():
        label = course.folder.label(f"media/{file}")
        if file not in shown:
            yield Problem(label, 1, "no question or option has this name")
        elif size_of(file, course.folder.files[f"media/{file}"]) is None:
            yield Problem(label, 1, "the picture does not say how large it is; give <svg> a viewBox")


def _faults(question: Question, has_picture: bool, areas: tuple[int, ...]) -> Iterator[str]:
    if has_picture and not question.alt:
        yield "the question has a picture; say before it in [alt:...] what it shows"
    if question.alt and not has_picture:
        yield "[alt:...] says what a picture shows, but the question has none"
    if AREAS in question.tags and not has_picture:
        yield f"a question tagged {AREAS} has a picture with numbered areas"
    if AREAS in question.tags and not areas_of(question):
        yield f"each option of a question tagged {AREAS} begins with the number of its area, as in 2 - the stairs"
    elif areas_of(question) and areas_of(question) != areas:
        yield "the options name other areas than those in the source language"


def _files(names: Mapping[str, str], quiz: QuizFile, question: Question) -> Iterator[tuple[int, str]]:
    """The pictures of a question in a language: 0 for the question, from 1 on for its options."""
    for number in range(len(question.options) + 1 if isinstance(question, Choice) else 1):
        stem = f"{quiz.unit}.{question.title or ''}" + (f"-{number}" if number else "")
        file = names.get(f"{stem}.{quiz.locale}") or names.get(stem)
        if file:
            yield number, file


def _names(course: Course) -> dict[str, str]:
    """Names of the pictures of questions without what ends them -> the whole name."""
    names = (PurePosixPath(path) for path in course.media)
    pictures = (name for name in names if name.suffix not in AUDIO_SUFFIXES and belongs_to_question(name.name))
    return {name.stem: name.name for name in pictures}
