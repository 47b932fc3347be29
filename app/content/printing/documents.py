"""What stands on the papers of a course, as blocks."""

import json
from collections.abc import Iterator, Mapping
from enum import StrEnum
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from app.content.places import FileKind
from app.content.printing.blocks import Block, markdown_blocks, runs, table
from app.content.read import Course
from app.content.schema import SOURCE_LOCALE, Layout, UnitFacts
from app.courses.rules import AttendanceBy, UnitKind
from app.platform.documents.scripts import RIGHT_TO_LEFT, language_of, script_of
from app.platform.i18n.formats import format_date, format_number, format_percent
from app.platform.i18n.texts import country_name

WORDING = Path(__file__).with_name("wording")


@lru_cache
def wording(locale: str) -> Mapping[str, Any]:
    """The fixed words of our papers; English where a language has none of its own."""
    file = WORDING / f"{language_of(locale)}.json"
    words: dict[str, Any] = json.loads((WORDING / "en.json").read_text("utf-8"))
    if file.is_file():
        words |= json.loads(file.read_text("utf-8"))
    return words


class PaperKind(StrEnum):
    """What can be printed of a course."""

    SHEET = "sheet"
    GUIDE = "guide"
    HANDOUTS = "handouts"
    FORM = "form"


class Paper:
    """The papers of one course in one language. What is not translated stands there in English."""

    def __init__(self, course: Course, locale: str, renewed_by: str = "") -> None:
        self.course, self.facts, self.locale, self.renewed_by = course, course.facts, locale, renewed_by
        self.words = wording(locale)

    @cached_property
    def title(self) -> str:
        return str(self.pick(self.facts.titles))

    def pick(self, by_locale: Mapping[str, Any]) -> Any:
        """The text in the language of the paper, or in English."""
        return by_locale.get(self.locale) or by_locale[SOURCE_LOCALE]

    def number(self, value: float) -> str:
        return format_number(value, self.locale)

    def share(self, value: float) -> str:
        return format_percent(value, self.locale)

    def of(self, kind: PaperKind, form: str = "") -> list[Block]:
        """The blocks of a paper; none when the course has no such paper."""
        match kind:
            case PaperKind.SHEET:
                return self.sheet()
            case PaperKind.GUIDE:
                return self.guide()
            case PaperKind.HANDOUTS:
                return self.handouts()
            case PaperKind.FORM:
                return self.form(form)

    def name(self, kind: PaperKind, form: str = "") -> str:
        """What a paper calls itself above the title of the course."""
        titles = next((each.titles for each in self.facts.forms if each.id == form), None)
        return str(self.pick(titles) if titles else self.words[kind])

    def sheet(self) -> list[Block]:
        """One page that says what the course is."""
        return [
            {"k": "lead", "runs": runs(self.pick(self.facts.summary))},
            {"k": "facts", "rows": list(self.in_short())},
            *self.objectives(),
            *self.unit_list(),
            self.heading(1, self.words["sources"]),
            *self.said_in(SOURCE_LOCALE, [{"k": "note", "runs": runs(" · ".join(self.facts.sources))}]),
            *self.review(),
        ]

    def guide(self) -> list[Block]:
        """Everything a trainer teaches from; no question of a test and no right answer of one."""
        return [
            {"k": "lead", "runs": runs(self.pick(self.facts.summary))},
            {"k": "facts", "rows": list(self.in_short())},
            *self.objectives(),
            {"k": "break"},
            self.heading(1, self.words["contents"]) | {"listed": False},
            {"k": "contents"},
            *self.opening(),
            *self.layouts(),
            *self.units(),
            *self.countries(),
            *self.sources(),
        ]

    def handouts(self) -> list[Block]:
        """The pages to give away, each begins on a page of its own."""
        found: list[Block] = []
        for unit in self.facts.units:
            blocks = self.text(FileKind.HANDOUT, unit.id, 1, titled=True)
            if blocks:
                found += [{"k": "break"}] if found else []
                found += [{"k": "note", "runs": runs(self.pick(unit.titles))}, *blocks]
        return found

    def form(self, name: str) -> list[Block]:
        """A form to fill in by hand, without any name."""
        file = self.course.form(name, self.locale) or self.course.form(name, SOURCE_LOCALE)
        if file is None:
            return []
        form, words = file.form, wording(file.locale)
        blocks: list[Block] = [{"k": "lead", "runs": runs(form.intro)}]
        blocks += [{"k": "callout", "blocks": [{"k": "p", "runs": runs(words["anonymous"])}]}] if form.anonymous else []
        blocks += [{"k": "blanks", "labels": [words["training"], words["place"], words["date"]]}]
        for number, item in enumerate(form.items, 1):
            options = words["agreement"] if item.scale else list(item.options or ())
            blocks.append({
                "k": "item", "number": format_number(number, file.locale), "runs": runs(item.text),
                "options": [runs(option) for option in options], "lines": item.lines or 0,
            })  # fmt: skip
        blocks += [{"k": "p", "runs": runs(form.closing)}] if form.closing else []
        return self.said_in(file.locale, blocks)

    def text(self, kind: FileKind, about: str, top: int, *, titled: bool = False) -> list[Block]:
        """A text of the course as blocks, with or without its title; nothing when there is none in either language."""
        found = self.course.text(kind, about, self.locale) or self.course.text(kind, about, SOURCE_LOCALE)
        if found is None:
            return []
        blocks = markdown_blocks(found.markdown, self.course.folder.files, top, titled=titled)
        return self.said_in(found.place.locale, blocks)

    def said_in(self, locale: str, blocks: list[Block]) -> list[Block]:
        """Blocks in another language than the paper keep their own script and direction."""
        return blocks if locale == self.locale else [{"k": "in", **language(locale), "blocks": blocks}]

    def heading(self, level: int, text: str) -> Block:
        return {"k": "heading", "level": level, "runs": runs(text)}

    def objectives(self) -> Iterator[Block]:
        yield self.heading(1, self.words["objectives"]) | {"listed": False}
        yield _bullets(self.pick(self.facts.objectives))

    def in_short(self) -> Iterator[list[str]]:
        facts, words = self.facts, self.words
        yield [words["who"], " · ".join(words[role] for role in facts.audience)]
        yield [words["length"], words["hours"].format(hours=self.number(facts.hours))]
        size = facts.group_size
        yield [words["group"], words["people"].format(least=self.number(size.min), most=self.number(size.max))]
        yield [words["modality"], " · ".join(words[modality] for modality in facts.modalities)]
        if facts.layouts:
            yield [words["timetable"], " · ".join(self.pick(layout.titles) for layout in facts.layouts)]
        yield [words["asked"], " ".join(self.asked())]
        yield [words["certificate"], self.certificate()]

    def asked(self) -> Iterator[str]:
        rule = self.facts.pass_rule
        by_minutes = rule.attendance_by is AttendanceBy.MINUTES
        yield self.words["attend_minutes" if by_minutes else "attend"].format(share=self.share(rule.attendance))
        if rule.test:
            yield self.words["score"].format(share=self.share(rule.test.share))
        if rule.evaluation:
            yield self.words["evaluation"]

    def certificate(self) -> str:
        validity = self.facts.validity
        if validity is None:
            return str(self.words["for_ever"])
        said = self.words["valid"].format(months=self.number(validity.months))
        renewed = self.words["renewed_by"].format(course=self.renewed_by) if self.renewed_by else ""
        return " · ".join(part for part in (said, renewed) if part)

    def unit_list(self) -> Iterator[Block]:
        yield self.heading(1, self.words["units"])
        rows = [[runs(self.pick(unit.titles)), runs(self.minutes(unit.minutes))] for unit in self.taught()]
        half = (len(rows) + 1) // 2
        yield {"k": "halves", "halves": [rows[:half], rows[half:]]}

    def taught(self) -> list[UnitFacts]:
        """The units that have something of their own to teach, ask or do; half-days only hold the others."""
        return [unit for unit in self.facts.units if unit.kind is not UnitKind.MEETING]

    def minutes(self, minutes: int) -> str:
        return str(self.words["minutes"].format(minutes=self.number(minutes)))

    def layouts(self) -> Iterator[Block]:
        if self.facts.layouts:
            yield self.heading(1, self.words["timetable"])
        for layout in self.facts.layouts:
            yield self.heading(2, self.pick(layout.titles))
            yield self.timetable(layout)

    def timetable(self, layout: Layout) -> Block:
        titles = {unit.id: self.pick(unit.titles) for unit in self.facts.units}
        head = [runs(self.words[name]) for name in ("sitting", "length", "content")]
        rows = [
            [
                runs(self.pick(part.titles)),
                runs(self.minutes(part.minutes)),
                runs(" · ".join(titles.get(unit, unit) for unit in part.units)),
            ]
            for part in layout.parts
        ]
        return table([head, *rows])

    def opening(self) -> Iterator[Block]:
        blocks = self.text(FileKind.GUIDE, "", 2)
        if blocks:
            yield {"k": "break"}
            yield self.heading(1, self.words["guide"])
            yield from blocks

    def units(self) -> Iterator[Block]:
        before = None
        for unit in self.taught():
            if UnitKind.QUIZ not in (unit.kind, before):
                yield {"k": "break"}
            yield from self.unit(unit)
            before = unit.kind

    def unit(self, unit: UnitFacts) -> Iterator[Block]:
        yield self.heading(1, self.pick(unit.titles))
        yield {"k": "note", "runs": runs(self.minutes(unit.minutes))}
        if unit.objectives:
            yield {"k": "p", "runs": [{"t": self.words["learner_can"], "b": True}]}
            yield _bullets(self.pick(unit.objectives))
        yield from self.text(FileKind.GUIDE, unit.id, 2)
        quiz = self.course.quiz(unit.id, SOURCE_LOCALE)
        if quiz:
            said = self.words["test"].format(questions=self.number(len(quiz.bank.questions)))
            yield {"k": "p", "runs": runs(said)}
        lesson = self.text(FileKind.TEXT, unit.id, 3)
        if lesson:
            yield self.heading(2, self.words["practice" if unit.kind is UnitKind.PRACTICE else "lesson"])
            yield from lesson

    def countries(self) -> Iterator[Block]:
        if self.course.countries:
            yield {"k": "break"}
            yield self.heading(1, self.words["country_notes"])
            yield {"k": "callout", "blocks": [{"k": "p", "runs": runs(self.words["not_advice"])}]}
        for notes in self.course.countries:
            yield self.heading(2, country_name(notes.country, self.locale))
            for note in notes.notes:
                checked = format_date(note.checked, self.locale)
                said = f"{self.words['source']}: {note.source}. {self.words['checked']}: {checked}"
                text = [{"t": f"{note.topic}: ", "b": True}, *runs(self.pick(note.text))]
                yield {"k": "p", "runs": text}
                yield {"k": "note", "runs": runs(said)}

    def sources(self) -> Iterator[Block]:
        yield self.heading(1, self.words["sources"])
        yield from self.said_in(SOURCE_LOCALE, [_bullets(self.facts.sources)])
        yield from self.review()

    def review(self) -> Iterator[Block]:
        if self.locale != SOURCE_LOCALE and self.facts.languages[self.locale].reviewed is None:
            yield {"k": "note", "runs": runs(self.words["not_reviewed"])}


def papers_of(course: Course) -> list[dict[str, Any]]:
    """Which papers a course has, as its version keeps them: kind, and for a form its id and titles."""
    has_handouts = any(text.place.kind is FileKind.HANDOUT for text in course.texts)
    kinds = [PaperKind.SHEET, PaperKind.GUIDE, *([PaperKind.HANDOUTS] if has_handouts else [])]
    forms = [{"kind": str(PaperKind.FORM), "form": form.id, "titles": dict(form.titles)} for form in course.facts.forms]
    return [*({"kind": str(kind)} for kind in kinds), *forms]


def language(locale: str) -> dict[str, Any]:
    """How a language is set: its script, and whether it runs from right to left."""
    return {"script": script_of(locale), "rtl": language_of(locale) in RIGHT_TO_LEFT}


def _bullets(sentences: tuple[str, ...]) -> Block:
    items = [[{"k": "p", "runs": runs(sentence)}] for sentence in sentences]
    return {"k": "list", "ordered": False, "start": 1, "items": items}
