"""What is printed on a certificate, put together once from the facts and frozen."""

import dataclasses
import json
from datetime import date
from decimal import Decimal
from typing import Any

from babel import Locale, UnknownLocaleError
from flask_babel import force_locale

from app.accounts.queries import accounts_by_id
from app.attendance.queries import attended_days
from app.certificates.designs.pictures import with_data, without_data
from app.certificates.designs.queries.dressing import look_for
from app.certificates.designs.rules import fill
from app.certificates.paper.look import TEXTS, Look, thaw_look, thaw_picture
from app.certificates.paper.phrases import has_wording, wording
from app.certificates.paper.printed import MOST_SIGNATORIES, CertificateFace, Signatory
from app.completions.models import Completion
from app.courses.models import CourseVersion
from app.courses.queries import meeting_unit
from app.coverage.rules import last_day
from app.factories.models import Factory, Person
from app.platform.clock import today
from app.platform.db import db
from app.platform.i18n import _, text
from app.platform.i18n.calendars import own_date
from app.platform.i18n.formats import format_date, format_number, format_percent
from app.sessions.models import TrainingSession
from app.sessions.queries import held_meetings, seat_of


@dataclasses.dataclass(frozen=True)
class Facts:
    """The same rule and hours as the face shows, as plain values: to be told in the reader's language."""

    attended: int
    planned: int
    score: float | None
    hours: float
    half_days: tuple[date, ...]
    """Those attended, each day once, also when it had two half-days."""
    version: str
    last_day: date | None
    zone: str
    says_attended: bool = True
    """Whether `half_days` are those attended. Of before, they are all of the course."""

    @property
    def attended_days(self) -> tuple[date, ...]:
        """The days of which it is known that the person was there."""
        return self.half_days if self.says_attended or self.attended == self.planned else ()


@dataclasses.dataclass(frozen=True)
class Dress:
    """How a certificate is dressed on its day; nobody who signs means the trainers."""

    look: Look = Look()
    signatories: tuple[Signatory, ...] = ()
    version_id: int | None = None


@dataclasses.dataclass(frozen=True)
class Source:
    """Where a certificate comes from."""

    completion: Completion
    training: TrainingSession
    version: CourseVersion
    person: Person
    factory: Factory | None
    design: Dress

    @property
    def language(self) -> str:
        """The factory's first language."""
        return self.factory.language if self.factory else "en"


def source(completion: Completion) -> Source:
    """Everything that the certificate of a completion speaks of."""
    training = db.session.get_one(TrainingSession, completion.training_id)
    factory = db.session.get(Factory, completion.factory_id) if completion.factory_id else None
    language = factory.language if factory else "en"
    dress = look_for(training.programme_id, completion.course_id, language, today(training.programme.zone))
    return Source(
        completion=completion,
        training=training,
        version=db.session.get_one(CourseVersion, completion.version_id),
        person=db.session.get_one(Person, completion.person_id),
        factory=factory,
        design=Dress(*dress),
    )


def facts(source: Source) -> Facts:
    """What the completion rests on, in counts, and how long it holds."""
    until, zone = source.completion.valid_until, source.training.programme.zone
    meetings, evidence = held_meetings(source.training.id), source.completion.evidence
    taken = source.training.version  # of the refresher, where that renewed the course
    share = Decimal(evidence.get(meeting_unit(taken.id).code, ["0"])[0])
    score = evidence.get(taken.test_unit or "")
    # Shares are kept with six places, rounded down: 2 of 3 half-days are 0.666666.
    attended = round(share * len(meetings))
    is_all = attended == len(meetings)
    days = attended_days(taken, meetings, source.person.id) if not is_all else [each.starts.date() for each in meetings]
    return Facts(
        attended=attended,
        planned=len(meetings),
        score=float(score[0]) if score else None,
        hours=taken.hours,
        half_days=tuple(dict.fromkeys(days)),
        version=source.version.number,
        last_day=last_day(until, zone) if until else None,
        zone=zone,
    )


def compose(source: Source, facts: Facts, number: str, verify_url: str) -> CertificateFace:
    """The face in the language of the factory, with its dates and digits."""
    language, person, factory = source.language, source.person, source.factory
    locale, issued = formats_of(language), today(facts.zone)
    country, second = source.training.programme.country, _second(source)
    seat = seat_of(source.training.id, person.id)
    face = CertificateFace(
        locale=language,
        programme=text(source.training.programme.name, language),
        latin_name=person.name,
        local_name=person.local_name or "",
        name_locale="" if person.language == language else person.language,
        course=text(source.version.titles, language),
        course_english=text(source.version.titles, "en"),
        hours=format_number(facts.hours, locale),
        factory=(factory.local_name or factory.name) if factory else "",
        place=seat.site.name if seat else "",
        issued=format_date(issued, locale),
        issued_on=issued,
        valid_until=format_date(facts.last_day, locale) if facts.last_day else "",
        number=number,
        verify_url=verify_url,
        signatories=source.design.signatories or _signatories(source.training, locale),
        version=facts.version,
        role=_role(source, language),
        themes=_themes(source.version, language),
        issued_beside=own_date(country, issued, language),
        valid_until_beside=own_date(country, facts.last_day, language) if facts.last_day else "",
        second_locale=second,
        course_second=text(source.version.titles, second) if second else "",
        factory_latin=factory.name if factory else "",
        **_results(facts, locale),
    )
    return dressed(face, source.design.look)


