"""Who a participant may be, in every script; by the rules of the samples."""

import pytest

from app.attendance.reports.matching import match, room_key
from app.attendance.reports.names import identity
from app.attendance.reports.results import Listed, Match, Participant, Status
from app.attendance.reports.roster import index

PEOPLE = (
    Listed("00012", "Tan Vibol", "តាន់ វិបុល", None, "+85592000934"),
    Listed("00031", "Sok Sophea", "សុខ សុភា", "Sophea@golden.example"),
    Listed("00044", "Keo Dara", "កែវ ដារ៉ា", None, "+85512000345"),
    Listed("00066", "Chea Sreyneang", "ជា ស្រីនាង", "office@golden.example"),
    Listed("00067", "Chea Sreyneang", "ជា ស្រីនាង", "office@golden.example"),
    Listed("B-77", "Md. Rafiqul Islam", "মোঃ রফিকুল ইসলাম", None, "+8801700000001"),
    Listed("B-78", "Mst. Shirin Akter", "মোসাঃ শিরিন আক্তার", None, "+8801700000001"),
    Listed("J1", "Ahmad Ali Najjar", "أحمد علي نجّار"),
    Listed("E1", "Almaz Bekele", "አልማዝ በቀለ ታደሰ"),
    Listed("V1", "Nguyễn Thị Hồng Nhung"),
    Listed("L1", "S.H.N. Anoma Wijesinghe", "අනෝමා විජේසිංහ"),
    Listed("L2", "K. Selvi Murugan", "செல்வி முருகன்"),
    Listed("P1", "Ayesha Bibi", "عائشہ بی بی"),
    Listed("U1", "Gulnora Karimova", "Гулнора Каримова"),
    Listed("H1", "Marie-Ange Saint-Fleur"),
    Listed("I1", "Suparman"),
)
INDEX = index(PEOPLE)


def found(name: str, email: str | None = None, rooms: tuple[str, ...] = (), staff: tuple[str, ...] = ()) -> Match:
    participant = Participant(identity(name, email), name, email, host=False, connections=1, spans=(), seconds=0)
    return match(participant, INDEX, {room_key(room) for room in rooms}, set(staff))


def told(name: str, email: str | None = None) -> tuple[str, str, str | None]:
    got = found(name, email)
    return got.status.value, " ".join(sorted(PEOPLE[place].employee_number for place in got.places)), got.by


@pytest.mark.parametrize(("name", "number", "by"), [
    ("Keo Dara", "00044", "name"), ("KEO dara (Guest)", "00044", "name"), ("Keo  Dara (Unverified)", "00044", "name"),
    ("Mr. Keo Dara (External)", "00044", "name"), ("Keo Dara (Khách)", "00044", "name"), ("KeoDara", "00044", "name"),
    ("កែវ ដារ៉ា", "00044", "local_name"), ("កែវ\u200bដារ៉ា (ភ្ញៀវ)", "00044", "local_name"), ("লাইন", "", None),
    ("মোঃ রফিকুল ইসলাম", "B-77", "local_name"), ("Nguyễn Thị Hồng Nhung", "V1", "name"),
    ("Nguye\u0302\u0303n Thi\u0323 Hồng Nhung", "V1", "name"), ("Lan (Nguyễn Thị Hồng Nhung)", "V1", "name"),
    ("አልማዝ በቀለ ታደሰ", "E1", "local_name"), ("අනෝමා විජේසිංහ", "L1", "local_name"), ("செல்வி முருகன்", "L2", "local_name"),
    ("عائشہ بی بی", "P1", "local_name"), ("Гулнора Каримова", "U1", "local_name"), ("Suparman", "I1", "name"),
    ("00044 Keo Dara", "00044", "employee_number"), ("44 Dara", "00044", "employee_number"), ("b77 Rafiqul", "B-77", "employee_number"),
    ("B-77_Rafiq Islam", "B-77", "employee_number"), ("00044 Dara HR", "00044", "employee_number"), ("Dara 00044", "00044", "employee_number"), ("០០០៤៤ ដារ៉ា", "00044", "employee_number"),
    ("00044-Dara", "00044", "employee_number"), ("00044Dara", "00044", "employee_number"), ("(00044) Dara", "00044", "employee_number"),
])  # fmt: skip
def test_exact(name: str, number: str | None, by: str | None) -> None:
    if number:
        assert told(name) == ("exact", number, by)
    else:
        assert told(name)[0] != "exact"


