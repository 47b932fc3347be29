"""The main path, from a roster to a verified certificate, as its people walk it: pages, a real mail server, a worker."""

import io
import json
import os
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask
from pypdf import PdfReader

from app.access.actor import SYSTEM, Grant
from app.access.roles import Role
from app.accounts import operations as accounts
from app.boot import create_app
from app.certificates.models import Certificate
from app.completions.models import Completion
from app.content.publish import publish
from app.courses.queries import course_by_code
from app.coverage import operations as coverage
from app.factories.models import Factory, Programme
from app.factories.rules import JobRole
from app.platform.db import db, transaction
from app.platform.jobs.cli import worker_of
from app.quizzes.models import Question
from app.sessions.models import TrainingSession
from tests.browse import Browse, Reply, fill
from tests.conftest import Databases, settings_for
from tests.peers.calendars import Keeper
from tests.peers.smtp import SmtpPeer

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = Path(os.environ.get("SEAMWISE_SAMPLES", ROOT.parent / "shared" / "samples")) / "rosters"
PASSWORD = "one stitch after another"
MONDAY = "2026-12-07T01:00:00Z"  # 08:00 in Phnom Penh
QUESTIONS = 12
"""So many has the final test of Supervisory Skills Training."""


@dataclass
class World:
    """The programme, its people with accounts, and the mail server that they share."""

    app: Flask
    mail: SmtpPeer
    keeper: Keeper

    def person(self, email: str) -> Browse:
        browse = Browse(self.app)
        assert browse.post("/sign-in", {"email": email, "password": PASSWORD}).status == 303
        return browse

    def work(self) -> None:
        """The worker does what is due, mails first of all."""
        worker_of(self.app).run_until_idle()

    def mails_to(self, address: str) -> list[EmailMessage]:
        return [kept.parsed for kept in self.mail.messages if address in kept.recipients]


@pytest.fixture
def world(databases: Databases, tmp_path: Path) -> Iterator[World]:
    if not SAMPLES.exists():
        pytest.skip(f"no sample rosters in {SAMPLES}")
    with SmtpPeer() as mail, time_machine.travel(MONDAY, tick=True):
        app = create_app(
            settings_for(
                databases.fresh(), tmp_path, mail_transport="smtp", smtp_host=mail.host, smtp_port=mail.port,
                smtp_security="plain", fonts_dir=ROOT / "build" / "fonts",
            )
        )
        _begin(app)
        yield World(app, mail, Keeper(tmp_path / "calendar"))
        app.extensions["mail_transport"].hang_up()
        with app.app_context():
            db.engine.dispose()


def _begin(app: Flask) -> None:
    with app.app_context(), transaction():
        publish(SYSTEM, ROOT / "content" / "sst")
        kh = _programme("KH", "Asia/Phnom_Penh", ["km", "en"])
        vn = _programme("VN", "Asia/Ho_Chi_Minh", ["vi", "en"])
        golden = _factory(kh, "KH-GOLDEN", "Golden Needle Garment", "km")
        _factory(kh, "KH-SILVER", "Silver Thread Garment", "km")
        _factory(vn, "VN-HAC", "Song Hac Garment", "vi")
        for email, role, scope in (
            ("staff@seamwise.example", Role.PROGRAMME_MANAGER, {"programme_id": kh.id}),
            ("trainer@seamwise.example", Role.TRAINER, {"programme_id": kh.id}),
            ("advisor@seamwise.example", Role.ADVISOR, {"programme_id": kh.id}),
            ("hr@golden.example", Role.FOCAL_POINT, {"factory_id": golden.id}),
        ):
            accounts.create_account(
                SYSTEM, email=email, name=email.partition("@")[0], language="en", password=PASSWORD, grants=[Grant(role, **scope)]
            )
        coverage.require(SYSTEM, kh.id, course_by_code("sst").id, [JobRole.SUPERVISOR])


def _programme(code: str, zone: str, languages: list[str]) -> Programme:
    row = Programme(code=code, name={"en": f"Programme {code}"}, country=code, zone=zone, rest_days=[7], languages=languages)
    db.session.add(row)
    db.session.flush()
    return row


def _factory(programme: Programme, code: str, name: str, language: str) -> Factory:
    row = Factory(programme_id=programme.id, code=code, name=name, local_name=None, language=language, province="Kandal")
    db.session.add(row)
    db.session.flush()
    return row


