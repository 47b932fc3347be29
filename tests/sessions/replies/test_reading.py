"""What mails mean, by kind: the samples, and what other clients and people do."""

import json
import runpy
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app.sessions.replies.reading import read
from app.sessions.replies.rules import Outcome, Reading, Reason
from tests.factories.roster import sample_files
from tests.sessions.replies.letters import KNOWN, ME, OFFICE, OTHER, UID, calendar, mail, mixed, moment, report

FOLDER = sample_files.FOLDER.parent / "itip-replies"
SAMPLES = sorted(FOLDER.glob("*.eml"))
FILL: Any = runpy.run_path(str(FOLDER / "fill.py"))["fill"] if SAMPLES else None
AS_CALENDAR = "Content-Type: text/calendar; charset=utf-8; method=REPLY"


def filled(path: Path, **values: Any) -> bytes:
    made: bytes = FILL(path, uid=UID, seq=2, attendee=ME, organizer=OFFICE, **values)
    return made


@pytest.mark.skipif(not SAMPLES, reason="NO SAMPLES")
@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_sample(path: Path) -> None:
    expected = json.loads((path.parent / f"{path.name}.expected.json").read_text())
    found = read(filled(path), KNOWN)
    assert (found.outcome, found.reason, found.method, found.partstat) == tuple(
        expected[name] for name in ("outcome", "reason", "method", "partstat")
    )
    assert found.attendee == (ME if expected["attendee"] else None)
    assert found.show_to_person == expected.get("show_to_person", False)
    if "comment" in expected:
        assert found.comment == expected["comment"]
    if "delivery" in expected:
        assert found.delivery is not None
        told = {name: getattr(found.delivery, name) for name in expected["delivery"]}
        assert told == {**expected["delivery"], "recipient": ME}


@pytest.mark.skipif(not SAMPLES, reason="NO SAMPLES")
@pytest.mark.parametrize("path", [path for path in SAMPLES if path.stem not in {"bounce", "forged-sender"}], ids=lambda path: path.stem)
@pytest.mark.parametrize(("change", "reason"), [({"sequence": 3}, Reason.STALE_SEQUENCE), ({"uid": f"x{UID}"}, Reason.UNKNOWN_UID), ({"attendee": OTHER}, Reason.SENDER_MISMATCH)])
def test_sample_about_another_entry(path: Path, change: dict[str, Any], reason: Reason) -> None:
    assert refused(filled(path), replace(KNOWN, **change)) is reason


def accepted(raw: bytes, known: Any = KNOWN) -> Reading:
    found = read(raw, known)
    assert found.outcome is Outcome.ACCEPTED, found
    return found


def refused(raw: bytes, known: Any = KNOWN) -> Reason | None:
    found = read(raw, known)
    assert (found.outcome, found.partstat, found.attendee) == (Outcome.IGNORED, None, None)
    return found.reason