def _results(facts: Facts, locale: str) -> dict[str, Any]:
    """What the face says of what was done; the facts call it the same."""
    return {
        "half_days": tuple(format_date(day, locale, "medium") for day in facts.half_days),
        "attended": format_number(facts.attended, locale),
        "planned": format_number(facts.planned, locale),
        "score": "" if facts.score is None else format_percent(facts.score, locale),
    }


def dressed(face: CertificateFace, look: Look) -> CertificateFace:
    """The face in this look, the placeholders of its texts filled with what is printed."""
    values = {
        "name": face.local_name or face.latin_name, "course": face.course, "factory": face.factory,
        "hours": face.hours, "date": face.issued, "valid_until": face.valid_until, "role": face.role,
        "number": face.number,
    }  # fmt: skip
    return dataclasses.replace(face, look=look.saying(lambda said: fill(said, values)))


def _second(source: Source) -> str:
    """The language beside that of the certificate: English, or that of the person where the certificate is English."""
    own = source.person.language
    return own if source.language == "en" and own != "en" and has_wording(own) else ""


def _role(source: Source, language: str) -> str:
    role = source.completion.role
    return wording(language)[f"role_{role}"] if role else ""


def _themes(version: CourseVersion, language: str) -> tuple[str, ...]:
    """The themes of the course; of a point, the theme that it belongs to."""
    words, themes = wording(language), dict.fromkeys(theme.partition("/")[0] for theme in version.themes)
    return tuple(words[f"theme_{theme}"] for theme in themes if f"theme_{theme}" in words)


def formats_of(language: str) -> str:
    """The language whose dates and numbers are printed: English where nobody has described those of the language."""
    locale = language.replace("-", "_")
    try:
        Locale.parse(locale)
    except (UnknownLocaleError, ValueError):
        return "en"
    return locale


def _signatories(training: TrainingSession, locale: str) -> tuple[Signatory, ...]:
    ids = [trainer.account_id for trainer in training.trainers][:MOST_SIGNATORIES]
    names = accounts_by_id(ids)
    with force_locale(locale):
        role = _("Trainer")
    return tuple(Signatory(names[key].name, str(role)) for key in ids if key in names)


def freeze(face: CertificateFace, facts: Facts) -> dict[str, Any]:
    """The face as it is stored, with the facts beside it. Stored pictures are told by their key, the hash of them."""
    look = dataclasses.replace(face.look, logo=without_data(face.look.logo))
    signing = tuple(dataclasses.replace(one, picture=without_data(one.picture)) for one in face.signatories)
    bare = dataclasses.replace(face, look=look, signatories=signing)
    return {**_plain(dataclasses.asdict(bare)), "facts": _plain(dataclasses.asdict(facts))}


def corrected(stored: dict[str, Any], facts: Facts, language: str) -> dict[str, Any]:
    """A stored face that says these results; everything else stays as it was frozen."""
    results, known = _results(facts, formats_of(language)), dataclasses.asdict(facts)
    told = {**stored["facts"], **_plain({key: known[key] for key in (*results, "says_attended")})}
    return {**stored, **_plain(results), "facts": told}


def renamed(stored: dict[str, Any], name: str) -> dict[str, Any]:
    """A stored face that calls the person otherwise, also in its texts."""
    look, before = dict(stored.get("look") or {}), [stored["local_name"], stored["latin_name"]]
    for part in TEXTS if look else ():
        for old in filter(None, before):
            look[part] = look[part].replace(old, name)
    return {**stored, "latin_name": name, "local_name": "", "look": look or None}


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    """Days as text and tuples as lists, as JSON has them; nothing else needs a change."""
    plain: dict[str, Any] = json.loads(json.dumps(values, default=date.isoformat))
    return plain


def thaw(stored: dict[str, Any]) -> CertificateFace:
    """The face of a stored certificate."""
    values = {field.name: stored[field.name] for field in dataclasses.fields(CertificateFace) if field.name in stored}
    return CertificateFace(
        **values
        | {
            "issued_on": date.fromisoformat(stored["issued_on"]),
            "half_days": tuple(stored["half_days"]),
            "themes": tuple(stored.get("themes", ())),
            "signatories": tuple(
                Signatory(**one | {"picture": with_data(thaw_picture(one.get("picture")))})
                for one in stored["signatories"]
            ),
            "look": _look(stored.get("look")),
        }
    )


def to_draw(stored: dict[str, Any]) -> CertificateFace:
    """The face for the paper: one of before that lists all half-days, though some were missed, lists none."""
    face, facts = thaw(stored), thaw_facts(stored)
    return face if facts.attended_days else dataclasses.replace(face, half_days=())


def _look(stored: dict[str, Any] | None) -> Look:
    look = thaw_look(stored)
    return dataclasses.replace(look, logo=with_data(look.logo))


def thaw_facts(stored: dict[str, Any]) -> Facts:
    """The facts of a stored certificate."""
    values = stored["facts"]
    return Facts(
        **{"says_attended": False}
        | values
        | {
            "half_days": tuple(date.fromisoformat(day) for day in values["half_days"]),
            "last_day": date.fromisoformat(values["last_day"]) if values["last_day"] else None,
        }
    )