@pytest.mark.slow
def test_the_main_path(world: World) -> None:
    import_a_roster_by_page(world)
    import_a_roster_by_command(world)
    people = supervisors(world)
    training = schedule(world)
    nominate_and_confirm(world, training, people)
    move_and_cancel(world, training)
    take_the_roll_call(world, training, people)
    take_the_quiz(world, training, people)
    with time_machine.travel("2026-12-11T08:30:00Z", tick=True):
        read_the_certificate(world)
    correct_a_mark(world, training, people)
    see_record_and_coverage(world)


def import_a_roster_by_page(world: World) -> None:
    staff = world.person("staff@seamwise.example")
    upload = staff.get("/factories/KH-GOLDEN/roster")
    action, data = fill(upload, "/roster")
    data["roster"] = (io.BytesIO((SAMPLES / "kh-golden-needle-2026-05.xlsx").read_bytes()), "kh-golden-needle-2026-05.xlsx")
    preview = staff.get(staff.post(action, data).location)
    assert "618" in preview.text
    assert staff.post(*fill(preview, "/application")).status == 303
    assert staff.get("/factories/KH-GOLDEN/people?q=Tan+Vibol").text.count("Tan Vibol") >= 1


def import_a_roster_by_command(world: World) -> None:
    file = str(SAMPLES / "vn-song-hac-2026-03.csv")
    done = world.app.test_cli_runner().invoke(args=["roster", "import", file, "--factory", "VN-HAC", "--json"])
    told = json.loads(done.stdout)
    assert (done.exit_code, told["outcome"], told["counts"]["accepted"]) == (3, "accepted", 305)
    refused = world.app.test_cli_runner().invoke(
        args=["roster", "import", str(SAMPLES / "broken-truncated.xlsx"), "--factory", "VN-HAC", "--json"]
    )
    assert (refused.exit_code, json.loads(refused.stdout)["reason"]) == (2, "file_damaged")


def supervisors(world: World) -> dict[int, str]:
    """Four supervisors of the factory by id, with a PIN that the focal point gave them."""
    hr = world.person("hr@golden.example")
    page = hr.get("/factories/KH-GOLDEN/people?role=supervisor")
    links = [a.get("href") for a in page.all("a") if re.search(r"/people/\d+/pin$", a.get("href") or "")]
    pins = {}
    for link in dict.fromkeys(links):
        if len(pins) < 4:
            shown = hr.post(link)
            pins[int(re.search(r"/people/(\d+)/", link)[1])] = re.search(r"\d{6}", shown.text)[0]
    assert len(pins) == 4
    return pins


def schedule(world: World) -> int:
    trainer = world.person("trainer@seamwise.example")
    page = trainer.get("/sessions/new")
    action, data = fill(
        page, "/sessions/new",
        half_days__0__day="2026-12-09", half_days__0__starts="08:00", half_days__0__ends="11:30", half_days__0__modality="hybrid",
        half_days__0__join_url="https://meet.example/golden", half_days__1__day="2026-12-10", half_days__1__starts="08:00",
        half_days__1__ends="11:30", half_days__1__modality="in_person", venue="Training centre", language="km",
        capacity_in_person="20", capacity_virtual="8",
    )
    factory = next(label for label in page.all("label") if "Golden Needle" in "".join(label.itertext()))
    box = next(box for box in page.all("input") if box.get("name") == "factories" and box.get("id") == factory.get("for"))
    data.setlist("factories", [box.get("value")])
    made = trainer.post(action, data)
    assert made.status == 303, made.text
    return int(made.location.rpartition("/")[2])


def nominate_and_confirm(world: World, training: int, people: dict[int, str]) -> None:
    hr, trainer = world.person("hr@golden.example"), world.person("trainer@seamwise.example")
    page = hr.get(f"/sessions/{training}/nominations")
    action, data = fill(page, "/nominations", people=[str(person) for person in people])
    data["site"] = data.get("site") or next(box.get("value") for box in page.all("input") if box.get("name") == "site")
    assert hr.post(action, data).status == 303
    assert hr.post(action, data).status == 303, "a double click is harmless"
    world.mail.script("hr@golden.example", "550 no such user", "ok")
    assert trainer.post(f"/sessions/{training}/bookings").status == 303
    assert trainer.post(f"/sessions/{training}/confirmation").status == 303
    world.work()
    assert len(world.mails_to("trainer@seamwise.example")) >= 2, "the refused mail of one delays nobody else"
    page = trainer.get(f"/sessions/{training}")
    assert "Refused" in page.text
    assert "Sent" in page.text