SLOPPY = {
    "alone": mail(calendar()),
    "base64": mail(calendar(), encoding="base64"),
    "quoted-printable": mail(calendar(), encoding="quoted-printable"),
    "says base64 and is not": mail(calendar(), encoding="BASE64").replace(b"8bit", b"base64"),
    "line feeds alone": mail(calendar(end="\n")).replace(b"\r\n", b"\n"),
    "carriage returns alone": mail(calendar(end="\r")),
    "the whole mail in carriage returns": mail(calendar()).replace(b"\r\n", b"\r"),
    "doubled carriage returns": mail(calendar(end="\r\r\n")),
    "byte order mark": mail("\ufeff" + calendar()),
    "mark before the mail": b"\xef\xbb\xbf" + mail(calendar()),
    "UTF-16": mail(calendar().encode("utf-16"), kind="text/calendar; charset=utf-16; method=REPLY", encoding="base64"),
    "no charset, Latin-1 inside": mail(calendar(more=["LOCATION:Atelier n\xb0 4 \xe9"]).encode("latin-1"), kind="text/calendar; method=REPLY"),
    "charset that does not exist": mail(calendar(), kind="text/calendar; charset=x-unknown; method=REPLY"),
    "lower case": mail(calendar().lower().replace(UID.lower(), UID), kind="TEXT/CALENDAR; METHOD=reply"),
    "upper case address": mail(calendar(attendee=ME.upper()).replace("mailto", "MAILTO")),
    "sender in upper case": mail(calendar(), sender=f"Sok Sophea <{ME.upper()}>"),
    "no ORGANIZER, no SEQUENCE but that of Outlook": mail(calendar(sequence=None, more=["X-MICROSOFT-CDO-APPT-SEQUENCE:2"])),
    "a long line that nobody folded": mail(calendar(more=["DESCRIPTION:" + "x" * 5000])),
    "folded with a tab": mail(calendar().replace("PARTSTAT", "PART\r\n\tSTAT")),
    "broken without a space": mail(calendar().replace("PARTSTAT=", "PARTSTAT=\r\n")),
    "folded within a letter": mail(calendar(more=["COMMENT:ok"]).encode().replace(b"BEGIN:VEVENT", b"BEGIN:VEVENT\r\nSUMMARY:" + "ធ".encode()[:2] + b"\r\n " + "ធ".encode()[2:])),
    "colon in a name that nobody quoted": mail(calendar(attendee=None, more=[f"ATTENDEE;CN=Sok: Sophea;PARTSTAT=ACCEPTED:mailto:{ME}"])),
    "name in quotes with everything": mail(calendar(attendee=None, more=[f'ATTENDEE;CN="a;PARTSTAT=DECLINED:mailto:x@y.example";PARTSTAT=ACCEPTED:mailto:{ME}'])),
    "address in angle brackets": mail(calendar(attendee=None, more=[f"ATTENDEE;PARTSTAT=ACCEPTED:mailto:Sok <{ME}>"])),
    "address that is no mailto": mail(calendar(attendee=None, more=[f"ATTENDEE;PARTSTAT=ACCEPTED;EMAIL={ME}:urn:uuid:1f3"])),
    "bare address": mail(calendar(attendee=None, more=[f"ATTENDEE;PARTSTAT=ACCEPTED:{ME}"])),
    "percent signs": mail(calendar(attendee=ME.replace("@", "%40"))),
    "id of a Google calendar": mail(calendar(attendee="abc123@group.calendar.google.com")),
    "plus address": mail(calendar(attendee="sok.sophea+work@mill.example"), sender="sok.sophea+work@mill.example"),
    "name that looks like the address": mail(calendar(), sender=f"{ME} <{ME}>"),
    "comma in a name that nobody quoted": mail(calendar(), sender=f"Sophea, Sok <{ME}>"),
    "encoded name": mail(calendar(), sender=f"=?utf-8?b?4Z6F?= <{ME}>"),
    "others on the list": mail(calendar(more=[f"ATTENDEE;PARTSTAT=DECLINED:mailto:{OTHER}"])),
    "an alarm inside": mail(calendar(more=["BEGIN:VALARM", "ACTION:DISPLAY", f"ATTENDEE;PARTSTAT=DECLINED:mailto:{ME}", "UID:other", "END:VALARM"])),
    "another event beside it": mail(calendar().replace("BEGIN:VEVENT", "BEGIN:VEVENT\r\nUID:x\r\nSEQUENCE:9\r\nEND:VEVENT\r\nBEGIN:VEVENT", 1)),
    "method only in the heading": mail(calendar(method=None)),
    "method in the calendar only": mail(calendar(), kind="text/calendar"),
    "year 99999": mail(calendar(starts="DTSTART:999990101T000000Z", ends="DTEND:999991231T000000Z")),
    "a stamp that is none": mail(calendar(stamp="999990510T030000Z")),
    "marked automatic": mail(calendar(), headers=["Auto-Submitted: auto-generated", "X-Auto-Response-Suppress: All", "Precedence: bulk"]),
    "from nobody": mail(calendar(), headers=["Return-Path: <>"]),
    "invented properties": mail(calendar(more=[f"X-BOMB-{n};X-P{n}=1:{'y' * 50}" for n in range(5000)])),
    "attached alone": mixed(("Content-Type: text/plain", "Yes!"), ('Content-Type: application/ics; name="invite.ics"\r\nContent-Disposition: attachment', calendar())),
    "octets with a name": mixed(("Content-Type: text/plain", "Yes!"), ('Content-Type: application/octet-stream\r\nContent-Disposition: attachment; filename="MEETING.ICS"', calendar())),
    "a name of RFC 2231": mixed(("Content-Type: text/plain", "Yes!"), ("Content-Type: application/octet-stream\r\nContent-Disposition: attachment;\r\n filename*0*=UTF-8''r%C3%A9un;\r\n filename*1*=ion.ics", calendar())),
    "a name of RFC 2047": mixed(("Content-Type: text/plain", "Yes!"), ('Content-Type: application/x-what; name="=?utf-8?q?r=C3=A9union.ics?="', calendar())),
    "octets without a name": mixed(("Content-Type: text/plain", "Yes!"), ("Content-Type: application/octet-stream", calendar())),
    "text that is a calendar": mail(calendar(), kind="text/plain; charset=utf-8"),
    "beside the text": mixed(("Content-Type: text/plain", "Yes"), ("Content-Type: text/html", "<p>Yes"), (AS_CALENDAR, calendar()), subtype="alternative"),
    "twice": mixed((AS_CALENDAR, calendar()), ('Content-Type: application/ics; name="invite.ics"', calendar())),
    "after a copy of the invitation": mixed(("Content-Type: text/calendar; method=REQUEST", calendar(method="REQUEST", partstat="NEEDS-ACTION")), (AS_CALENDAR, calendar())),
    "without the last border": mixed((AS_CALENDAR, calendar())).replace(b"--inv_1--", b""),
    "border that nobody named": mixed((AS_CALENDAR, calendar())).replace(b'; boundary="inv_1"', b""),
    "border with an equals sign": mixed((AS_CALENDAR, calendar()), boundary="=_Part;1"),
    "three levels deep": mixed(("Content-Type: multipart/alternative; boundary=zz", f"--zz\r\nContent-Type: text/plain\r\n\r\nyes\r\n--zz\r\n{AS_CALENDAR}\r\n\r\n{calendar()}\r\n--zz--")),
    "signed": mixed((AS_CALENDAR, calendar()), ("Content-Type: application/pkcs7-signature; name=smime.p7s", "x"), subtype='signed; protocol="application/pkcs7-signature"'),
    "an older calendar": mail(calendar().replace("VERSION:2.0", "VERSION:1.0"), kind="text/x-vcalendar; method=REPLY"),
    "sender with a comment": mail(calendar(), sender=f"{ME} (Sok Sophea)"),
    "sender on a line of its own": mail(calendar(), sender=f"Sok Sophea\r\n <{ME}>"),
    "UID broken over lines": mail(calendar().replace(UID, f"{UID[:10]}\r\n {UID[10:]}")),
    "one day of several": mail(calendar(more=["RECURRENCE-ID:20260514T010000Z"])),
    "through a mailing list": mixed((AS_CALENDAR, calendar()), ("Content-Type: text/plain", "_____\r\nfooter")),
}  # fmt: skip


