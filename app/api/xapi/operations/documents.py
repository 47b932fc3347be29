"""Documents: put, joined, removed; never over something that the sender has not seen."""

import sqlalchemy as sa

from app.api.tokens.entering import Entered
from app.api.xapi.models import Document
from app.api.xapi.queries.documents import Address, found
from app.api.xapi.queries.placing import person_of
from app.api.xapi.refusals import Conflict, Outdated
from app.api.xapi.rules import documents as rules
from app.api.xapi.rules.problems import Malformed
from app.api.xapi.rules.values import check_media_type
from app.platform import audit
from app.platform.clock import now
from app.platform.db import db

LARGEST = 2 * 1024 * 1024


def put_document(entered: Entered, address: Address, content_type: str, content: bytes, seen: rules.Seen) -> None:
    """Keep a document in place of the one that is there. Raises Conflict, Outdated, Malformed."""
    before = _checked(entered, address, seen)
    _keep(entered, address, before, content_type, content)


def join_document(entered: Entered, address: Address, content_type: str, content: bytes, seen: rules.Seen) -> None:
    """Keep a document; two JSON objects become one. Raises Malformed for any other two, Outdated."""
    before = _checked(entered, address, seen)
    if rules.is_json(content_type):
        rules.object_in(content)
    if before is not None:
        content = rules.merged(before.content, before.content_type, content, content_type)
    _keep(entered, address, before, content_type, content)


def remove_documents(entered: Entered, address: Address, seen: rules.Seen) -> None:
    """Forget one document, or - where the address names none - all of its owner. What is not there is no matter."""
    if address.name is not None:
        _checked(entered, address, seen)
    theirs = sa.delete(Document).where(*address.conditions(entered)).execution_options(synchronize_session=False)
    count = int(getattr(db.session.execute(theirs), "rowcount", 0))
    if count:
        audit.record(
            entered.actor, "xapi.remove_documents", f"account:{entered.actor.account_id}", token=entered.token_id,
            documents=count,
        )  # fmt: skip


def _checked(entered: Entered, address: Address, seen: rules.Seen) -> Document | None:
    """What is there, held, once it is what the sender has in view."""
    before = found(entered, address, for_update=True)
    match rules.judge(before.etag if before else None, seen):
        case rules.Judgement.OUTDATED:
            raise Outdated("The document is not the one that you have. Get it again.")
        case rules.Judgement.UNSEEN:
            raise Conflict("There is a document already. Get it, then say by If-Match which one you replace.")
        case rules.Judgement.SILENT:
            raise Malformed("a profile is put with If-Match or If-None-Match")
    return before


def _keep(entered: Entered, address: Address, before: Document | None, content_type: str, content: bytes) -> None:
    if len(content) > LARGEST:
        raise Malformed("a document holds two megabytes at most")
    check_media_type(content_type, "Content-Type")
    assert address.name is not None
    assert entered.actor.account_id is not None
    document = before or Document(
        account_id=entered.actor.account_id, kind=address.kind, key=address.key, owner_key=address.owner_key,
        registration=address.registration, name=address.name,
        person_id=person_of(entered.actor, address.agent) if address.agent else None,
    )  # fmt: skip
    document.content_type, document.content = content_type, content
    document.etag, document.updated_at = rules.etag_of(content), now()
    db.session.add(document)
    audit.record(
        entered.actor, "xapi.keep_document", f"account:{entered.actor.account_id}", token=entered.token_id,
        kind=address.kind,
    )  # fmt: skip
