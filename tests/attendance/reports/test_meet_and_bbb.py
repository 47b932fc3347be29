"""Reports of Meet and BigBlueButton: lengths, and times that need the plan."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from app.attendance.reports.results import Listed
from tests.attendance.reports.reading import minutes, read

PLANNED = ((datetime.fromisoformat("2026-05-14T09:00:00+06:00"), datetime.fromisoformat("2026-05-14T11:00:00+06:00")),)
MEET = """First name,Last name,Email,Duration,Time joined,Time exited
Programme,Trainer,t@x.example,2 hr 5 min,8:58 AM,11:03 AM
Keo,Dara,Dara@golden.example,1 hr 2 min,9:05 AM,10:58 AM
Chan,Sreymom,,45 min,{0},{1}
"""


def test_meet() -> None:
    found = read(MEET.format("9:00 AM", "9:45 AM"), planned=PLANNED)
    assert (found["format"], found["meeting"]["minutes"], found["input"]["date_order"]) == ("meet", 120, None)
    assert minutes(found) == {"Programme Trainer": 120, "Keo Dara": 62, "Chan Sreymom": 45}
    assert found["participants"][1]["email"] == "dara@golden.example"


def test_meet_without_a_plan_lasts_from_the_first_to_the_last() -> None:
    found = read(MEET.format("9:00 AM", "9:45 AM"))
    assert found["meeting"] == {"parts": [["2026-05-14T08:58:00+06:00", "2026-05-14T11:03:00+06:00"]], "minutes": 125}


def test_meet_past_midnight() -> None:
    planned = ((datetime.fromisoformat("2026-05-14T22:00:00+06:00"), datetime.fromisoformat("2026-05-15T01:00:00+06:00")),)
    text = "First name,Last name,Email,Duration,Time joined,Time exited\nKeo,Dara,,45 min,11:50 PM,12:35 AM\nChan,Sreymom,,30 min,12:10 AM,12:40 AM\n"
    found = read(text, planned=planned)
    assert [(each["first_joined"][:16], each["last_left"][:16]) for each in found["participants"]] == [
        ("2026-05-14T23:50", "2026-05-15T00:35"), ("2026-05-15T00:10", "2026-05-15T00:40")]


@pytest.mark.parametrize(("head", "length", "joined", "left"), [
    ("Vorname;Nachname;E-Mail;Dauer;Beigetreten um;Verlassen um", "1 Std. 2 Min.", "09:05", "10:58"),
    ("Prénom,Nom,E-mail,Durée,Arrivée,Départ", "1 h 2 min", "09:05", "10:58"),
    ("Xa,Xb,Xc,Xd,Xe,Xf", "1 hr 2 min", "9:05\u202fAM", "10:58\u00a0AM"),
    ("Tên,Họ,Email,Thời lượng,Giờ tham gia,Giờ rời", "1 giờ 2 phút", "09:05 SA", "10:58 SA"),
    ("الاسم الأول,اسم العائلة,البريد الإلكتروني,المدة,وقت الانضمام,وقت المغادرة", "١ ساعة ٢ دقيقة", "٩:٠٥ ص", "١٠:٥٨ ص"),
])  # fmt: skip
def test_meet_in_other_languages(head: str, length: str, joined: str, left: str) -> None:
    mark = ";" if ";" in head else ","
    rows = [head.split(mark), ["Programme", "Trainer", "t@x.example", length, joined, left], ["Keo", "Dara", "d@x.example", length, joined, left]]
    found = read("\n".join(mark.join(row) for row in rows), planned=PLANNED)
    assert found["format"] == "meet" and [each["minutes"] for each in found["participants"]] == [62, 62]
    assert found["participants"][1]["first_joined"] == "2026-05-14T09:05:00+06:00"


HEAD = "Name,Moderator,Activity Score,Talk Time,Webcam Time,Messages,Reactions,Poll Votes,Raise Hands,Join,Left,Duration"
LINE = '"{0}","{1}","3.4","00:04:10","-","3","1","1","0","{2}","{3}","{4}","Yes"'


def bbb(*rows: tuple[str, str, str, str, str], head: str = HEAD + ",Is it safe, yes or no?", newline: str = "\r\n") -> str:
    last = '"Anonymous","","","","","","","","","","","","No\nor yes"'
    return newline.join([head, *(LINE.format(*row) for row in rows), last])


def test_bbb_names_with_commas_and_quotation_marks() -> None:
    rows = (("Trainer, the", "TRUE", "5/14/2026, 09:00:00 AM", "5/14/2026, 11:00:00 AM", "01:59:59"),
            ('Keo "Dara", Line 2', "FALSE", "5/14/2026, 09:10:00 AM", "5/14/2026, 11:00:00 AM", "01:30:17"))
    for newline in ("\r\n", "\n", "\r"):
        found = read(bbb(*rows, newline=newline), planned=PLANNED)
        assert (found["provider"], found["format"]) == ("bigbluebutton", "bbb-dashboard")
        assert minutes(found) == {"Trainer, the": 119, 'Keo "Dara", Line 2': 90}
        assert [each["host"] for each in found["participants"]] == [True, False]


@pytest.mark.parametrize(("joined", "left"), [
    ("14.5.2026, 09:10:00", "14.5.2026, 10:50:00"), ("14/05/2026 09:10:00", "14/05/2026 10:50:00"), ("09:10:00 14/5/2026", "10:50:00 14/5/2026"),
    ("2026/5/14 上午9:10:00", "2026/5/14 上午10:50:00"), ("2026. 5. 14. 오전 9:10:00", "2026. 5. 14. 오전 10:50:00"), ("١٤\u200f/٥\u200f/٢٠٢٦، ٩:١٠:٠٠ ص", "١٤\u200f/٥\u200f/٢٠٢٦، ١٠:٥٠:٠٠ ص"),
    ("১৪/৫/২০২৬, ৯:১০:০০ AM", "১৪/৫/২০২৬, ১০:৫০:০০ AM"), ("14/5/2026, 9:10:00 ព្រឹក", "14/5/2026, 10:50:00 ព្រឹក"), ("2026-5-14 පෙ.ව. 9.10.00", "2026-5-14 පෙ.ව. 10.50.00"),
    ("14/5/2026, முற்பகல் 9:10:00", "14/5/2026, முற்பகல் 10:50:00"), ("14.05.2026, 9.10.00", "14.05.2026, 10.50.00"), ("14/5/2026 9:10:00 ጥዋት", "14/5/2026 10:50:00 ጥዋት"), ("14/5/2026, 9:10:00 a. m.", "14/5/2026, 10:50:00 a. m."),
])  # fmt: skip
def test_bbb_dates_in_the_language_of_the_browser(joined: str, left: str) -> None:
    head = "Nombre,Moderador,A,B,C,D,E,F,G,Unión,Salida,Duración"
    found = read(bbb(("Trainer", "TRUE", joined, left, "01:40:00"), head=head), planned=PLANNED)
    assert found["participants"][0]["first_joined"] == "2026-05-14T09:10:00+06:00"
    assert found["participants"][0]["last_left"] == "2026-05-14T10:50:00+06:00"


def test_bbb_length_that_begins_anew_after_a_day_and_who_is_still_there() -> None:
    planned = ((datetime.fromisoformat("2026-05-13T09:00:00+06:00"), datetime.fromisoformat("2026-05-14T12:00:00+06:00")),)
    rows = (("A B", "FALSE", "5/13/2026, 09:00:00 AM", "5/14/2026, 10:00:00 AM", "00:59:00"), ("C D", "FALSE", "5/13/2026, 09:00:00 AM", "-", "00:10:00"))
    found = read(bbb(*rows), planned=planned)
    assert minutes(found) == {"A B": 24 * 60 + 59, "C D": 10} and "last_left" not in found["participants"][1]


def test_bbb_saved_again_by_a_spreadsheet_program() -> None:
    row = "Keo Dara;FALSE;3.4;00:04:10;-;3;1;1;0;14/05/2026 09:10;14/05/2026 10:50;01:40:00;Yes"
    found = read((HEAD.replace(",", ";") + ";Ça va?\r\n" + row).encode("cp1252"), planned=PLANNED)
    assert minutes(found) == {"Keo Dara": 100}


def test_the_hour_that_comes_twice() -> None:
    """A clock that is turned back: who joined before and left after was there for the hour more."""
    text = "Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest\nKeo Dara,,10/25/2026 02:50:00 AM,10/25/2026 02:10:00 AM,20,Yes\n"
    found = read(text, zone=ZoneInfo("Europe/Zurich"), session_date=datetime(2026, 10, 25).date(), people=(Listed("1", "Keo Dara"),))
    assert minutes(found) == {"Keo Dara": 20}
