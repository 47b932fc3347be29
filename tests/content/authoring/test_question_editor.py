"""The editor of questions: by form and as text, the same file; translations keep the structure."""

import pytest

from app.access.actor import SYSTEM
from app.access.roles import Role
from app.content.authoring import operations, queries
from app.content.authoring.models import Draft
from app.content.check import checked_folder
from app.content.publish import ContentRefused
from app.content.read import Course
from app.content.translations import outdated
from app.platform.db import db
from app.quizzes.gift import Question, parse
from tests.browse import Browse, Reply, fill
from tests.make import accounts, drafts
from tests.make.statements import counted

SECOND = "\n// a remark\n// [tag:tools] source: law\n::f2:: [plain] Which? {\n~%50%Water\n~%50%Sand\n~%-50%Oil\n}\n"
KHMER = "\n::f2:: [plain] មួយណា? {\n~%50%ទឹក\n~%50%ខ្សាច់\n~%-50%ប្រេង\n}\n"
ROWS = {
    "single": {"answers__0__text": "Leave", "answers__1__text": "Call", "answers__1__worth": "50", "answers__2__text": "Look", "answers__2__feedback": "Smoke = poison {now} #1"},
    "multiple": {"answers__0__text": "Water", "answers__1__text": "Sand", "answers__2__text": "Oil"},
    "true_false": {"correct": "false", "wrong": "No.", "right": "Yes."},
    "matching": {"pairs__0__left": "A", "pairs__0__right": "1", "pairs__1__left": "B", "pairs__1__right": "2", "pairs__2__right": "3"},
    "numeric": {"numbers__0__low": "9,5", "numbers__0__high": "10", "numbers__1__low": "9", "wrong": "Count again."},
    "short": {"answers__0__text": "exit*", "answers__1__text": "door -> way", "answers__1__worth": "50"},
    "ordering": {"things__0__text": "Stop", "things__1__text": "50% -> Call", "things__2__text": "Leave"},
    "observed": {"answers__0__text": "Aims low", "answers__1__text": "Calls"},
    "essay": {},
    "description": {},
}


@pytest.fixture
def author(browse: Browse) -> Browse:
    return browse.as_account(accounts.account(Role.PROGRAMME_MANAGER, name="Sopheap"))


@pytest.fixture
def draft(author: Browse) -> Draft:
    made = drafts.draft()
    operations.write_file(SYSTEM, made.id, "en/test.gift", (drafts.QUIZ + SECOND).encode(), seen=1)
    operations.write_translation(SYSTEM, made.id, "km/test.gift", (drafts.KHMER + KHMER).encode(), seen=1, is_current=True)
    return made


def address(draft: Draft, rest: str = "en/test") -> str:
    return f"/authoring/{draft.id}/quizzes/{rest}"


def text(draft: Draft, language: str = "en") -> str:
    db.session.expire_all()
    return queries.file(draft.id, f"{language}/test.gift").data.decode()


def questions(draft: Draft, language: str = "en") -> dict[str | None, Question]:
    bank = parse(text(draft, language))
    assert bank.is_accepted
    return {question.title: question for question in bank.questions}


def course_of(draft: Draft) -> Course:
    db.session.expire_all()
    found, _problems = checked_folder(queries.draft_folder(draft))
    assert isinstance(found, Course)
    return found


def press(author: Browse, draft: Draft, action: str, to: str = "", rest: str = "en/test") -> Reply:
    page = author.get(address(draft, rest))
    forms = [form for form in page.all("form") if action in (form.get("action") or "")]
    return author.post(forms[0].get("action") or "", {"seen": _seen(page), "to": to})


def _seen(page: Reply) -> str:
    return next(each.get("value") or "" for each in page.all("input") if each.get("name") == "seen")


def test_questions_are_shown_as_learners_see_them_with_what_each_answer_is_worth(author: Browse, draft: Draft) -> None:
    page = author.get(address(draft))
    for said in ("Smoke, what first?", "Leave Best", "Call Weak 50 %", "Look Harmful", "Go low.", "Oil Wrong -50 %", "exits: 1 of 1", "look at it again on 2027-11-01"):
        assert said in page.text


