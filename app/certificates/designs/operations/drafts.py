"""Editing and publishing. A published version never changes: whoever edits it begins the next one."""

from dataclasses import replace

from app.access.actor import Actor
from app.certificates.designs.colours import INK_CONTRAST, PAPER, THREAD_CONTRAST, WHITE, is_readable
from app.certificates.designs.content import Content, content_of, stored
from app.certificates.designs.models import Design, DesignVersion
from app.certificates.designs.operations.loading import hold
from app.certificates.designs.pictures import keep
from app.certificates.designs.queries import designs as queries
from app.certificates.designs.rules import LONGEST, Part, text_fault
from app.certificates.designs.uploads import cleaned
from app.certificates.paper.printed import MOST_SIGNATORIES
from app.platform import audit
from app.platform.clock import now
from app.platform.db import db
from app.platform.faults import point
from app.platform.i18n import _
from app.platform.refusal import Refused


class Stale(Refused):
    """Somebody else changed the design since it was seen; nothing was changed."""


def seen_of(version: DesignVersion) -> str:
    """What an editor says to have seen: which version, and how often it had been changed."""
    return f"{version.number}.{version.revision}"


def save(actor: Actor, design_id: int, seen: str, content: Content) -> DesignVersion:
    """Save what was edited as the draft, which is begun where there is none. The logo stays that of the draft.

    Raises NotFound; Stale when somebody else changed it meanwhile; Refused for what no design may hold.
    """
    design = hold(actor, design_id)
    _refuse_unsound(content, design)
    version = _draft_of(actor, design, seen)
    kept = stored(replace(content, logo=content_of(version.content).logo))
    if kept != version.content:
        version.content = kept
        _count(actor, version)
    return version


def set_logo(actor: Actor, design_id: int, seen: str, data: bytes, alt: str) -> DesignVersion:
    """Give the draft a logo. Raises NotFound, Stale, and UploadRefused for what is no sound PNG or SVG."""
    design, upload = hold(actor, design_id), cleaned(data)
    version = _draft_of(actor, design, seen)
    content = replace(content_of(version.content), logo=keep(upload.kind, upload.data, alt))
    version.content = stored(content)
    _count(actor, version)
    return version


def remove_logo(actor: Actor, design_id: int, seen: str) -> DesignVersion:
    """Take the logo off the draft. Raises NotFound and Stale."""
    design = hold(actor, design_id)
    version = _draft_of(actor, design, seen)
    version.content = stored(replace(content_of(version.content), logo=None))
    _count(actor, version)
    return version


def publish(actor: Actor, design_id: int, seen: str) -> DesignVersion:
    """Issue certificates with the draft from now on. Those that were issued stay as they are.

    Publishing what is published already changes nothing. Raises NotFound and Stale.
    """
    design = hold(actor, design_id)
    version = queries.latest(design.id)
    if seen != seen_of(version):
        raise _stale()
    if version.published_at is None:
        version.published_at, version.published_by = now(), actor.account_id
        db.session.flush()
        point("designs.published")
        audit.record(actor, "designs.publish", f"design:{design.id}", version=version.id, number=version.number)
    return version


def discard(actor: Actor, design_id: int, seen: str) -> None:
    """Throw a draft away. Raises NotFound, Stale, and Refused where nothing else would be left."""
    design = hold(actor, design_id)
    version = queries.latest(design.id)
    if seen != seen_of(version):
        raise _stale()
    if version.number == 1:
        raise Refused(_("This design was never published. Archive it when nobody needs it."))
    if version.published_at is None:
        db.session.delete(version)
        audit.record(actor, "designs.discard", f"design:{design.id}", number=version.number)


def _draft_of(actor: Actor, design: Design, seen: str) -> DesignVersion:
    """The draft as the editor saw it, begun as the next version where there is none yet."""
    version = queries.latest(design.id)
    if seen != seen_of(version):
        raise _stale()
    if version.published_at is None:
        return version
    begun = DesignVersion(
        design_id=design.id, number=version.number + 1, content=version.content, revision=0,
        made_at=now(), made_by=actor.account_id,
    )  # fmt: skip
    db.session.add(begun)
    db.session.flush()
    return begun


def _count(actor: Actor, version: DesignVersion) -> None:
    version.revision += 1
    version.made_at, version.made_by = now(), actor.account_id
    db.session.flush()
    audit.record(actor, "designs.edit", f"design:{version.design_id}", number=version.number, revision=version.revision)


def _stale() -> Stale:
    return Stale(_("Somebody else changed this design meanwhile. Load the page again and look at what they did."))


def _refuse_unsound(content: Content, design: Design) -> None:
    """What the form says beside its fields, once more for every other door."""
    if not (is_readable(content.ink, PAPER, INK_CONTRAST) and is_readable(content.thread, WHITE, THREAD_CONTRAST)):
        raise Refused(_("These colours cannot be read on paper."))
    allowed = set(queries.languages(design.programme))
    sound = all(
        code in allowed and part in set(Part) and text_fault(text, LONGEST[Part(part)]) is None
        for code, parts in content.texts.items() for part, text in parts.items()
    )  # fmt: skip
    if not sound:
        raise Refused(_("One of the texts holds something that cannot be filled in."))
    known = {row.id for row in queries.signatories(design.programme_id)}
    chosen = content.signatories
    if not set(chosen) <= known or len(set(chosen)) != len(chosen) or len(chosen) > MOST_SIGNATORIES:
        raise Refused(_("Choose up to two of those who sign in this programme."))
