"""Reports of Zoom: totals, joins, with the meeting on top, webinars, the wide list of administrators."""

import io
from datetime import datetime

import pytest
import xlsxwriter

from tests.attendance.reports.reading import minutes, read, statuses

TOTALS = """Name (Original Name),User Email,Total Duration (Minutes),Guest
Trainer,t@x.example,120,No
Keo Dara,,{0},Yes
Keo Dara,,20,Yes
"""
TOP = """Meeting ID,Topic,Start Time,End Time,User Email,Duration (Minutes),Participants
812 0000 1234,"Training, day 1",05/14/2026 09:00:00 AM,05/14/2026 11:00:00 AM,t@x.example,120,8
"""
JOINS = """Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest,Recording Consent,In Waiting Room
Trainer,t@x.example,05/14/2026 09:00:00 AM,05/14/2026 11:00:00 AM,120,No,Y,No
Dara (Keo Dara),,05/14/2026 08:50:00 AM,05/14/2026 09:10:00 AM,20,Yes,,Yes
Dara (Keo Dara),,05/14/2026 09:10:00 AM,05/14/2026 09:40:01 AM,31,Yes,Y,No
Dara (Keo Dara),,05/14/2026 09:30:00 AM,05/14/2026 09:50:00 AM,20,Yes,Y,No
"""


@pytest.mark.parametrize("between", ["\n", ",,,,,,\n", ""])
def test_totals_with_the_meeting_on_top(between: str) -> None:
    found = read(TOP + between + TOTALS.format(119))
    assert (found["format"], found["meeting"]["minutes"]) == ("zoom-totals", 120)
    assert minutes(found) == {"Trainer": 120, "Keo Dara": 120}, "two totals of one name never come to more than the meeting"
    assert found["participants"][0]["host"] and found["participants"][1]["connections"] == 2


def test_totals_alone_know_no_meeting() -> None:
    found = read(TOTALS.format(30))
    assert (found["meeting"], minutes(found)) == ({"parts": [], "minutes": 120}, {"Trainer": 120, "Keo Dara": 50})
    planned = ((datetime.fromisoformat("2026-05-14T09:00:00+06:00"), datetime.fromisoformat("2026-05-14T10:30:00+06:00")),)
    found = read(TOTALS.format(30), planned=planned)
    assert (found["meeting"]["minutes"], minutes(found)) == (90, {"Trainer": 90, "Keo Dara": 50})


def test_words_since_2023() -> None:
    found = read("Name (original name),Email,Total duration (minutes),Guest\nKeo Dara,,30,Yes\n")
    assert (found["format"], minutes(found)) == ("zoom-totals", {"Keo Dara": 30})


@pytest.mark.parametrize("top", ["", TOP + "\n", TOP])
def test_joins(top: str) -> None:
    found = read(top + JOINS)
    assert (found["format"], minutes(found)) == ("zoom-joins", {"Trainer": 120, "Dara (Keo Dara)": 40})
    assert found["participants"][1]["overlaps_itself"] and found["participants"][1]["connections"] == 2
    assert statuses(found)["Dara (Keo Dara)"] == ("exact", ["0001"])
    assert found["meeting"]["parts"][0][0] == "2026-05-14T09:00:00+06:00", "waiting to be let in is no meeting"


def test_two_people_whose_nick_name_is_one() -> None:
    rows = JOINS + "Dara (Chan Sreymom),,05/14/2026 09:30:00 AM,05/14/2026 09:50:00 AM,20,Yes,Y,No\n"
    assert minutes(read(rows)) == {"Trainer": 120, "Dara (Keo Dara)": 40, "Dara (Chan Sreymom)": 20}


def test_in_other_languages() -> None:
    found = read(
        "Nombre (nombre original);Correo electrónico;Hora de unión;Hora de salida;Duración (minutos);Invitado;En sala de espera\n"
        "Keo Dara;;14/05/2026 09:00:00;14/05/2026 09:40:00;40;Sí;No\n"
        "Keo Dara;;14/05/2026 08:40:00;14/05/2026 09:00:00;20;Sí;Sí\n"
    )
    assert (found["format"], minutes(found)) == ("zoom-joins", {"Keo Dara": 40})