@pytest.mark.parametrize("raw", SLOPPY.values(), ids=SLOPPY)
def test_sloppy_answers_are_answers(raw: bytes) -> None:
    found = accepted(raw)
    assert (found.method, found.partstat, found.attendee) == ("REPLY", "ACCEPTED", ME)


@pytest.mark.parametrize("partstat", ["ACCEPTED", "DECLINED", "TENTATIVE", "DELEGATED"])
def test_each_answer(partstat: str) -> None:
    assert accepted(mail(calendar(partstat=partstat))).partstat == partstat


IGNORED = {
    "somebody else": (mail(calendar(), sender=OTHER), Reason.SENDER_MISMATCH),
    "an alias": (mail(calendar(), sender="sophea@mill.example"), Reason.SENDER_MISMATCH),
    "another attendee": (mail(calendar(attendee=OTHER)), Reason.SENDER_MISMATCH),
    "a delegate": (mail(calendar(attendee=None, more=[f'ATTENDEE;PARTSTAT=ACCEPTED;DELEGATED-FROM="mailto:{ME}":mailto:{OTHER}']), sender=OTHER), Reason.SENDER_MISMATCH),
    "two senders": (mail(calendar(), sender=f"{ME}, {OTHER}"), Reason.SENDER_MISMATCH),
    "two lines of senders": (mail(calendar(), headers=[f"From: {OTHER}"]), Reason.SENDER_MISMATCH),
    "address hidden in a name": (mail(calendar(), sender=f'"{ME}" <{OTHER}>'), Reason.SENDER_MISMATCH),
    "address behind a name": (mail(calendar(), sender=f"{ME} <{OTHER}>"), Reason.SENDER_MISMATCH),
    "address in a comment": (mail(calendar(), sender=f"{OTHER} ({ME})"), Reason.SENDER_MISMATCH),
    "quoted local part": (mail(calendar(), sender='"sok.sophea@mill.example"@evil.example'), Reason.SENDER_MISMATCH),
    "look-alike": (mail(calendar(), sender="sok.sophea@mіll.example"), Reason.SENDER_MISMATCH),
    "a group": (mail(calendar(), sender=f"undisclosed:{ME};"), Reason.SENDER_MISMATCH),
    "address in an encoded name": (mail(calendar(), sender=f"=?utf-8?q?{ME.replace('@', '=40')}?= <{OTHER}>"), Reason.SENDER_MISMATCH),
    "a proposal that is declined": (mail(calendar(method="DECLINECOUNTER")), Reason.NOT_A_REPLY),
    "a file of Outlook's own": (mixed(("Content-Type: application/ms-tnef; name=winmail.dat", "x")), Reason.NO_CALENDAR),
    "nobody": (mail(calendar(), sender=""), Reason.SENDER_MISMATCH),
    "disowned by the domain": (mail(calendar(), headers=["Authentication-Results: mx.seamwise.example; dmarc=fail"]), Reason.SENDER_MISMATCH),
    "another entry": (mail(calendar(uid="x")), Reason.UNKNOWN_UID),
    "no UID": (mail(calendar(uid="")), Reason.UNKNOWN_UID),
    "the UID as a part of another": (mail(calendar(uid=f"{UID}x")), Reason.UNKNOWN_UID),
    "no event": (mail("BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nEND:VCALENDAR\r\n"), Reason.UNKNOWN_UID),
    "older": (mail(calendar(sequence="1")), Reason.STALE_SEQUENCE),
    "no sequence": (mail(calendar(sequence=None)), Reason.STALE_SEQUENCE),
    "sequence that is no number": (mail(calendar(sequence="-1")), Reason.STALE_SEQUENCE),
    "no answer in it": (mail(calendar(partstat="NEEDS-ACTION")), Reason.BAD_PARTSTAT),
    "no PARTSTAT": (mail(calendar(partstat=None)), Reason.BAD_PARTSTAT),
    "invented": (mail(calendar(partstat="X-MAYBE")), Reason.BAD_PARTSTAT),
    "of a task": (mail(calendar(partstat="COMPLETED")), Reason.BAD_PARTSTAT),
    "two answers at once": (mail(calendar(more=[f"ATTENDEE;PARTSTAT=DECLINED:mailto:{ME}"])), Reason.BAD_PARTSTAT),
    "no attendee at all": (mail(calendar(attendee=None)), Reason.BAD_PARTSTAT),
    "a request": (mail(calendar(method="REQUEST"), kind="text/calendar; method=REQUEST"), Reason.NOT_A_REPLY),
    "a cancellation": (mail(calendar(method="CANCEL")), Reason.NOT_A_REPLY),
    "a calendar to look at": (mail(calendar(method="PUBLISH")), Reason.NOT_A_REPLY),
    "a question": (mail(calendar(method="REFRESH")), Reason.NOT_A_REPLY),
    "no method": (mail(calendar(method=None), kind="text/calendar"), Reason.NOT_A_REPLY),
    "our own mail": (mail(calendar(method="REQUEST"), sender=OFFICE, headers=["Auto-Submitted: auto-generated"]), Reason.NOT_A_REPLY),
    "words": (mail("We cannot come on Thursday.", kind="text/plain"), Reason.NO_CALENDAR),
    "nothing": (b"", Reason.NO_CALENDAR),
    "noise": (bytes(range(256)) * 20, Reason.NO_CALENDAR),
    "a forwarded answer": (mixed(("Content-Type: text/plain", "fyi"), ("Content-Type: message/rfc822", mail(calendar()))), Reason.NO_CALENDAR),
    "out of office": (mail("I am away.", kind="text/plain", headers=["Auto-Submitted: auto-replied"]), Reason.AUTO_REPLY),
    "out of office by Outlook": (mail("Away", kind="text/html", subject="Automatic reply: SST half-day 1", headers=["X-Auto-Response-Suppress: All"]), Reason.AUTO_REPLY),
    "out of office by words": (mail("Je suis absent", kind="text/plain", subject="=?utf-8?q?R=C3=A9ponse_automatique_=3A_SST?="), Reason.AUTO_REPLY),
    "out of office with our invitation": (mixed(("Content-Type: text/plain", "away"), ("Content-Type: text/calendar; method=REQUEST", calendar(method="REQUEST")), headers=["Auto-Submitted: auto-replied (vacation)"]), Reason.AUTO_REPLY),
    "a receipt": (mixed(("Content-Type: text/plain", "was read"), ("Content-Type: message/disposition-notification", "Disposition: manual-action/MDN-sent-manually; displayed"), subtype="report; report-type=disposition-notification"), Reason.AUTO_REPLY),
    "a bounce": (report(inner=calendar(method="REQUEST")), Reason.BOUNCE),
    "a bounce with an answer inside": (report(inner=calendar()), Reason.BOUNCE),
    "a bounce with the invitation laid bare": (mixed(("Content-Type: message/delivery-status", f"Final-Recipient: rfc822;{ME}\r\nAction: failed\r\nStatus: 5.0.0"), (AS_CALENDAR, calendar())), Reason.BOUNCE),
    "a bounce in words": (mail(f"I could not deliver to <{ME}>: 5.2.2 mailbox full", kind="text/plain", sender="Mail Delivery <mailer-daemon@mx.example>", subject="failure notice"), Reason.BOUNCE),
    "a bounce of Exim": (mail("A message that you sent could not be delivered.", kind="text/plain", sender="postmaster@mx.example", headers=[f"X-Failed-Recipients: {ME}"]), Reason.BOUNCE),
    "a bounce of Exchange": (mail("not found", kind="text/html", sender="postmaster@mill.example", subject="Undeliverable: SST half-day 1", headers=["Return-Path: <>"]), Reason.BOUNCE),
}  # fmt: skip


