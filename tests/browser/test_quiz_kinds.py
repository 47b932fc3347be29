"""Every kind of question on a narrow phone: by tapping without script, and by keyboard alone; English and Arabic."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
import sqlalchemy as sa

from app.courses.models import Unit, VersionFile
from app.courses.operations import keep
from app.platform.db import db
from app.quizzes import operations
from app.quizzes.frozen import Drawn, Media
from app.quizzes.gift import parse
from app.quizzes.models import Answer, Attempt, Question
from app.quizzes.rules import AttemptState
from tests.browser.conftest import Visit
from tests.browser.keyboard import Keyboard
from tests.browser.learner import come_in, in_digits
from tests.browser.site import Site
from tests.browser.visitor import Visitor
from tests.make import quizzes

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.any_engine]
NARROW = 320
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 320 200"><rect width="320" height="200" fill="#eee"/><text x="20" y="60">1</text></svg>'
BANK = {
    "en": """// [alt:A line with smoke above the third machine]
::single:: [plain] There is smoke. What do you do first? {=I stop the line ~%50%I call the office ~I look for it}

::multiple:: [plain] What belongs near every exit? {~%50%A lamp ~%50%A sign ~%-50%A table}

::truth:: [plain] An exit may be locked at night. {F}

::matching:: [plain] What helps against what? {=A cut -> A plaster
=A burn -> Cold water
= -> Oil}

// [tag:ordering]
::ordering:: [plain] In which order do you leave? {=Stop the machine =Take the nearest exit =Stand at the meeting point}