def test_webinar() -> None:
    found = read(
        "Attendee Report\nReport Generated:,\"May 15, 2026 8:00 AM\"\n"
        "Topic,Webinar ID,Actual Start Time,Actual Duration (minutes),# Registered,# Cancelled,Unique Viewers,Total Users,Max Concurrent Views\n"
        "Training,812 0000 1234,\"May 14, 2026 09:00 AM\",120,3,0,2,2,2\n"
        "Host Details,\nAttended,User Name (Original Name),Email,Join Time,Leave Time,Time in Session (minutes),Is Guest,Country/Region Name\n"
        "Yes,Trainer,t@x.example,\"May 14, 2026 09:00:00 AM\",\"May 14, 2026 11:00:00 AM\",120,No,Bangladesh\n"
        "Attendee Details,\n"
        "Attended,User Name (Original Name),First Name,Last Name,Email,Registration Time,Approval Status,Join Time,Leave Time,Time in Session (minutes),Is Guest\n"
        "Yes,Keo Dara,Keo,Dara,dara@golden.example,\"May 01, 2026 10:00:00 AM\",approved,\"May 14, 2026 09:30:00 AM\",\"May 14, 2026 10:00:00 AM\",30,No\n"
        "No,Chan Sreymom,Chan,Sreymom,s@golden.example,\"May 01, 2026 10:00:00 AM\",approved,--,--,--,--\n"
    )
    assert (found["provider"], minutes(found)) == ("zoom", {"Trainer": 120, "Keo Dara": 30})
    assert [each["host"] for each in found["participants"]] == [True, False]


WIDE = """Topic,Meeting ID,User Name,User Email,Department,Group,Creation Time,Start Time,End Time,Duration (Minutes),Participants,Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest
Day 1,812,Trainer,t@x.example,,,05/01/2026 10:00:00 AM,05/14/2026 09:00:00 AM,05/14/2026 11:00:00 AM,120,2,Trainer,t@x.example,05/14/2026 09:00:00 AM,05/14/2026 11:00:00 AM,120,No
Day 1,812,Trainer,t@x.example,,,05/01/2026 10:00:00 AM,05/14/2026 09:00:00 AM,05/14/2026 11:00:00 AM,120,2,Keo Dara,dara@golden.example,05/14/2026 09:30:00 AM,05/14/2026 10:00:00 AM,30,Yes
Day 0,812,Trainer,t@x.example,,,05/01/2026 10:00:00 AM,05/07/2026 09:00:00 AM,05/07/2026 11:00:00 AM,120,2,Keo Dara,dara@golden.example,05/07/2026 09:30:00 AM,05/07/2026 10:30:00 AM,60,Yes
"""


def test_wide_list_with_two_columns_of_one_name() -> None:
    found = read(WIDE)
    assert (found["format"], found["meeting"]["minutes"]) == ("zoom-joins", 120)
    assert minutes(found) == {"Trainer": 120, "Keo Dara": 30}, "of two meetings only that of the day counts"
    assert [each["email"] for each in found["participants"]] == ["t@x.example", "dara@golden.example"]
    assert [each["host"] for each in found["participants"]] == [True, False]


def test_a_workbook_that_is_called_csv() -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    page, at = book.add_worksheet(), book.add_format({"num_format": "mm/dd/yyyy hh:mm:ss"})
    page.write_row(0, 0, ["Name (Original Name)", "User Email", "Join Time", "Leave Time", "Duration (Minutes)", "Guest"])
    page.write_row(1, 0, ["Keo Dara", ""])
    page.write_datetime(1, 2, datetime(2026, 5, 14, 9, 0, 30), at)
    page.write_datetime(1, 3, datetime(2026, 5, 14, 9, 45), at)
    page.write_row(1, 4, [45, "Yes"])
    book.close()
    found = read(out.getvalue())
    assert found["participants"][0]["intervals"] == [["2026-05-14T09:00:30+06:00", "2026-05-14T09:45:00+06:00"]]
