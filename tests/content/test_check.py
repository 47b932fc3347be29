"""Every way in which a course can be wrong, each with its file and line."""

import os
import struct
import zlib
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from app.content.check import check, checked, has_errors
from app.content.fingerprint import fingerprint
from app.content.folder import from_disk
from app.content.ledgers import stamp
from app.content.problems import Severity
from app.content.read import Course
from app.content.sounds import question_sounds
from app.content.yaml_tree import read_yaml
from app.courses.rules import Category, UnitKind
from tests.growth import assert_linear

YAML = """\
id: "fire"
version: "1"
category: osh
titles: {en: "Fire", km: "ភ្លើង"}
summary: {en: "What to do.", km: "អ្វីត្រូវធ្វើ"}
objectives: {en: ["I can leave."], km: ["ខ្ញុំអាចចេញ"]}
audience: [supervisor]
themes: [osh]
hours: 4
group_size: {min: 8, max: 25}
modalities: [in_person]
languages:
  en: {reviewed: "2026-11-20"}
  km: {reviewed: false}
validity: {months: 24}
pass_rule: {attendance: 0.8, test: {unit: "test", share: 0.6}}
sources: ["A public guide"]
review_by: "2027-11-01"
units:
  - {id: "01-exits", kind: lesson, minutes: 60, titles: {en: "Exits", km: "ច្រកចេញ"}}
  - {id: "meetings", kind: meeting, minutes: 240, titles: {en: "Half-days", km: "ពេល"}}
  - {id: "test", kind: quiz, minutes: 20, titles: {en: "Test", km: "តេស្ត"}}
"""
QUIZ = """\
// source: a public guide
// review by: 2027-11-01
::f1:: Smoke, what first? {
=Leave # Go low.
~%50%Call
~Look
}

// source: a public guide
// review by: 2027-11-01
::f2:: How many exits? {#2}
"""
KHMER = """\
::f1:: ផ្សែង? {
=ចេញ
~%50%ហៅ
~មើល
}

::f2:: ច្រក? {#2}
"""
LESSON = "# Exits\n\n## Aims\n\n- leave\n\n![exit](media/exit.svg)\n"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><!-- a door --><path d="M0 0h9"/></svg>'
LAUGHING = '<svg xmlns="http://www.w3.org/2000/svg"><path id="a0" d="M0 0"/>' + "".join(
    f'<g id="a{n}">' + f'<use href="#a{n - 1}"/>' * 10 + "</g>" for n in range(1, 12)
) + "</svg>"  # fmt: skip
NOTES = """\
country: "BD"
notes: [{topic: "Exits", text: {en: "Two."}, source: "A rule", checked: "2026-11-20", review_by: "2027-11-01"}]
"""
KHMER_LESSON = "# ច្រកចេញ\n\n## គោលបំណង\n\n- ចេញ\n"
EXPECTED = ("not yet reviewed", "has changed since it was translated")
Change = Callable[[Path], None]


def make(folder: Path) -> Path:
    course = folder / "fire"
    files = {
        "course.yaml": YAML,
        "en/01-exits.md": LESSON,
        "en/test.gift": QUIZ,
        "km/01-exits.md": KHMER_LESSON,
        "km/test.gift": KHMER,
        "media/exit.svg": SVG,
    }
    for name, text in files.items():
        (course / name).parent.mkdir(parents=True, exist_ok=True)
        (course / name).write_text(text, "utf-8")
    return course


def png(width: int, height: int) -> bytes:
    """A black picture whose header says how large it is."""
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    parts = ((b"IHDR", header), (b"IDAT", zlib.compress(b"")), (b"IEND", b""))
    chunks = (len(data).to_bytes(4) + name + data + zlib.crc32(name + data).to_bytes(4) for name, data in parts)
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def problems(course: Path) -> list[str]:
    """All but the expected warning, with paths from the course on."""
    found = [str(problem).removeprefix(f"{course}/") for problem in check(course.parent)]
    return [problem for problem in found if not any(expected in problem for expected in EXPECTED)]


def replace(name: str, old: str, new: str) -> Change:
    def change(course: Path) -> None:
        text = (course / name).read_text("utf-8")
        assert old in text
        (course / name).write_text(text.replace(old, new), "utf-8")

    return change