def _calendar(mail: EmailMessage) -> bytes | None:
    parts = [part for part in mail.walk() if part.get_content_type() == "text/calendar"]
    return parts[0].get_payload(decode=True) if parts else None


def _entries(world: World, address: str) -> list[tuple[str, int, str]]:
    """UID, SEQUENCE and METHOD of every invitation that an address was sent, in order."""
    found = []
    for mail in world.mails_to(address):
        if ics := _calendar(mail):
            words = ics.decode().replace("\r\n ", "")
            uid, sequence, method = (re.search(rf"^{name}:(.*)\r$", words, re.MULTILINE)[1] for name in ("UID", "SEQUENCE", "METHOD"))
            found.append((uid, int(sequence), method))
            world.keeper.receive(ics)
    return found


def move_and_cancel(world: World, training: int) -> None:
    """The second half-day moves; a third party's calendar follows, with one entry a half-day all the time."""
    trainer = world.person("trainer@seamwise.example")
    before = _entries(world, "trainer@seamwise.example")
    page = trainer.get(f"/sessions/{training}/meetings/2/time")
    assert trainer.post(*fill(page, "/time", day="2026-12-11", starts="13:00", ends="16:30")).status == 303
    world.work()
    after = _entries(world, "trainer@seamwise.example")[len(before):]
    [(uid, sequence, method)] = after
    assert (sequence, method) == (1, "REQUEST")
    assert (uid, 0, "REQUEST") in before
    entries = world.keeper.entries()
    assert len(entries) == 2
    assert sorted(entry.starts for entry in entries) == ["2026-12-09 01:00", "2026-12-11 06:00"]


def take_the_roll_call(world: World, training: int, people: dict[int, str]) -> None:
    for number, at in ((1, "2026-12-09T02:00:00Z"), (2, "2026-12-11T07:00:00Z")):
        with time_machine.travel(at, tick=True):
            trainer = world.person("trainer@seamwise.example")
            roll_call = trainer.get(f"/sessions/{training}/meetings/{number}/marks")
            assert roll_call.status == 200
            assert trainer.post(f"/sessions/{training}/meetings/{number}/marks").status == 303
            late = next(iter(people))
            reply = trainer.htmx(f"/sessions/{training}/meetings/{number}/marks/{late}", {"mark": "late"})
            assert reply.status == 200


def take_the_quiz(world: World, training: int, people: dict[int, str]) -> None:
    with time_machine.travel("2026-12-11T08:00:00Z", tick=True):
        trainer = world.person("trainer@seamwise.example")
        page = trainer.get(f"/sessions/{training}")
        link = next(a.get("href") for a in page.all("a") if re.search(r"/quizzes/\d+$", a.get("href") or "") and "post" in _near(world, a.get("href")))
        assert trainer.post(*fill(trainer.get(link), "/window")).status == 303
        with world.app.app_context():
            code = db.session.get_one(TrainingSession, training).code
        assert trainer.post(*fill(trainer.get(f"/sessions/{training}/surveys"), "/opening")).status == 303
        for number, (person, pin) in enumerate(people.items()):
            _sit(world, code, person, pin, right=number < 3)


def _near(world: World, address: str) -> str:
    """The code of the quiz unit that an address leads to."""
    with world.app.app_context():
        return db.session.scalar(sa.text("SELECT code FROM unit WHERE id = :id"), {"id": int(address.rpartition("/")[2])})