@pytest.mark.parametrize("kind", sorted(ROWS))
def test_a_question_of_every_kind_is_written_by_a_form(author: Browse, draft: Draft, kind: str) -> None:
    before = text(draft)
    page = author.get(address(draft, f"en/test/new/{kind}"))
    values = {"text": "What = {now}? ~ a\\b", "title": "f3", "tags": "tools\r\n[odd]", "source": "A guide", "review": "2027-05-01", **ROWS[kind]}
    to, data = fill(page, f"/new/{kind}", **values)
    reply = author.post(to, data)
    assert reply.status == 303 and reply.location.endswith("#question-3")
    assert text(draft).startswith(before.rstrip("\n") + "\n\n"), "the other questions keep every byte"
    made = questions(draft)["f3"]
    assert (made.type, made.text, made.tags, made.source, made.review) == (kind, "What = {now}? ~ a\\b", ("tools", "[odd]"), "A guide", "2027-05-01")
    again = author.get(address(draft, "en/test/questions/3"))
    assert author.post(*fill(again, "/questions/3")).status == 303
    assert questions(draft)["f3"] == made
    assert text(draft).startswith(before.rstrip("\n") + "\n\n")


def test_a_changed_question_leaves_the_others_and_its_remarks(author: Browse, draft: Draft) -> None:
    to, data = fill(author.get(address(draft, "en/test/questions/2")), "/questions/2", text="Which ones?")
    assert author.post(to, data).status == 303
    assert text(draft).startswith(drafts.QUIZ) and "// a remark\n" in text(draft)
    assert questions(draft)["f2"].text == "Which ones?" and questions(draft)["f2"].tags == ("tools",)