def write(name: str, content: str | bytes) -> Change:
    def change(course: Path) -> None:
        (course / name).parent.mkdir(exist_ok=True)
        (course / name).write_bytes(content if isinstance(content, bytes) else content.encode())

    return change


def remove(name: str) -> Change:
    return lambda course: (course / name).unlink()


def test_a_good_course_has_only_the_warning_about_its_review(tmp_path: Path) -> None:
    made = make(tmp_path)
    name, ledger = stamp(from_disk(made), "km") or ("", b"")
    (made / name).write_bytes(ledger)
    (course,), found = checked(made)
    assert isinstance(course, Course)
    assert [str(problem) for problem in found] == [
        f"{tmp_path}/fire/course.yaml:14: warning: language km: not yet reviewed"
    ]
    assert found[0].severity is Severity.WARNING
    assert not has_errors(found)
    facts = course.facts
    assert (facts.category, facts.units[0].kind, facts.review_by) == (Category.OSH, UnitKind.LESSON, date(2027, 11, 1))
    assert facts.languages["en"].reviewed == date(2026, 11, 20)
    assert course.lesson("01-exits", "en") is course.lessons[0]
    assert course.lesson("01-exits", "vi") is None
    khmer = course.quiz("test", "km")
    assert khmer
    assert khmer.bank.questions[0].title == "f1"


YAML_CASES = [
    # surprises of YAML 1.1
    ('version: "1"', "version: 1.10", "2: version: Input should be a valid string"),
    ('version: "1"', "version: 0123", "2: YAML may read 0123 as something else"),
    ('en: "Fire"', "en: no", "4: YAML may read no as something else"),
    ('en: "Fire"', "en: On", "4: YAML may read On as something else"),
    ('en: "Fire"', "en: 12:30", "4: YAML may read 12:30 as something else"),
    ("hours: 4", "hours: 1_0", "9: YAML may read 1_0 as something else"),
    ("hours: 4", "hours: 0x1F", "9: YAML may read 0x1F as something else"),
    ("hours: 4", "hours: .inf", "9: YAML may read .inf as something else"),
    ('review_by: "2027-11-01"', "review_by: 2027-11-01", "18: YAML may read 2027-11-01 as something else"),
    ('km: "ភ្លើង"', 'no: "Brann"', "4: YAML may read no as something else"),
    # shape
    ("hours: 4", 'hours: "4"', "9: hours: Input should be a valid number"),
    ("hours: 4", "hours: 0", "9: hours: Input should be greater than 0"),
    ("hours: 4", "colour: red\nhours: 4", "9: colour: Extra inputs are not permitted"),
    ("hours: 4\n", "", "1: hours: Field required"),
    ("category: osh", "category: fun", "3: category: Input should be"),
    ("themes: [osh]", "themes: [osh, fun]", "8: themes.1: Value error, fun is not a theme"),
    ("supervisor]", "supervisor, boss]", "7: audience.1: Input should be"),
    ("minutes: 60", "minutes: 0", "20: units.0.minutes: Input should be greater than or equal to 1"),
    ('id: "01-exits"', 'id: "../exits"', "20: units.0.id: String should match"),
    ("attendance: 0.8", "attendance: 80", "16: pass_rule.attendance: Input should be less than or equal to 1"),
    ("{months: 24}", "{months: soon}", "15: validity.months: Input should be a valid integer"),
    ("{reviewed: false}", "{reviewed: true}", "14: languages.km.reviewed: Value error, a day in quotes"),
    ('reviewed: "2026-11-20"', 'reviewed: "2026-02-30"', "13: languages.en.reviewed: Value error, a day in quotes"),
    ('titles: {en: "Fire", km: "ភ្លើង"}', 'titles: {km: "ភ្លើង"}', "4: titles: Value error, en is missing"),
    ('en: "Fire"', 'en: " "', "4: titles.en: String should have at least 1 character"),
    # safety
    ("hours: 4", "hours: &x 4\nmore: *x", "10: an alias (*name) is not allowed"),
    ("hours: 4", "hours: !!python/object:os.system 4", "9: YAML may read 4 as something else"),
    ("themes: [osh]", "themes: !!set {osh}", "8: a tag (!name) is not allowed"),
    ("themes: [osh]", "themes: " + "[" * 20 + "]" * 20, "8: nested too deeply"),
    ("themes: [osh]", "themes: [osh", "9: not readable as YAML"),
    ("hours: 4", "hours: 4\nhours: 5", "10: hours stands here twice"),
    ("hours: 4", "? [a]\n: 4", "9: a key has to be a word"),
    # facts that do not fit together
    ('id: "fire"', 'id: "water"', "1: id is water, but the folder is called fire"),
    ("min: 8", "min: 80", "10: group_size: min is more than max"),
    ("themes: [osh]", "themes: [osh, osh]", "8: themes: osh stands here 2 times"),
    ("kind: meeting", "kind: lesson", "19: units: exactly one has the kind meeting, here 0 have"),
    ('unit: "test"', 'unit: "exam"', "16: pass_rule: exam is not a quiz of this course"),
    ('unit: "test"', 'unit: "01-exits"', "16: pass_rule: 01-exits is not a quiz of this course"),
    ('id: "meetings"', 'id: "01-exits"', "21: unit 01-exits: the same id was given to an earlier unit"),
    ('id: "meetings"', 'id: "more"', ""),
    (', km: "ភ្លើង"', "", "4: titles: km is missing"),
    (', km: "អ្វីត្រូវធ្វើ"', "", "5: summary: km is missing"),
    (', km: "តេស្ត"', "", "22: unit test: titles: km is missing"),
    ('["ខ្ញុំអាចចេញ"]', '["ខ្ញុំ", "ខ្ញុំ"]', "6: objectives: km has 2 sentences, en has 1"),
    ("  km: {reviewed: false}\n", "", "12: the folder km is not one of the languages"),
    (
        "  km: {reviewed: false}\n",
        "  km: {reviewed: false}\n  vi: {reviewed: false}\n",
        "15: language vi: there is no folder",
    ),
]


