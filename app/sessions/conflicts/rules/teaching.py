"""Trainers and interpreters."""

from collections.abc import Iterator

from app.sessions.conflicts.rules.asked import HalfDayAsked, Proposal
from app.sessions.conflicts.rules.found import Conflict, Kind
from app.sessions.conflicts.rules.known import Known
from app.sessions.conflicts.rules.saying import at_once, clash
from app.sessions.conflicts.rules.times import days_of

Found = Iterator[Conflict]


def busy(proposal: Proposal, known: Known, half_day: HalfDayAsked) -> Found:
    """A trainer teaches elsewhere at the time."""
    for number in sorted(proposal.trainer_ids):
        for other in at_once(half_day, known.teaching.get(number, ())):
            yield clash(Kind.TRAINER_BUSY, half_day, number, other, who=_called(known, number))


def away(proposal: Proposal, known: Known, half_day: HalfDayAsked) -> Found:
    """A trainer is on leave that day, by the calendar where the half-day is. Nothing says why."""
    days = days_of(half_day, half_day.zone)
    for number in sorted(proposal.trainer_ids & known.teachers.keys()):
        spans = known.teachers[number].away
        away = [day for day in days if any(first <= day <= last for first, last in spans)]
        if away:
            yield clash(Kind.TRAINER_AWAY, half_day, number, day=away[0], who=_called(known, number))


def unqualified(proposal: Proposal, known: Known, half_day: HalfDayAsked) -> Found:
    """The programme says who may teach the course, and the trainer is not among them that day."""
    if known.qualified is None:
        return
    [day, *_] = days_of(half_day, half_day.zone)
    for number in sorted(proposal.trainer_ids):
        first, last = known.qualified.get(number, (None, None))
        if first is None or day < first or (last is not None and last < day):
            yield clash(Kind.TRAINER_UNQUALIFIED, half_day, number, who=_called(known, number))


def speechless(proposal: Proposal, known: Known, half_day: HalfDayAsked) -> Found:
    """No trainer speaks the language of the half-day, and nobody interprets into it.

    One trainer who speaks it is enough; so is one of whom nothing is known.
    """
    teachers = [(number, known.teachers.get(number)) for number in sorted(proposal.trainer_ids)]
    spoken = [teacher.languages if teacher else None for _number, teacher in teachers]
    helped = any(half_day.language in known.interpreters[each].languages for each in _interpreters(known, half_day))
    if helped or any(languages is None or half_day.language in languages for languages in spoken):
        return
    for number, _teacher in teachers:
        subject, who = f"{number} {half_day.language}", _called(known, number)
        yield clash(Kind.TRAINER_LANGUAGE, half_day, subject, who=who, language=half_day.language)


def interpreters(_proposal: Proposal, known: Known, half_day: HalfDayAsked) -> Found:
    """An interpreter works elsewhere at the time, or does not speak the language."""
    for number in _interpreters(known, half_day):
        who = known.interpreters[number]
        for other in at_once(half_day, known.interpreting.get(number, ())):
            yield clash(Kind.INTERPRETER_BUSY, half_day, number, other, who=who.name)
        if half_day.language not in who.languages:
            subject = f"{number} {half_day.language}"
            yield clash(Kind.INTERPRETER_LANGUAGE, half_day, subject, who=who.name, language=half_day.language)


def _interpreters(known: Known, half_day: HalfDayAsked) -> list[int]:
    return sorted(half_day.interpreter_ids & known.interpreters.keys())


def _called(known: Known, number: int) -> str:
    teacher = known.teachers.get(number)
    return teacher.name if teacher else ""
