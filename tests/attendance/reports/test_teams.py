"""Reports of Teams: sections in several languages, event lists, live events."""

from datetime import date

import pytest

from tests.attendance.reports.reading import minutes, read, statuses

SECTIONS = """1. Summary
Meeting title\tDay 1
Attended participants\t2
Start time\t5/14/26, 9:00:00 AM
End time\t5/14/26, 11:00:00 AM
Meeting duration\t2h 0m 0s

2. Participants
Name\tFirst Join\tLast Leave\tIn-Meeting Duration\tEmail\tParticipant ID (UPN)\tRole
Trainer\t5/14/26, 9:00:00 AM\t5/14/26, 11:00:00 AM\t2h\tt@x.example\tt@x.example\tOrganizer
Keo Dara (Guest)\t5/14/26, 9:10:00 AM\t5/14/26, 10:50:00 AM\t50m 0s\t\t\tPresenter

3. In-Meeting Activities
Name\tJoin Time\tLeave Time\tDuration\tEmail\tRole
Trainer\t5/14/26, 9:00:00 AM\t5/14/26, 11:00:00 AM\t2h\tt@x.example\tOrganizer
Keo Dara (Guest)\t5/14/26, 9:10:00 AM\t5/14/26, 9:40:00 AM\t30m 0s\t\tPresenter
Keo Dara (Guest)\t5/14/26, 10:30:00 AM\t5/14/26, 10:50:00 AM\t20m 0s\t\tPresenter
"""
GERMAN = """1. Zusammenfassung
Titel der Besprechung;Tag 1
Teilgenommen;2
Startzeit;14.05.26, 09:00:00
Endzeit;14.05.26, 11:00:00
Besprechungsdauer;2 Std. 0 Min. 0 Sek.

2. Teilnehmer
Name;Erster Beitritt;Letztes Verlassen;Dauer in der Besprechung;E-Mail;Rolle;Teilnehmer-ID (UPN)
Trainer;14.05.26, 09:00:00;14.05.26, 11:00:00;2 Std. 0 Min. 0 Sek.;t@x.example;Organisator;t@x.example
Keo Dara (Gast);14.05.26, 09:10:00;14.05.26, 10:50:00;50 Min. 0 Sek.;;Referent;

3. Aktivitäten während der Besprechung
Name;Beitrittszeit;Zeit des Verlassens;Dauer;E-Mail;Rolle
Trainer;14.05.26, 09:00:00;14.05.26, 11:00:00;2 Std. 0 Min. 0 Sek.;t@x.example;Organisator
Keo Dara (Gast);14.05.26, 09:10:00;14.05.26, 09:40:00;30 Min. 0 Sek.;;Referent
Keo Dara (Gast);14.05.26, 10:30:00;14.05.26, 10:50:00;20 Min. 0 Sek.;;Referent
"""
UNKNOWN_WORDS = """1. Xxxx
Aaaa\tBbb
Cccc\t2
Dddd\t14/05/2026, 09:00:00
Eeee\t14/05/2026, 11:00:00

2. Yyyy
Qqq\tRrr\tSss\tTtt\tUuu\tVvv
Referent\tTrainer\t14/05/2026, 09:00:00\t14/05/2026, 11:00:00\tt@x.example\t2h 0m 0s
Referent\tKeo Dara\t14/05/2026, 09:10:00\t14/05/2026, 10:50:00\t\t50m 0s
Referent\tChan Sreymom\t14/05/2026, 09:10:00\t14/05/2026, 10:50:00\t\t50m 0s

3. Zzzz
Qqq\tRrr\tSss\tTtt\tUuu\tVvv
Referent\tTrainer\t14/05/2026, 09:00:00\t14/05/2026, 11:00:00\tt@x.example\t2h 0m 0s
Referent\tKeo Dara\t14/05/2026, 09:10:00\t14/05/2026, 09:40:00\t\t30m 0s
Referent\tKeo Dara\t14/05/2026, 10:30:00\t14/05/2026, 10:50:00\t\t20m 0s
"""


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("separator", ["\t", ";", ","])
def test_any_encoding_line_end_and_separator(encoding: str, newline: str, separator: str) -> None:
    text = GERMAN if encoding == "cp1252" else SECTIONS.replace("AM", "\u202fAM") if "16" in encoding else SECTIONS
    mark = "\t" if "\t" in text else ";"
    if separator == ",":
        text = "\n".join(mark.join(f'"{cell}"' if "," in cell else cell for cell in line.split(mark)) for line in text.split("\n"))
    text = text.replace(mark, separator).replace("\n", newline)
    data = b"\xfe\xff" + text.encode("utf-16-be") if encoding == "utf-16-be" else text.encode(encoding)
    found = read(data)
    assert found["format"] == "teams-sections" and found["meeting"]["minutes"] == 120
    assert {name.split(" (")[0]: each for name, each in minutes(found).items()} == {"Trainer": 120, "Keo Dara": 50}
    assert found["people"] == [{"employee_number": "0001", "minutes": 50, "status": "exact", "seen_as": [f"Keo Dara ({'Gast' if encoding == 'cp1252' else 'Guest'})"]}]