@pytest.mark.parametrize(("old", "new", "expected"), YAML_CASES)
def test_course_yaml(tmp_path: Path, old: str, new: str, expected: str) -> None:
    course = make(tmp_path)
    replace("course.yaml", old, new)(course)
    found = problems(course)
    if expected:
        assert any(problem.startswith(f"course.yaml:{expected}") for problem in found), found
    else:
        assert found == []


FILE_CASES = [
    (remove("course.yaml"), "course.yaml:1: the file is missing"),
    (write("course.yaml", b""), "course.yaml:1: the file: Input should be an object"),
    (write("course.yaml", b"a: \xff\n"), "course.yaml:1: not UTF-8"),
    (write("course.yaml", "#" * 300_000), "course.yaml:1: larger than 256 kB"),
    (remove("en/01-exits.md"), "course.yaml:20: unit 01-exits: en/01-exits.md is missing"),
    (remove("en/test.gift"), "course.yaml:22: unit test: en/test.gift is missing"),
    (write("en/02-other.md", "# x"), "en/02-other.md:1: unknown unit 02-other"),
    (write("en/test.md", "# x"), "en/test.md:1: a unit of kind quiz has no .md file"),
    (write("en/meetings.md", "# x"), "en/meetings.md:1: a unit of kind meeting has no .md file"),
    (write("notes.txt", "x"), "notes.txt:1: does not belong here"),
    (write("vi/test.gift", QUIZ), "course.yaml:12: the folder vi is not one of the languages"),
    (write("en/01-exits.md", "x" * 70_000), "en/01-exits.md:1: larger than 64 kB"),
    (write("en/01-exits.md", " \n"), "en/01-exits.md:1: the lesson is empty"),
    (write("en/01-exits.md", b"# a\n\nb\x00"), "en/01-exits.md:3: not UTF-8, or a control character"),
    (write("en/01-exits.md", b"# a\r\n\r\n\xe9"), "en/01-exits.md:3: not UTF-8, or a control character"),
    (
        write("en/01-exits.md", "# a\n\n[x](javascript:1)"),
        "en/01-exits.md:3: this address is not allowed: javascript:1",
    ),
    (write("en/01-exits.md", "![x](http://t.example/)"), "en/01-exits.md:1: this address is not allowed"),
    (write("en/01-exits.md", "![x](media/../../etc)"), "en/01-exits.md:1: this address is not allowed"),
    (remove("media/exit.svg"), "en/01-exits.md:7: the picture media/exit.svg is missing"),
    (write("media/run.exe", "x"), "media/run.exe:1: .exe files are not allowed as media"),
    (write("media/big.png", b"x" * 2_100_000), "media/big.png:1: larger than 2000 kB"),
    (
        write("media/exit.svg", SVG.replace("<path", '<path onload="x()"')),
        "media/exit.svg:1: onload=x() is not allowed",
    ),
    (write("media/exit.svg", SVG.replace("<path", "<script>x</script><path")), "media/exit.svg:1: <script> is not"),
    (write("media/exit.svg", SVG.replace("<path", '<use href="http://e.example#a"/><path')), "media/exit.svg:1: href="),
    (write("media/exit.svg", SVG.replace("d=", 'fill="url(http://e.example)" d=')), "media/exit.svg:1: fill="),
    (write("media/exit.svg", '<!DOCTYPE svg [<!ENTITY a "b">]>' + SVG), "media/exit.svg:1: a document type"),
    (write("media/exit.svg", '<?xml-stylesheet href="https://e.example/x.css"?>' + SVG), "media/exit.svg:1: a processing"),
    (write("media/exit.svg", SVG.replace("d=", 'style="fill:red" d=')), "media/exit.svg:1: style=fill:red is not allowed"),
    (write("media/exit.svg", SVG.replace("d=", 'fill="\\75rl(https://e.example)" d=')), "media/exit.svg:1: fill="),
    (write("media/exit.svg", LAUGHING), "media/exit.svg:1: what it refers to makes it too large"),
    (write("media/exit.svg", SVG.replace("<path", '<g id="a"><use href="#a"/></g><path')), "media/exit.svg:1: what it"),
    (write("media/exit.png", png(50_000, 50_000)), "media/exit.png:1: has too many pixels; make the picture smaller"),
    (write("media/exit.png", png(9, 9)[:-20]), "media/exit.png:1: not readable as .png"),
    (write("media/đường.svg", SVG), "media/đường.svg:1: a file has a plain name of ASCII letters"),
    (write("countries/bd.yaml", NOTES.replace("BD", "IN")), "countries/bd.yaml:1: the notes on IN belong in countries/in.yaml"),
    (write("media/exit.svg", SVG.encode("utf-16")), "media/exit.svg:1: not readable as a picture"),
    (write("media/exit.svg", "<svg"), "media/exit.svg:1: not readable as a picture"),
    (replace("en/test.gift", "~Look\n}", "~\n"), "en/test.gift:3: an answer block is opened with {"),
    (replace("en/test.gift", "{#2}", "{#two}"), "en/test.gift:11: not a number: two"),
    (replace("en/test.gift", "%50%", "%45%"), "en/test.gift:5: this weight is not one"),
    (replace("en/test.gift", "::f2:: ", ""), "en/test.gift:11: the question has no ::title::"),
    (replace("en/test.gift", "::f2::", "::f1::"), "en/test.gift:11: ::f1:: is the title of an earlier question"),
    (write("en/test.gift", "Only words."), "en/test.gift:1: the quiz has no question that can be graded"),
    (replace("en/test.gift", "::f2:: How", "::f2:: [rst] How"), "en/test.gift:11: warning: unknown text format"),
    (replace("km/test.gift", "::f2::", "::f9::"), "km/test.gift:7: unlike en/test.gift line 11: the title is ::f9::"),
    (replace("km/test.gift", "~មើល\n", ""), "km/test.gift:1: unlike en/test.gift line 3: the options, their order"),
    (replace("km/test.gift", "%50%", "%25%"), "km/test.gift:1: unlike en/test.gift line 3: the options, their order"),
    (replace("km/test.gift", "{#2}", "{#3}"), "km/test.gift:7: unlike en/test.gift line 11: the options, their order"),
    (replace("km/test.gift", "{#2}", "{=2}"), "km/test.gift:7: unlike en/test.gift line 11: the kind is short"),
    (write("km/test.gift", KHMER.partition("::f2")[0]), "km/test.gift:1: 1 questions, but en has 2"),
]