@pytest.mark.parametrize(("name", "number", "by"), [
    ("Dara Keo", "00044", "name"), ("Dara, Keo", "00044", "name"), ("Dara", "00044", "name"), ("Keo Darra", "00044", "name"),
    ("12 Keo Dara", "00044", "name"), ("3. Sok Sophea", "00031", "name"), ("Sophea", "00031", "name"), ("ដារ៉ា", "00044", "local_name"),
    ("Rafiqul Islam", "B-77", "name"), ("Md Rafikul Islam", "B-77", "name"), ("রফিকুল", "B-77", "local_name"), ("শিরিন আকতার", None, None),
    ("احمد على نجار", "J1", "local_name"), ("أحمد نجار", "J1", "local_name"), ("Ali", "J1", "name"), ("አልማዝ በቀለ", "E1", "local_name"),
    ("Nguyen Thi Hong Nhung", "V1", "name"), ("Hồng Nhung", "V1", "name"), ("NHUNG NGUYEN THI HONG", "V1", "name"),
    ("Anoma Wijesinghe", "L1", "name"), ("SHN Anoma Wijesinghe", "L1", "name"), ("Anoma Wijesingha", None, None), ("Selvi Murugan", "L2", "name"),
    ("عايشه بي بي", "P1", "local_name"), ("Каримова Гулнора", "U1", "local_name"), ("Marie Ange Saint Fleur", "H1", "name"),
    ("Keo Dara Line 4", "00044", "name"), ("Keo Dara កែវ ដារ៉ា", "00044", "name"), ("+855 12 000 345", "00044", "phone"),
    ("85512000345", "00044", "phone"), ("012 000 345", "00044", "phone"), ("00044", "00044", "employee_number"),
])  # fmt: skip
def test_probable(name: str, number: str | None, by: str | None) -> None:
    if number:
        assert told(name) == ("probable", number, by)
    else:
        assert told(name)[0] in {"probable", "unknown"}


@pytest.mark.parametrize(("name", "email", "numbers", "by"), [
    ("Chea Sreyneang (Guest)", None, "00066 00067", "name"), ("Sreyneang", None, "00066 00067", "name"), ("ជា ស្រីនាង", None, "00066 00067", "local_name"),
    ("Keo Dara", "sophea@golden.example", "00031 00044", "email"), ("Office", "office@golden.example", "00066 00067", "email"),
    ("00031 Keo Dara", None, "00031 00044", "employee_number"), ("+880 1700 000001", None, "B-77 B-78", "phone"),
])  # fmt: skip
def test_ambiguous(name: str, email: str | None, numbers: str, by: str) -> None:
    assert told(name, email) == ("ambiguous", numbers, by)


@pytest.mark.parametrize("name", [
    "iPhone", "Galaxy A12", "Galaxy 12", "+855 97 *** **12", "+855 12 *** 345", "Redmi Note 9", "user", "???", "", "(Guest)", "Md.", "K.", "Marie Ange St Fleur",
    "Hiwot", "962780000761", "አልማዝ በቐለ", "Trainer VN", "A", "12", "Line 4 Room-2", "Participant", "=cmd|' /C calc'!A0", "\u202e", "😀",
])  # fmt: skip
def test_unknown(name: str) -> None:
    assert told(name) == ("unknown", "", None)


def test_by_mail() -> None:
    assert told("Sophea S", "sophea@golden.example") == ("exact", "00031", "email")
    assert told("Somebody", "SOPHEA@golden.example".lower()) == ("exact", "00031", "email")
    assert told("sophea@golden.example") == ("exact", "00031", "email")
    assert told("Keo Dara", "nobody@golden.example") == ("exact", "00044", "name")


def test_rooms_and_staff() -> None:
    assert found("Golden  Needle - Training Room (Guest)", rooms=("Golden Needle – Training room",)).status is Status.ROOM
    assert found("Keo Dara", "t@x.example", staff=("t@x.example",)).status is Status.UNKNOWN


def test_identity() -> None:
    same = ["Keo Dara", "keo dara (Guest)", "Keo  Dara (Gast)", "KEO DARA (Unverified) (Guest)"]
    assert len({identity(name, None) for name in same}) == 1
    assert identity("Lan (Nguyễn Thị Lan)", None) != identity("Lan (Trần Thị Lan)", None)
    assert identity("A", "X@y.example") == identity("B", "x@Y.example")