@pytest.mark.parametrize(("raw", "reason"), IGNORED.values(), ids=IGNORED)
def test_what_changes_nothing(raw: bytes, reason: Reason) -> None:
    assert refused(raw) is reason


SHOWN = {Reason.UNKNOWN_UID, Reason.SENDER_MISMATCH, Reason.NO_CALENDAR, Reason.BAD_PARTSTAT, Reason.NOT_A_REPLY}


@pytest.mark.parametrize(("raw", "reason"), IGNORED.values(), ids=IGNORED)
def test_who_should_look(raw: bytes, reason: Reason) -> None:
    assert read(raw, KNOWN).show_to_person == (reason in SHOWN and b"auto-generated" not in raw)


def test_who_sends_somebody_else_has_answered() -> None:
    both = [f'ATTENDEE;PARTSTAT=DELEGATED;DELEGATED-TO="mailto:{OTHER}":mailto:{ME}', f'ATTENDEE;DELEGATED-FROM="mailto:{ME}":mailto:{OTHER}']
    assert accepted(mail(calendar(attendee=None, more=both))).partstat == "DELEGATED"


def test_no_entry_of_ours() -> None:
    assert refused(mail(calendar()), None) is Reason.UNKNOWN_UID


@pytest.mark.parametrize(("sequence", "stamp", "counts"), [("3", "20260510T020000Z", True), ("2", "20260510T020000Z", False), ("2", "20260510T030000Z", True), ("2", "20260510T040000Z", True), ("2", None, True)])
def test_an_older_answer_never_overwrites(sequence: str, stamp: str | None, counts: bool) -> None:
    """The one that counts was given at 03:00Z for SEQUENCE 2. A mail of 10:00 in Phnom Penh is of 03:00Z."""
    known = replace(KNOWN, last_sequence=2, last_stamp=moment(3, day=10))
    found = read(mail(calendar(sequence=sequence, stamp=stamp)), known)
    assert (found.outcome is Outcome.ACCEPTED) is counts
    assert found.reason is (None if counts else Reason.STALE_SEQUENCE)