@pytest.mark.parametrize(("change", "expected"), FILE_CASES, ids=[expected for _, expected in FILE_CASES])
def test_files(tmp_path: Path, change: Change, expected: str) -> None:
    course = make(tmp_path)
    change(course)
    found = problems(course)
    assert any(problem.startswith(expected) for problem in found), found


@pytest.mark.parametrize("name", ["en/01-exits.md", "media/exit.svg", "course.yaml"])
def test_links_to_other_places_are_not_followed(tmp_path: Path, name: str) -> None:
    course = make(tmp_path)
    secret = tmp_path / "secret"
    secret.write_text("SECRET: [x](javascript:1)")
    (course / name).unlink()
    (course / name).symlink_to(secret)
    found = problems(course)
    assert any(problem.startswith(f"{name}:1: ") for problem in found)
    assert "SECRET" not in str(found)


def test_a_linked_language_folder_is_not_followed(tmp_path: Path) -> None:
    course = make(tmp_path)
    (course / "km").rename(tmp_path / "elsewhere")
    (course / "km").symlink_to(tmp_path / "elsewhere")
    assert any(problem.startswith("km:1: only plain files are read, no links") for problem in problems(course))


def test_all_problems_of_all_courses_are_listed(tmp_path: Path) -> None:
    course = make(tmp_path)
    replace("course.yaml", "hours: 4", "hours: none")(course)
    replace("course.yaml", "min: 8", "min: -1")(course)
    replace("en/test.gift", "~Look", "~")(course)
    (tmp_path / "empty").mkdir()
    (tmp_path / "stray.txt").write_text("x")
    found = [str(problem).removeprefix(f"{tmp_path}/") for problem in check(tmp_path)]
    assert [problem.split(": ")[0] for problem in found] == [
        "empty/course.yaml:1",
        "fire/course.yaml:9",
        "fire/course.yaml:10",
        "stray.txt:1",
    ]
    assert [str(problem) for problem in check(tmp_path / "none")] == [f"{tmp_path}/none:1: there is no such folder"]


