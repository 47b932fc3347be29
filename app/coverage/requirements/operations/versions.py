"""A requirement and its versions. A version never changes but for its end, and nothing in the past changes at all."""

from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa

from app.access.actor import Actor
from app.access.permissions import Permission
from app.coverage.models import Requirement
from app.coverage.requirements import documents, labels
from app.coverage.requirements.checks import problems
from app.coverage.requirements.events import RequirementChanged
from app.coverage.requirements.models import RequirementDraft, RequirementVersion
from app.coverage.requirements.queries import loading
from app.coverage.requirements.rules import Said, Span, followed
from app.factories.structure.taken import unless_taken
from app.platform import audit
from app.platform.bus import publish as tell
from app.platform.clock import now, today
from app.platform.db import db
from app.platform.i18n import _
from app.platform.refusal import Refused

_MAY = Permission.REQUIREMENTS_MANAGE


def create(actor: Actor, programme_id: int, said: Said) -> Requirement:
    """A new requirement with its first version, which may have begun before anybody wrote it down here.

    Raises NotFound out of scope, Taken for a code of the programme, Refused for a rule that is not sound.
    """
    programme = loading.programme_by_id(actor, programme_id, _MAY)
    _sound(said)
    made = Requirement(programme_id=programme.id, code=said.code, title=dict(said.title))
    with unless_taken("code", _("The programme has a requirement with this code already.")):
        db.session.add(made)
    _add(actor, made, said, 1)
    audit.record(actor, "requirements.create", f"requirement:{made.id}", code=said.code, kind=said.rule.kind)
    tell(RequirementChanged(made.id))
    return made


def publish_next(actor: Actor, requirement_id: int, said: Said, number: int) -> RequirementVersion:
    """Version `number` of a requirement; the one before ends on the day it begins.

    Sent twice, it is answered with the version that is there. Raises NotFound out of scope, Taken when somebody else
    published another version of that number, Refused for a day in the past, for one on which the version before has
    not begun, and for a rule that is not sound.
    """
    found = loading.requirement(actor, requirement_id, _MAY)
    _sound(said)
    before = loading.versions(found.id)
    if same := [each for each in before if each.number == number and _says(each, said)]:
        return same[0]
    _not_past(actor, found, said.starts_on)
    if any(said.starts_on <= each.starts_on for each in before if _holds(each)):
        raise Refused(_("The version before begins on this day or later. Choose a later day."))
    made = _add(actor, found, said, number)
    _follow(before, said.starts_on)
    found.title = dict(said.title)
    audit.record(actor, "requirements.next_version", f"requirement:{found.id}", number=number)
    tell(RequirementChanged(found.id))
    return made


def end(actor: Actor, requirement_id: int, day: date) -> None:
    """From a day on nothing is required any more; a version that was to begin later never does.

    Once more with the same day, or with a later one than it ended on, it changes nothing. Raises NotFound out of scope,
    Refused for a day in the past.
    """
    found = loading.requirement(actor, requirement_id, _MAY)
    before = loading.versions(found.id)
    if not any(_holds(each) and (each.ends_on is None or day < each.ends_on) for each in before):
        return
    _not_past(actor, found, day)
    _follow(before, day)
    audit.record(actor, "requirements.end", f"requirement:{found.id}", ends_on=day.isoformat())
    tell(RequirementChanged(found.id))


def publish(actor: Actor, draft_id: int) -> Requirement:
    """What the draft proposes holds from its day on. A draft that was published before is answered with what it became.

    Raises as `create` and `publish_next`.
    """
    draft = loading.draft(actor, draft_id, _MAY)
    said = documents.said_by(draft, draft)
    won = db.session.execute(
        sa.update(RequirementDraft)
        .where(RequirementDraft.id == draft.id, RequirementDraft.published_at.is_(None))
        .values(published_at=now())
        .returning(RequirementDraft.id)
    ).first()
    if won is None:
        db.session.refresh(draft)
        return loading.requirement(actor, draft.requirement_id or 0, _MAY)
    if draft.requirement_id is None:
        draft.requirement_id = create(actor, draft.programme_id, said).id
    else:
        publish_next(actor, draft.requirement_id, said, len(loading.versions(draft.requirement_id)) + 1)
    return loading.requirement(actor, draft.requirement_id, _MAY)


def _sound(said: Said) -> None:
    wrong = problems(said.rule, loading.known_courses(), said.scope)
    if wrong:
        raise Refused(" ".join(str(labels.FAULTS[each]) for each in wrong))


def _not_past(actor: Actor, found: Requirement, day: date) -> None:
    if day < today(loading.programme_by_id(actor, found.programme_id, _MAY).zone):
        raise Refused(_("The day lies in the past. What was required then does not change any more."))


def _holds(version: RequirementVersion) -> bool:
    return version.ends_on is None or version.starts_on < version.ends_on


def _says(version: RequirementVersion, said: Said) -> bool:
    own = (version.starts_on, documents.rule(version.rule), documents.scope(version.scope), version.source)
    return own == (said.starts_on, said.rule, said.scope, said.source)


def _add(actor: Actor, requirement: Requirement, said: Said, number: int) -> RequirementVersion:
    made = RequirementVersion(
        requirement_id=requirement.id, number=number, starts_on=said.starts_on, ends_on=None,
        rule=documents.document(said.rule), scope=documents.document(said.scope), source=said.source,
        source_kind=said.source_kind, review_on=said.review_on, account_id=actor.account_id, created_at=now())
    with unless_taken("starts_on", _("Somebody else has just published a version. Look at it first.")):
        db.session.add(made)
    return made


def _follow(before: Sequence[RequirementVersion], day: date) -> None:
    spans = followed([Span(each.starts_on, each.ends_on) for each in before], day)
    for version, span in zip(before, spans, strict=True):
        version.ends_on = span.end
    db.session.flush()  # whoever hears of it reads the days
