"""Proposals that ask nothing of anybody until they are published."""

from dataclasses import replace
from datetime import timedelta

from app.access.actor import Actor
from app.access.permissions import Permission
from app.coverage.requirements import documents
from app.coverage.requirements.models import RequirementDraft
from app.coverage.requirements.queries import loading
from app.coverage.requirements.queries.listed import open_draft
from app.coverage.requirements.rules import Said
from app.factories.structure.taken import unless_taken
from app.platform import audit
from app.platform.clock import now, today
from app.platform.db import db
from app.platform.i18n import _
from app.platform.refusal import NotFound, Refused

_MAY = Permission.REQUIREMENTS_MANAGE


def begin(actor: Actor, programme_id: int, said: Said) -> RequirementDraft:
    """A draft of a new requirement. Raises NotFound out of scope, Taken for a code that a draft or requirement has."""
    programme = loading.programme_by_id(actor, programme_id, _MAY)
    draft = RequirementDraft(programme_id=programme.id, requirement_id=None, code=said.code, published_at=None)
    _fill(actor, draft, said)
    with unless_taken("code", _("A draft of the programme has this code already.")):
        db.session.add(draft)
    audit.record(actor, "requirements.propose", f"requirement_draft:{draft.id}", code=said.code)
    return draft


def begin_next(actor: Actor, requirement_id: int) -> RequirementDraft:
    """A draft of the next version, which says what the last one says; the draft that there is already, if any.

    Raises NotFound out of scope.
    """
    requirement = loading.requirement(actor, requirement_id, _MAY)
    if found := open_draft(requirement.programme_id, requirement.code):
        return found
    last = loading.versions(requirement.id)[-1]
    zone = loading.programme_by_id(actor, requirement.programme_id, _MAY).zone
    first = max(today(zone), last.starts_on) + timedelta(days=1)
    return propose(actor, requirement.id, replace(documents.said_by(requirement, last), starts_on=first))


def propose(actor: Actor, requirement_id: int, said: Said) -> RequirementDraft:
    """A draft of the next version that says this. Raises NotFound out of scope, Taken where there is a draft."""
    requirement = loading.requirement(actor, requirement_id, _MAY)
    draft = RequirementDraft(
        programme_id=requirement.programme_id, requirement_id=requirement.id, code=requirement.code, published_at=None)
    _fill(actor, draft, said)
    with unless_taken("code", _("There is a draft of the next version already.")):
        db.session.add(draft)
    audit.record(actor, "requirements.propose", f"requirement_draft:{draft.id}", code=requirement.code)
    return draft


def write(actor: Actor, draft_id: int, said: Said) -> RequirementDraft:
    """The draft says this now; the code of a requirement that there is stays. Raises NotFound out of scope and for a
    draft that was published, Taken for the code of another draft."""
    draft = _open(actor, draft_id)
    with unless_taken("code", _("A draft of the programme has this code already.")):
        _fill(actor, draft, said)
        if draft.requirement_id is None:
            draft.code = said.code
    audit.record(actor, "requirements.write_draft", f"requirement_draft:{draft.id}")
    return draft


def discard(actor: Actor, draft_id: int) -> None:
    """Take a draft away; it asked nothing of anybody. Raises NotFound out of scope, Refused once it is published."""
    draft = loading.draft(actor, draft_id, _MAY)
    if draft.published_at is not None:
        raise Refused(_("The draft was published in the meantime. End the requirement instead."))
    audit.record(actor, "requirements.discard", f"requirement_draft:{draft.id}", code=draft.code)
    db.session.delete(draft)


def _open(actor: Actor, draft_id: int) -> RequirementDraft:
    draft = loading.draft(actor, draft_id, _MAY)
    if draft.published_at is not None:
        raise NotFound
    return draft


def _fill(actor: Actor, draft: RequirementDraft, said: Said) -> None:
    draft.title, draft.source, draft.source_kind = dict(said.title), said.source, said.source_kind
    draft.rule, draft.scope = documents.document(said.rule), documents.document(said.scope)
    draft.starts_on, draft.review_on = said.starts_on, said.review_on
    draft.account_id, draft.changed_at = actor.account_id, now()