def _sit(world: World, code: str, person: int, pin: str, *, right: bool) -> None:
    phone = Browse(world.app)
    khmer_digits = pin.translate(str.maketrans("0123456789", "០១២៣៤៥៦៧៨៩"))
    people = phone.get(f"/join/{code.lower()}")
    assert people.status in {200, 303}
    wrong = phone.post(f"/join/{code}", {"person": str(person), "pin": "000000"})
    assert wrong.status == 422
    assert phone.post(f"/join/{code}", {"person": str(person), "pin": khmer_digits}).status == 303
    page = phone.get(phone.post("/attempts").location)
    for _ in range(QUESTIONS):
        assert page.page.get("lang") == "km"
        page = phone.get(phone.post(*_answer(world, page, right)).location)
        assert page.status == 200
    done = phone.get(phone.post(*fill(page, "/submission")).location)
    assert done.status == 200
    evaluation = next(a.get("href") for a in done.all("a") if (a.get("href") or "").startswith("/evaluations/"))
    assert phone.post(evaluation, {"language": "km", "item-useful": "0"}).status == 303


def _answer(world: World, page: Reply, right: bool) -> tuple[str, object]:
    action, data = fill(page, "/answers/")
    question_id = int(re.search(r"/answers/(\d+)", action)[1])
    texts = {"".join(label.itertext()).strip(): label for label in page.all("label")}
    with world.app.app_context():
        options = db.session.get_one(Question, question_id).key["km"]["options"]
    wanted = next(o["words"]["text"] for o in options if (o["fraction"] == "100") is right)
    label = next(label for text, label in texts.items() if wanted in " ".join(text.split()) or " ".join(wanted.split()) in " ".join(text.split()))
    box = next(box for box in page.all("input") if box.get("id") == label.get("for") or box in list(label.iter()))
    data["choice"] = box.get("value")
    return action, data


def read_the_certificate(world: World) -> None:
    world.work()
    hr = world.person("hr@golden.example")
    with world.app.app_context():
        assert db.session.scalar(sa.select(sa.func.count(Completion.id))) == 3
        certificate = db.session.scalars(sa.select(Certificate).order_by(Certificate.id)).first()
        ident, code, face = certificate.id, certificate.code, certificate.face
    file = hr.get(f"/certificates/{ident}/file")
    assert file.status == 200, file.text
    pdf = file.response.data
    title = PdfReader(io.BytesIO(pdf)).metadata.title
    assert face["local_name"] in title
    verified = Browse(world.app).get(f"/verify/{code}")
    assert "valid" in verified.text.lower()
    assert Browse(world.app).get("/verify/" + "0" * len(code)).status in {200, 404}
    ordered = hr.post("/factories/KH-GOLDEN/certificates.zip").location
    world.work()
    archive = zipfile.ZipFile(io.BytesIO(hr.post(f"{ordered}/file").response.data))
    assert len([name for name in archive.namelist() if name.endswith(".pdf")]) == 3
    assert all(archive.read(name).startswith(b"%PDF") for name in archive.namelist() if name.endswith(".pdf"))
    world.app.code = code


def correct_a_mark(world: World, training: int, people: dict[int, str]) -> None:
    """A corrected mark takes the certificate back; a second correction makes a new one; nothing is ever there twice."""
    with world.app.app_context():
        person = db.session.scalars(sa.select(Certificate.person_id).order_by(Certificate.id)).first()
    with time_machine.travel("2026-12-11T09:00:00Z", tick=True):
        trainer = world.person("trainer@seamwise.example")
        for mark, in_force in (("absent", 2), ("present", 3), ("present", 3)):
            assert trainer.post(f"/sessions/{training}/meetings/2/marks/{person}", {"mark": mark}).status == 303
            world.work()
            with world.app.app_context():
                valid = sa.select(sa.func.count(Certificate.id)).where(Certificate.revoked_at.is_(None))
                assert db.session.scalar(valid) == in_force, mark
        assert "revoked" in Browse(world.app).get(f"/verify/{world.app.code}").text.lower()


def see_record_and_coverage(world: World) -> None:
    with time_machine.travel("2026-12-11T10:00:00Z", tick=True):
        advisor, hr = world.person("advisor@seamwise.example"), world.person("hr@golden.example")
        coverage_page = advisor.get("/coverage").text
        assert "Golden Needle Garment" in coverage_page
        assert "15%" in coverage_page
        assert "3 of 20" in " ".join(advisor.get("/coverage/KH-GOLDEN").text.split())
        record = hr.get("/factories/KH-GOLDEN")
        assert "Supervisory Skills Training" in record.text
        assert hr.get("/factories/KH-SILVER").status == 404
        assert hr.get("/coverage/KH-SILVER").status == 404
        assert hr.get("/factories/VN-HAC").status == 404
