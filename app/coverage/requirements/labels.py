"""What kinds, faults, reasons and sources are called, in plain words."""

from app.coverage.requirements.checks import Fault
from app.coverage.requirements.rules import Happening, Kind, Proof, SourceKind, WaiverReason
from app.platform.i18n import lazy

KINDS = {
    Kind.ROLE: lazy("Everybody in a role"),
    Kind.QUOTA: lazy("A share of the people"),
    Kind.UNIT: lazy("People on every line"),
    Kind.BODY: lazy("A whole committee"),
    Kind.CADENCE: lazy("Something that happens again and again"),
    Kind.FINDING: lazy("After a finding"),
    Kind.PATHWAY: lazy("A pathway of several courses"),
    Kind.LAW: lazy("Hours that the law asks for"),
}
EXAMPLES = {
    Kind.ROLE: lazy("For example: every line supervisor holds Supervisory Skills within 6 months."),
    Kind.QUOTA: lazy("For example: 18 of 100 people are trained to fight fire, to rescue and to give first aid."),
    Kind.UNIT: lazy("For example: on every line and in every shift one person can give first aid."),
    Kind.BODY: lazy("For example: all members of the safety committee, on both sides."),
    Kind.CADENCE: lazy("For example: three seminars in twelve months, or a fire drill every six months."),
    Kind.FINDING: lazy("For example: a finding about chemicals, then training for section heads within 60 days."),
    Kind.PATHWAY: lazy("For example: ambassadors take ten courses in a year."),
    Kind.LAW: lazy("For example: managers have 16 hours every two years, with a certificate."),
}
SOURCES = {
    SourceKind.LAW: lazy("Law"),
    SourceKind.PROGRAMME: lazy("Rule of the programme"),
    SourceKind.BRAND: lazy("Rule of a brand"),
}
HAPPENINGS = {Happening.SEMINAR: lazy("Seminar"), Happening.DRILL: lazy("Drill")}
PROOFS = {
    Proof.CERTIFICATE: lazy("Certificate"),
    Proof.CARD: lazy("Safety card"),
    Proof.RECORD_BOOK: lazy("Record book"),
}
REASONS = {
    WaiverReason.ON_LEAVE: lazy("Away for a long time"),
    WaiverReason.PROVEN_ELSEWHERE: lazy("Trained elsewhere, and the proof was seen"),
    WaiverReason.OTHER_WORK: lazy("Does not do this work"),
    WaiverReason.CLOSING: lazy("The factory or the line is closing"),
    WaiverReason.EMERGENCY: lazy("Fire, flood or unrest"),
}
FAULTS = {
    Fault.NO_COURSE: lazy("Choose at least one course."),
    Fault.UNKNOWN_COURSE: lazy("A course is not in the catalogue."),
    Fault.DAYS: lazy("The days to get it done cannot be fewer than none."),
    Fault.PERCENT: lazy("The share must be from 1 to 100 percent."),
    Fault.PER_UNIT: lazy("Ask for at least one person on a line."),
    Fault.NO_COMMITTEE: lazy("Choose at least one committee."),
    Fault.NO_HAPPENING: lazy("Choose what is to happen."),
    Fault.NEEDED: lazy("Ask for at least one."),
    Fault.MONTHS: lazy("The months must be from 1 to 120."),
    Fault.NO_POINT: lazy("Choose at least one point of the findings."),
    Fault.MORE_THAN_COURSES: lazy("More courses are asked for than are chosen."),
    Fault.HOURS: lazy("Write how many hours are asked for."),
    Fault.NO_PROOF: lazy("Choose the proof that the law asks for."),
    Fault.SIZES: lazy("The most people cannot be fewer than the fewest."),
}