def test_no_answer_to_an_entry_that_was_taken_back() -> None:
    assert refused(mail(calendar()), replace(KNOWN, is_withdrawn=True)) is Reason.STALE_SEQUENCE


@pytest.mark.parametrize(
    ("starts", "ends"),
    [
        ("DTSTART:20260515T010000Z", "DTEND:20260515T040000Z"),
        ("DTSTART;TZID=Asia/Phnom_Penh:20260515T080000", "DTEND;TZID=Asia/Phnom_Penh:20260515T110000"),
        ('DTSTART;TZID="SE Asia Standard Time":20260515T080000', "DTEND;TZID=SE Asia Standard Time:20260515T110000"),
        ("DTSTART;TZID=/freeassociation.sourceforge.net/Asia/Phnom_Penh:20260515T080000", "DURATION:PT3H"),
        ("DTSTART;TZID=Factory time:20260515T080000", "DTEND;TZID=Factory time:20260515T110000"),
    ],
)
def test_another_time_is_proposed(starts: str, ends: str) -> None:
    text = calendar(method="COUNTER", partstat="TENTATIVE", starts=starts, ends=ends, more=["COMMENT:Shipment that day\\, sorry"])
    zone = "BEGIN:VTIMEZONE\r\nTZID:Factory time\r\nBEGIN:STANDARD\r\nDTSTART:16010101T000000\r\nTZOFFSETTO:+0700\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n"
    found = accepted(mail(text.replace("BEGIN:VEVENT", f"{zone}BEGIN:VEVENT")))
    assert (found.method, found.partstat, found.comment) == ("COUNTER", "TENTATIVE", "Shipment that day, sorry")
    assert found.proposal and (found.proposal.starts_at, found.proposal.ends_at) == (moment(1, 15), moment(4, 15))
    assert found.show_to_person