def test_sections_in_german() -> None:
    found = read(GERMAN)
    assert [each["host"] for each in found["participants"]] == [True, False]
    assert found["input"]["date_order"] == "dmy"
    assert statuses(found)["Keo Dara (Gast)"] == ("exact", ["0001"])


def test_sections_whose_words_nobody_knows_and_columns_in_another_order() -> None:
    found = read(UNKNOWN_WORDS)
    assert minutes(found) == {"Trainer": 120, "Keo Dara": 50, "Chan Sreymom": 50}
    assert found["participants"][0]["email"] == "t@x.example"
    assert found["participants"][2]["intervals"] is None, "only in the list of participants: a length and no times"


def test_without_activities_the_length_counts_and_not_first_to_last() -> None:
    found = read(SECTIONS.partition("3. In-Meeting")[0])
    dara = found["participants"][1]
    assert (dara["intervals"], dara["minutes"]) == (None, 50)
    assert (dara["first_joined"], dara["last_left"]) == ("2026-05-14T09:10:00+06:00", "2026-05-14T10:50:00+06:00")


def test_one_time_outside_the_meeting_does_not_count() -> None:
    late = SECTIONS.replace("9:10:00 AM\t5/14/26, 9:40:00 AM", "8:10:00 AM\t5/14/26, 9:40:00 AM")
    assert minutes(read(late))["Keo Dara (Guest)"] == 60


def test_without_numbers_as_it_was_for_some_months() -> None:
    found = read(
        "Meeting Summary\nTotal Number of Participants\t2\nMeeting Title\tDay 1\n"
        "Meeting Start Time\t5/14/2026, 9:00:00 AM\nMeeting End Time\t5/14/2026, 11:00:00 AM\nMeeting Id\tabc\n\n"
        "Full Name\tJoin Time\tLeave Time\tDuration\tEmail\tRole\tParticipant ID (UPN)\n"
        "Trainer\t5/14/2026, 9:00:00 AM\t5/14/2026, 11:00:00 AM\t2h\tt@x.example\tOrganizer\tt@x.example\n"
        "Keo Dara\t5/14/2026, 9:30:00 AM\t5/14/2026, 10:00:00 AM\t30m\t\tPresenter\t\n"
    )
    assert (found["format"], minutes(found)) == ("teams-sections", {"Trainer": 120, "Keo Dara": 30})


def test_two_meetings_in_one_file_and_only_one_of_the_day() -> None:
    other = SECTIONS.replace("5/14/26", "5/7/26")
    found = read(SECTIONS + "\n" + other)
    assert (found["meeting"]["minutes"], minutes(found)["Keo Dara (Guest)"]) == (120, 50)
    assert [each["code"] for each in found["problems"]] == ["other_meeting"]


def test_restarted_meeting_does_not_count_the_break() -> None:
    again = SECTIONS.replace(" 9:", " 1:").replace("11:00:00 AM", "2:00:00 PM").replace("10:50:00 AM", "1:50:00 PM").replace("10:30:00 AM", "1:45:00 PM").replace("AM", "PM")
    found = read(SECTIONS, again)
    assert len(found["meeting"]["parts"]) == 2 and found["meeting"]["minutes"] == 180
    assert minutes(found) == {"Trainer": 180, "Keo Dara (Guest)": 50 + 35}


def test_the_same_file_twice_counts_once() -> None:
    assert read(SECTIONS, SECTIONS)["participants"] == read(SECTIONS)["participants"]