def test_the_topic_of_the_blueprint_is_chosen(author: Browse, draft: Draft) -> None:
    page = author.get(address(draft, "en/test/questions/2"))
    assert author.post(*fill(page, "/questions/2", topic="exits")).status == 303
    assert questions(draft)["f2"].tags == ("exits", "tools")
    page = author.get(address(draft, "en/test/questions/2"))
    assert author.post(*fill(page, "/questions/2", topic="")).status == 303
    assert questions(draft)["f2"].tags == ("tools",)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"text": ""}, "Write the question."),
        ({"title": ""}, "Write a title."),
        ({"title": "f2"}, "Another question of this quiz has this title."),
        ({"answers__0__worth": "50"}, "No answer gives full points."),
        ({"answers__1__text": "", "answers__2__text": ""}, "Write more answers"),
        ({"answers__2__text": "", "answers__2__feedback": "Why"}, "explanation for an answer that is not written"),
        ({"answers__0__text": "x" * 2001}, "too long"),
        ({"answers__0__worth": "77"}, "Choose one of the list."),
        ({"source": "[tag:x]"}, "cannot keep this"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_saved(author: Browse, draft: Draft, values: dict[str, str], said: str) -> None:
    before = text(draft)
    to, data = fill(author.get(address(draft, "en/test/questions/1")), "/questions/1", **values)
    reply = author.post(to, data)
    assert reply.status == 422 and said in reply.text
    assert text(draft) == before


def test_control_characters_and_formulas_are_text(author: Browse, draft: Draft) -> None:
    to, data = fill(author.get(address(draft, "en/test/questions/1")), "/questions/1", text="=SUM(A1)\x07 $CATEGORY: {x} //", answers__0__text="@cmd|'/C calc'!A0")
    assert author.post(to, data).status == 303
    assert questions(draft)["f1"].text == "=SUM(A1) $CATEGORY: {x} //"
    assert len(questions(draft)) == 2
    page = author.get(address(draft))
    assert "=SUM(A1)" in page.text and "@cmd|'/C calc'!A0" in page.text


def test_moving_renaming_and_taking_away_go_through_all_languages(author: Browse, draft: Draft) -> None:
    assert press(author, draft, "/questions/1/position", "later").status == 303
    assert list(questions(draft)) == list(questions(draft, "km")) == ["f2", "f1"]
    to, data = fill(author.get(address(draft, "en/test/questions/2")), "/questions/2", title="smoke")
    assert author.post(to, data).status == 303
    assert list(questions(draft)) == list(questions(draft, "km")) == ["f2", "smoke"]
    assert "en/test.gift" not in outdated(course_of(draft), "km"), "no word of the source has changed"
    assert press(author, draft, "/questions/1/removal").status == 303
    assert list(questions(draft)) == list(questions(draft, "km")) == ["smoke"]
    to, data = fill(author.get(address(draft, "en/test/questions/1")), "/questions/1", text="Smoke! What now?")
    assert author.post(to, data).status == 303
    assert "en/test.gift" in outdated(course_of(draft), "km")
    assert author.post(address(draft, "en/test/questions/9/position"), {"seen": "9", "to": "later"}).status == 404
    assert author.post(address(draft, "en/test/questions/1/removal"), {"seen": "1"}).status == 409
    assert author.post(address(draft, "en/test/questions/9"), {"seen": "9", "kind": "essay", "text": "x", "title": "y"}).status == 404


def test_whoever_was_slower_keeps_what_was_typed_where_the_question_is_now(author: Browse, draft: Draft) -> None:
    to, data = fill(author.get(address(draft, "en/test/questions/2")), "/questions/2", text="Mine?")
    theirs = SECOND.replace("Which?", "Theirs?").lstrip()
    operations.write_file(drafts.author(name="Dara"), draft.id, "en/test.gift", theirs.encode(), seen=2)
    reply = author.post(to, data)
    assert reply.status == 409 and "Dara changed this meanwhile" in reply.text
    assert "Theirs?" in reply.text and "Mine?" in reply.text
    to, data = fill(reply, "/questions/1")
    assert author.post(to, data).status == 303
    assert [(title, each.text) for title, each in questions(draft).items()] == [("f2", "Mine?")]


def test_a_question_that_was_taken_away_meanwhile_is_added(author: Browse, draft: Draft) -> None:
    to, data = fill(author.get(address(draft, "en/test/questions/2")), "/questions/2", text="Mine?")
    operations.write_file(SYSTEM, draft.id, "en/test.gift", drafts.QUIZ.encode(), seen=2)
    reply = author.post(to, data)
    assert reply.status == 409 and "took this question away meanwhile" in reply.text
    assert author.post(*fill(reply, "/new/multiple")).status == 303
    assert [*questions(draft)] == ["f1", "f2"]


def test_as_text_with_its_questions_and_what_is_wrong(author: Browse, draft: Draft) -> None:
    page = author.get(address(draft, "en/test/text"))
    assert "2 questions" in page.text and "Nothing is wrong" not in page.text
    bad = drafts.QUIZ + "\n::f3:: x {\n\n::f4:: y {=a ~b \x07}\n\n::f1:: again {T} \n\n<script>alert(1)</script> {=<b>x</b>}\n"
    fragment = author.htmx(address(draft, "en/test/preview"), {"text": bad, "seen": "2"})
    for said in ("en/test.gift:10", "never closed", "en/test.gift:12", "control character", "cannot be read"):
        assert said in fragment.text
    assert not fragment.all("script")
    shown = author.post(address(draft, "en/test/preview"), {"text": bad, "seen": "2"})
    assert shown.status == 200 and "Nothing is saved yet." in shown.text
    assert "::f3::" not in text(draft)
    to, data = fill(page, "/text", text=bad)
    assert author.post(to, data).status == 303
    page = author.get(address(draft))
    assert "This question cannot be read." in page.text and "en/test.gift:10" in page.text
    assert author.get(address(draft, "en/test/questions/2")).status == 404
    with pytest.raises(ContentRefused):
        operations.publish_draft(SYSTEM, draft.id, "No.")


def test_text_that_somebody_else_changed_meanwhile(author: Browse, draft: Draft) -> None:
    to, data = fill(author.get(address(draft, "en/test/text")), "/text", text="::mine:: x {T}")
    operations.write_file(drafts.author(name="Dara"), draft.id, "en/test.gift", b"::theirs:: x {T}\n", seen=2)
    reply = author.post(to, data)
    assert reply.status == 409 and "::theirs::" in reply.text and "::mine::" in reply.text
    assert author.post(*fill(reply, "/text")).status == 303
    assert [*questions(draft)] == ["mine"]


def test_a_translation_has_the_structure_of_the_source(author: Browse, draft: Draft) -> None:
    page = author.get(address(draft, "km/test"))
    assert "Smoke, what first?" in page.text and "ផ្សែង?" in page.text
    assert not [form for form in page.all("form") if "position" in (form.get("action") or "")]
    assert author.get(address(draft, "km/test/new/single")).status == 404
    page = author.get(address(draft, "km/test/questions/2"))
    names = {each.get("name") for tag in ("input", "textarea", "select") for each in page.all(tag)}
    assert not {"title", "tags", "answers-0-worth"} & names
    assert all(each.get("lang") == "km" for each in page.all("textarea"))
    to, data = fill(page, "/questions/2", answers__0__text="ទឹកត្រជាក់")
    data.setlist("answers-0-worth", ["100"])
    data.setlist("title", ["other"])
    assert author.post(to, data).status == 303
    made = questions(draft, "km")["f2"]
    first = made.options[0]
    assert (first.words.text, first.fraction) == ("ទឹកត្រជាក់", 50)
    assert text(draft, "km").startswith(drafts.KHMER)


def test_a_new_language_is_translated_question_by_question(author: Browse, draft: Draft) -> None:
    yaml = drafts.YAML.replace("  km: {reviewed: false}", "  km: {reviewed: false}\n  ar: {reviewed: false}")
    operations.write_file(SYSTEM, draft.id, "course.yaml", yaml.encode(), seen=1)
    page = author.get(address(draft, "ar/test"))
    assert page.text.count("Not yet translated.") == 2
    for number, values in ((2, {"text": "أي منها؟", "answers__0__text": "ماء", "answers__1__text": "رمل", "answers__2__text": "زيت"}), (1, {"text": "دخان", "answers__0__text": "غادر", "answers__1__text": "اتصل", "answers__2__text": "انظر"})):
        page = author.get(address(draft, f"ar/test/questions/{number}"))
        assert all((each.get("lang"), each.get("dir")) == ("ar", "rtl") for each in page.all("textarea"))
        reply = author.post(*fill(page, f"/questions/{number}", text=values["text"]))
        assert reply.status == 422 and "Write every text" in reply.text
        assert author.post(*fill(page, f"/questions/{number}", **values)).status == 303
    assert [*questions(draft, "ar")] == ["f1", "f2"], "in the order of the source"
    assert not [each for each in checked_folder(queries.draft_folder(draft))[1] if each.file == "ar/test.gift"]
    assert "en/test.gift" not in outdated(course_of(draft), "ar")


def test_a_translation_that_is_unlike_its_source_is_marked_and_mended(author: Browse, draft: Draft) -> None:
    to, data = fill(author.get(address(draft, "en/test/questions/1")), "/questions/1", answers__3__text="Hide", answers__3__worth="0")
    assert author.post(to, data).status == 303
    assert "unlike the English one" in author.get(address(draft, "km/test")).text
    page = author.get(address(draft, "km/test/questions/1"))
    values = {f"answers__{number}__text": f"ក{number}" for number in range(4)}
    assert author.post(*fill(page, "/questions/1", **values)).status == 303
    assert "unlike the English one" not in author.get(address(draft, "km/test")).text
    assert "en/test.gift" in outdated(course_of(draft), "km"), "the other questions were not looked at"
    page = author.get(address(draft, "km/test"))
    assert "The English text has changed since" in page.text
    assert author.post(address(draft, "km/test/match"), {"seen": "1"}).status == 409
    assert author.post(*fill(page, "/km/test/match")).status == 303
    assert "en/test.gift" not in outdated(course_of(draft), "km")
    assert author.post(address(draft, "en/test/match"), {"seen": "3"}).status == 404


def test_a_stale_translation_keeps_what_was_typed(author: Browse, draft: Draft) -> None:
    to, data = fill(author.get(address(draft, "km/test/questions/2")), "/questions/2", text="របស់ខ្ញុំ")
    operations.write_file(drafts.author(name="Dara"), draft.id, "km/test.gift", (drafts.KHMER + KHMER.replace("មួយណា", "ផ្សេង")).encode(), seen=3)
    reply = author.post(to, data)
    assert reply.status == 409 and "ផ្សេង" in reply.text and "របស់ខ្ញុំ" in reply.text
    assert author.post(*fill(reply, "/questions/2")).status == 303
    assert questions(draft, "km")["f2"].text == "របស់ខ្ញុំ"


def test_few_statements(author: Browse, draft: Draft) -> None:
    author.get(address(draft))
    for rest in ("km/test", "en/test", "en/test/text", "en/test/questions/1", "km/test/questions/1"):
        with counted() as statements:
            author.get(address(draft, rest))
        assert len(statements) <= 8, statements