def test_the_fingerprint_follows_the_content_and_nothing_else(tmp_path: Path) -> None:
    def print_of(course: Path) -> str:
        (read,), _ = checked(course)
        assert isinstance(read, Course)
        return fingerprint(read)

    first = print_of(make(tmp_path / "a"))
    other = make(tmp_path / "b")
    text = (other / "course.yaml").read_text("utf-8")
    (other / "course.yaml").write_bytes(("\ufeff# a comment\n" + text).replace("\n", "\r\n").encode())
    replace("en/test.gift", "=Leave # Go low.", "// why\n=Leave#Go low.")(other)
    os.utime(other / "en/test.gift", (0, 0))
    assert print_of(other) == first
    changes = [
        replace("course.yaml", "hours: 4", "hours: 5"),
        replace("en/01-exits.md", "leave", "go"),
        replace("km/test.gift", "ហៅ", "រត់"),
        replace("en/test.gift", "%50%", "%25%"),
        replace("media/exit.svg", "h9", "h8"),
        replace("course.yaml", "pass_rule: {attendance: 0.8,", "pass_rule: {attendance: 0.8, attendance_by: minutes,"),
        replace("course.yaml", "pass_rule: {attendance: 0.8,", "pass_rule: {attendance: 0.8, present_from: 0.75,"),
        replace("course.yaml", "pass_rule: {attendance: 0.8,", "pass_rule: {attendance: 0.8, late_after: 10,"),
    ]
    for number, change in enumerate(changes):
        changed = make(tmp_path / str(number))
        change(changed)
        assert print_of(changed) != first


def test_what_a_course_does_not_say_of_attendance_is_no_part_of_its_facts(tmp_path: Path) -> None:
    (read,), _ = checked(make(tmp_path))
    assert isinstance(read, Course)
    assert set(read.facts.model_dump(mode="json")["pass_rule"]) == {"attendance", "test", "evaluation"}


def test_a_hundred_courses_are_checked(tmp_path: Path) -> None:
    lesson = LESSON + "\n\nSome words about **exits** and doors.\n" * 100
    for number in range(100):
        make(tmp_path / str(number))
        (tmp_path / str(number) / "fire").rename(tmp_path / f"c{number}")
        (tmp_path / str(number)).rmdir()
        write("en/01-exits.md", lesson)(tmp_path / f"c{number}")
    assert len(checked(tmp_path)[0]) == 100


