"""Taking over what a pack asks, as drafts that somebody confirms."""

from datetime import timedelta

from app.access.actor import Actor
from app.access.permissions import Permission
from app.content.packs.reading import rule_of, scope_of
from app.content.packs.schema import Pack
from app.coverage.requirements import documents
from app.coverage.requirements import operations as requirements
from app.coverage.requirements.models import RequirementDraft
from app.coverage.requirements.queries import listed, loading
from app.coverage.requirements.rules import Said
from app.platform import audit
from app.platform.clock import today

_MAY = Permission.REQUIREMENTS_MANAGE


def take(actor: Actor, programme_code: str, pack: Pack) -> list[RequirementDraft]:
    """A draft for everything that the programme does not require yet in this way; nothing is published.

    What has a draft already is left alone, and so is what is required just so: taking it over twice does nothing.
    Raises NotFound out of scope.
    """
    programme = loading.programme(actor, programme_code, _MAY)
    ids = {code: key for key, (code, _titles) in listed.course_titles().items()}
    waiting = {draft.code for draft in listed.open_drafts(programme.id)}
    first_day = today(programme.zone) + timedelta(days=1)
    made = []
    for asked in pack.requirements:
        if asked.id in waiting:
            continue
        said = Said(
            asked.id, dict(asked.titles), rule_of(asked, ids), scope_of(asked), asked.source_kind, asked.source,
            first_day, asked.review_by)
        made += _proposed(actor, programme.id, said)
    audit.record(actor, "requirements.take_pack", f"programme:{programme.id}", pack=pack.id, drafts=len(made))
    return made


def _proposed(actor: Actor, programme_id: int, said: Said) -> list[RequirementDraft]:
    found = listed.by_code(programme_id, said.code)
    if found is None:
        return [requirements.begin(actor, programme_id, said)]
    last = documents.said_by(found, loading.versions(found.id)[-1])
    if (last.rule, last.scope, last.source) == (said.rule, said.scope, said.source):
        return []
    return [requirements.propose(actor, found.id, said)]