@pytest.mark.parametrize(("starts", "ends"), [("DTSTART:999990101T000000Z", "DTEND:20260515T040000Z"), ("DTSTART;TZID=../etc/passwd:20260515T080000", "DURATION:PT3H"), ("DTSTART:20260515T040000Z", "DTEND:20260515T010000Z"), ("DTSTART;VALUE=DATE:20260515", "DTEND;VALUE=DATE:20260516"), ("DTSTART:20261399T990000Z", "DTEND:20260515T010000Z"), ("DTSTART:20260515T010000Z", "DURATION:P999D")])
def test_a_time_that_is_none_is_not_proposed(starts: str, ends: str) -> None:
    found = accepted(mail(calendar(method="COUNTER", partstat=None, starts=starts, ends=ends)))
    assert (found.proposal, found.partstat, found.show_to_person) == (None, "NEEDS-ACTION", True)


@pytest.mark.parametrize(
    ("line", "note"),
    [
        ("COMMENT:Ten o'clock\\nwould do\\; thanks", "Ten o'clock\nwould do; thanks"),
        ("COMMENT;LANGUAGE=km:សូមអភ័យទោស", "សូមអភ័យទោស"),
        ("COMMENT:a\x00b\x1bc\u202e", "abc\u202e"),
        (f"COMMENT:{'long ' * 1000}", ("long " * 1000)[:1000].strip()),
        ("COMMENT:<script>alert(1)</script>", "<script>alert(1)</script>"),
    ],
)
def test_note(line: str, note: str) -> None:
    comment = accepted(mail(calendar(more=[line]))).comment
    assert comment is not None and comment.strip() == note


def test_report_names_the_mail_that_came_back() -> None:
    found = read(report(status="5.2.2 (full)"), KNOWN).delivery
    assert found and (found.recipient, found.action, found.status, found.message_id) == (ME, "failed", "5.2.2", "<gone@seamwise.example>")
    assert found.has_failed
    late = read(report(action="delayed", status="4.4.1"), KNOWN).delivery
    assert late and not late.has_failed


def test_of_two_answers_in_one_file_the_later_counts() -> None:
    later = calendar(partstat="DECLINED", stamp="20260510T040000Z").partition("BEGIN:VEVENT")[2].partition("END:VCALENDAR")[0]
    both = calendar().replace("END:VCALENDAR", f"BEGIN:VEVENT{later}END:VCALENDAR")
    assert both.count("BEGIN:VEVENT") == 2
    assert read(mail(both), KNOWN).partstat == "DECLINED"