def test_sound_is_found_by_its_name_and_published_apart_from_the_key(tmp_path: Path) -> None:
    course = make(tmp_path)
    for name in ("01-exits.en.mp3", "test.f1.km.mp3", "test.f1-2.km.mp3"):
        write(f"media/{name}", b"ID3")(course)
    assert not problems(course)
    (read,), _ = checked(course)
    assert isinstance(read, Course)
    khmer = read.quiz("test", "km")
    assert khmer
    assert question_sounds(read, khmer) == {"f1": {0: "test.f1.km.mp3", 2: "test.f1-2.km.mp3"}}


@pytest.mark.parametrize("name", ["test.f9.km.mp3", "test.f1-4.km.mp3", "01-exits.vi.mp3", "test.f1.mp3", "other.mp3"])
def test_sound_that_reads_nothing_aloud(tmp_path: Path, name: str) -> None:
    course = make(tmp_path)
    write(f"media/{name}", b"ID3")(course)
    assert problems(course) == [f"media/{name}:1: no unit, question or option has this name"]


@pytest.mark.parametrize(("part", "closing"), [("[", ""), ("- ", ""), ("? ", ""), ("{a: ", ""), ("[", "]")])
def test_yaml_that_is_too_deep_for_the_reader_is_refused_before_it_is_read(part: str, closing: str) -> None:
    def refused(text: str) -> None:
        assert read_yaml(f"hours: 4\na:\n  {text}").faults == [(3, "nested too deeply")]

    assert_linear(lambda size: part * size + closing * size, refused, 12_000)


def test_a_name_that_is_no_text_is_said_with_its_bytes(tmp_path: Path) -> None:
    course = make(tmp_path)
    (course / os.fsdecode(b"media/\xff.svg")).write_text(SVG)
    assert any(problem.startswith("media/\\xff.svg:1: a file has a plain name") for problem in problems(course))


def test_pictures_that_refer_to_each_other_are_fine(tmp_path: Path) -> None:
    course = make(tmp_path)
    shapes = '<defs><g id="q"><path d="M0 0h9"/></g></defs><use href="#q"/><use href="#q" x="9"/>'
    write("media/exit.svg", '<?xml version="1.0" encoding="UTF-8"?>' + SVG.replace("<path", f"{shapes}<path"))(course)
    write("media/small.png", png(9, 9))(course)
    assert problems(course) == []


@pytest.mark.parametrize("change", [lambda data: b"\xef\xbb\xbf" + data, lambda data: data.replace(b"\n", b"\r\n")])
def test_a_translation_is_up_to_date_when_an_editor_wrote_the_source_in_its_own_way(
    tmp_path: Path, change: Callable[[bytes], bytes]
) -> None:
    made = make(tmp_path)
    name, ledger = stamp(from_disk(made), "km") or ("", b"")
    (made / name).write_bytes(ledger)
    lesson = made / "en/01-exits.md"
    lesson.write_bytes(change(lesson.read_bytes()))
    assert not any("has changed since" in str(problem) for problem in check(made))


def test_a_pathway_is_checked_alone_against_the_courses_beside_it(tmp_path: Path) -> None:
    make(tmp_path)
    way = tmp_path / "way"
    way.mkdir()
    steps = '[{course: "fire"}, {course: "water"}]'
    (way / "pathway.yaml").write_text(
        'id: "way"\nversion: "1"\ntitles: {en: "Way"}\nsummary: {en: "All."}\naudience: [supervisor]\norder: free\n'
        f'pace: null\nreview_by: "2027-11-01"\nsteps: {steps}\n'
    )
    assert [str(problem) for problem in check(way)] == [f"{way}/pathway.yaml:9: steps: there is no course water"]


def test_separators_that_nobody_sees_do_not_move_the_lines(tmp_path: Path) -> None:
    course = make(tmp_path)
    replace("course.yaml", "What to do.", "What\u2028to do.")(course)
    replace("course.yaml", "hours: 4", "hours: none")(course)
    found = problems(course)
    assert [problem.split(": ")[0] for problem in found] == ["course.yaml:5", "course.yaml:9"]
    assert "an invisible line separator" in found[0]


@pytest.mark.parametrize("text", ['a: "b', 'a: "b\n', "a: [b", "a:\n  {b"])
def test_a_text_that_ends_too_early_is_wrong_in_a_line_that_it_has(text: str) -> None:
    (fault,) = read_yaml(text).faults
    assert 1 <= fault[0] <= text.count("\n") + 1