EVENTS = """Full Name\tUser Action\tTimestamp
Trainer\tJoined\t{0}, 09:00:00
Keo Dara\tJoined before\t{0}, 09:05:00
Keo Dara\tLeft\t{0}, 09:35:00
Keo Dara\tJoined\t{0}, 10:00:00
Chan Sreymom\tLeft\t{0}, 09:20:00
Trainer\tLeft\t{0}, 11:00:00
"""


@pytest.mark.parametrize("day", ["14/05/2026", "5/14/2026", "14.05.26", "2026-05-14", "2026/5/14", "14-05-2026"])
def test_events(day: str) -> None:
    found = read(EVENTS.format(day))
    assert (found["provider"], found["format"]) == ("teams", "teams-events")
    assert minutes(found) == {"Trainer": 120, "Keo Dara": 30 + 60, "Chan Sreymom": 20}


def test_events_in_words_that_nobody_knows() -> None:
    text = EVENTS.format("14/05/2026").replace("Joined before", "Joined").replace("Joined", "Qqqq").replace("Left", "Wwww")
    text = "\n".join(line for line in text.split("\n") if "Sreymom" not in line)
    assert minutes(read(text)) == {"Trainer": 120, "Keo Dara": 90}


@pytest.mark.parametrize(("came", "went"), [("Beigetreten", "Verlassen"), ("A rejoint", "A quitté"), ("Se unió", "Salió"), ("Đã tham gia", "Đã rời khỏi"), ("انضم", "غادر"), ("Присоединился", "Покинул")])
def test_events_in_other_languages(came: str, went: str) -> None:
    text = EVENTS.format("14/05/2026").replace("Joined before", came).replace("Joined", came).replace("Left", went)
    assert minutes(read(text)) == {"Trainer": 120, "Keo Dara": 90, "Chan Sreymom": 20}


def test_live_events_are_in_utc() -> None:
    found = read(
        "SessionId,ParticipantId,FullName,UserAgent,UtcEventTimestamp,Action,Role\n"
        "1,a@x,Producer,Edge,5/14/2026 3:00:00 AM,Joined,Organizer\n"
        "2,b@x,Keo Dara,Edge,5/14/2026 3:30:00 AM,Joined,Attendee\n"
        "2,b@x,Keo Dara,Edge,5/14/2026 4:15:00 AM,Left,Attendee\n"
        "1,a@x,Producer,Edge,5/14/2026 5:00:00 AM,Left,Organizer\n"
    )
    assert found["meeting"]["parts"] == [["2026-05-14T09:00:00+06:00", "2026-05-14T11:00:00+06:00"]]
    assert minutes(found) == {"Producer": 120, "Keo Dara": 45} and found["participants"][0]["host"]


@pytest.mark.parametrize(
    ("written", "day", "order"),
    [
        ("04/05/2026", date(2026, 5, 4), "dmy"), ("04/05/2026", date(2026, 4, 5), "mdy"), ("05/05/26", date(2026, 5, 5), "dmy"),
        ("26/05/14", date(2026, 5, 14), "ymd"), ("2026.05.04", date(2026, 5, 4), "ymd"), ("๑๔/๐๕/๒๕๖๙", date(2026, 5, 14), "dmy"),
    ],
)  # fmt: skip
def test_order_of_the_day_from_the_session(written: str, day: date, order: str) -> None:
    found = read(EVENTS.format(written), session_date=day)
    assert found["input"]["date_order"] == order
    assert found["meeting"]["parts"][0][0] == f"{day}T09:00:00+06:00"


def test_order_that_nobody_can_tell() -> None:
    found = read(EVENTS.format("04/05/2026"), session_date=date(2026, 9, 1))
    assert (found["outcome"], found["reason"]) == ("refused", "date_order_unclear")
    found = read(EVENTS.format("04/05/2026"), session_date=date(2026, 9, 1), date_order="mdy")
    assert found["meeting"]["parts"][0][0].startswith("2026-04-05") and [each["code"] for each in found["problems"]] == ["other_day"]


def test_order_that_the_file_refutes() -> None:
    found = read(EVENTS.format("5/14/2026"), date_order="dmy")
    assert found["input"]["date_order"] == "mdy" and [each["code"] for each in found["problems"]] == ["date_order_differs"]