::numeric:: [plain] How many exits does a hall need at least? {#2}

::short:: [plain] What do we call the place outside where everybody is counted? {=meeting point =assembly*}

::typed gap:: [plain] Every hall has at least {=two =2} exits.

::chosen gap:: [plain] The nearest {=exit ~lift} is the right one.

// [tag:hot-spot] [alt:A hall with three numbered places]
::areas:: [plain] Where is the danger? {=2 - the blocked door ~1 - the open door ~3 - the lamp}

// [tag:observed]
::observed:: [plain] Show how you put out a small fire. {~%50%Looks for the way out ~%50%Aims low}

::essay:: [plain] What will you change in your line? {}
""",
    "ar": """// [alt:خط خياطة وفوق الآلة الثالثة دخان]
::single:: [plain] هناك دخان. ماذا تفعل أولًا؟ {=أوقف الخط ~%50%أتصل بالمكتب ~أبحث عنه}

::multiple:: [plain] ماذا يجب أن يكون قرب كل مخرج؟ {~%50%مصباح ~%50%لافتة ~%-50%طاولة}

::truth:: [plain] يجوز إقفال المخرج ليلًا. {F}

::matching:: [plain] ماذا ينفع في كل حالة؟ {=جرح -> ضمادة
=حرق -> ماء بارد
= -> زيت}

// [tag:ordering]
::ordering:: [plain] بأي ترتيب تغادر؟ {=أوقف الآلة =أخرج من أقرب مخرج =أقف في نقطة التجمع}

::numeric:: [plain] كم مخرجًا تحتاج القاعة على الأقل؟ {#2}

::short:: [plain] ماذا نسمي المكان الذي نجتمع فيه خارج المبنى؟ {=نقطة التجمع}

::typed gap:: [plain] لكل قاعة {=مخرجان} على الأقل.

::chosen gap:: [plain] أقرب {=مخرج ~مصعد} هو الصحيح.

// [tag:hot-spot] [alt:قاعة فيها ثلاثة أماكن مرقمة]
::areas:: [plain] أين الخطر؟ {=٢ - الباب المسدود ~١ - الباب المفتوح ~٣ - المصباح}

// [tag:observed]
::observed:: [plain] أرني كيف تطفئ حريقًا صغيرًا. {~%50%يبحث عن المخرج ~%50%يوجه إلى الأسفل}

::essay:: [plain] ماذا ستغير في خطك؟ {}
""",
}
TOTAL = 12


@dataclass(frozen=True)
class Door:
    """What a person needs to join, and the task that a trainer watches."""

    code: str
    training_id: int
    person_id: int
    task_id: int


def open_door(language: str) -> Door:
    """A training session whose test asks one question of each kind, in English and Arabic, some with pictures."""
    room = quizzes.room(language=language, is_open=False)
    db.session.execute(sa.delete(Question).where(Question.unit_id == room.unit_id))
    pictures = {title: {0: Drawn("t.p.svg", 320, 200)} for title in ("single", "areas")}
    pictures["single"] |= {number: Drawn("t.p.svg", 320, 200) for number in (1, 2, 3)}
    media = {locale: {title: Media(pictures=of) for title, of in pictures.items()} for locale in BANK}
    operations.publish_bank(room.unit_id, {locale: parse(text).questions for locale, text in BANK.items()}, media)
    version_id = db.session.get_one(Unit, room.unit_id).version_id
    db.session.add(VersionFile(version_id=version_id, path="media/t.p.svg", blob_key=keep(SVG)))
    operations.open_window(quizzes.SYSTEM, room.training.id, room.unit_id, 30)
    task = db.session.scalars(sa.select(Question.id).where(Question.unit_id == room.unit_id, Question.code == "observed")).one()
    return Door(room.training.code, room.training.id, room.person.id, task)


def answers(site: Site, person_id: int) -> dict[str, list[str]]:
    """What is stored, by the code of the question."""
    query = (
        sa.select(Question.code, Answer.choice)
        .join(Answer, Answer.question_id == Question.id)
        .join(Attempt, Attempt.id == Answer.attempt_id)
        .where(Attempt.person_id == person_id)
    )
    return site.look(lambda: {row.code: row.choice for row in db.session.execute(query)})


def attempt(site: Site, person_id: int) -> Attempt:
    return site.look(lambda: db.session.scalars(sa.select(Attempt).where(Attempt.person_id == person_id)).one())


def begin(phone: Visitor, door: Door, language: str) -> None:
    come_in(phone, door.code, door.person_id, in_digits(quizzes.PIN, language))
    phone.follow("form[action='/attempts'] button")


def through(phone: Visitor, answer: Callable[[Visitor], None], go_on: Callable[[], None]) -> None:
    """Every question once, up to the review."""
    for _ in range(TOTAL):
        pictures_are_there(phone)
        answer(phone)
        go_on()
    assert phone.page.locator(".badge.need").count() == 0, "nothing is without an answer"


def pictures_are_there(phone: Visitor) -> None:
    for picture in phone.page.locator("main img[src*='/pictures/']").all():
        picture.scroll_into_view_if_needed()
        phone.page.wait_for_function("(one) => one.complete && one.naturalWidth > 0", arg=picture.element_handle())


def tapped(phone: Visitor) -> None:
    """Take the first that can be chosen; give lines their places; write something."""
    form = phone.page.locator("form[action*='/answers/']")
    if form.locator("label.choice").count():
        phone.touch(form.locator("label.choice").first)
    for number, select in enumerate(form.locator("select").all(), 1):
        select.select_option(index=number)
    for field in form.locator("textarea, input:not([type=hidden], [type=radio], [type=checkbox])").all():
        field.fill("٢" if phone.direction == "rtl" else "2")


@pytest.mark.sampled
@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_kind_by_tapping_without_script(site: Site, visit: Visit, language: str) -> None:
    door = site.build(lambda: open_door(language))
    phone = visit(NARROW, language=language, has_script=False)
    begin(phone, door, language)
    through(phone, tapped, lambda: phone.follow("form[action*='/answers/'] button[type=submit]") and None)
    stored = answers(site, door.person_id)
    assert set(stored) == {"single", "multiple", "truth", "matching", "ordering", "numeric", "short", "typed gap", "chosen gap", "areas", "essay"}
    assert sorted(stored["ordering"]) == ["0", "1", "2"]
    assert stored["areas"] == ["1"], "the first area is the second option as written"
    phone.follow("form[action$='/submission'] button")
    assert attempt(site, door.person_id).state is AttemptState.SUBMITTED
    waits = "reads or ticks" if language == "en" else ""
    assert waits in phone.page.locator("main").inner_text()
    watch(site, visit, door)


def watch(site: Site, visit: Visit, door: Door) -> None:
    """The trainer ticks what was seen; the person's page does not say what."""
    site.build(lambda: operations.note_observed(quizzes.SYSTEM, door.training_id, door.person_id, door.task_id, [0], 0))
    assert answers(site, door.person_id)["observed"] == ["0"]


def typed_keys(phone: Visitor) -> None:
    """The same with Tab, Space, arrows and letters."""
    keyboard, page = Keyboard(phone), phone.page
    form = page.locator("form[action*='/answers/']")
    if form.locator("label.choice").count():
        keyboard.tab_to("form[action*='/answers/'] input:is([type=radio], [type=checkbox])")
        keyboard.press("Space")
    for number in range(form.locator("select").count()):
        keyboard.tab_to("form[action*='/answers/'] select")
        for _ in range(number + 1):
            keyboard.press("ArrowDown")
    if form.locator("textarea, input:not([type=hidden], [type=radio], [type=checkbox])").count():
        keyboard.write("form[action*='/answers/'] :is(textarea, input:not([type=hidden]))", "2")


@pytest.mark.sampled
@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_kind_by_keyboard_alone(site: Site, visit: Visit, language: str) -> None:
    door = site.build(lambda: open_door(language))
    phone = visit(NARROW, language=language)
    begin(phone, door, language)

    def go_on() -> None:
        keyboard = Keyboard(phone)
        keyboard.tab_to("form[action*='/answers/'] button[type=submit]")
        keyboard.enter()

    through(phone, typed_keys, go_on)
    stored = answers(site, door.person_id)
    assert len(stored) == TOTAL - 1, "everything but what the trainer ticks"
    assert sorted(stored["ordering"]) == ["0", "1", "2"]
    assert stored["numeric"] == ["2"]
