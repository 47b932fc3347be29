"""Shown before saving: whether a form that plans something may go on. One helper for every such page.

The first time a form is sent with conflicts it comes back with the list. It goes on when the list was seen as it
still is, and what stops it is accepted with a reason by somebody who may.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.access.actor import Actor
from app.platform.i18n import _
from app.sessions.conflicts import operations, policy
from app.sessions.conflicts.forms import AcceptanceForm
from app.sessions.conflicts.queries import accepted, conflicts_of
from app.sessions.conflicts.rules import Conflict, Proposal, fingerprint
from app.sessions.conflicts.wording import WORDS, Words


@dataclass(frozen=True)
class Weighed:
    """The conflicts of a form, and what its sender said to them."""

    actor: Actor
    conflicts: Sequence[Conflict]
    may_accept: bool
    form: AcceptanceForm

    @property
    def words(self) -> Words:
        """In which it is said."""
        return WORDS

    @property
    def seen(self) -> str:
        """What the form must send so that this list counts as seen."""
        return fingerprint(self.conflicts)

    @property
    def stops(self) -> bool:
        """Whether something must be accepted with a reason."""
        return any(conflict.stops for conflict in self.conflicts)

    @property
    def goes_on(self) -> bool:
        """Whether the form may be saved now."""
        return not self.conflicts or (self.form.conflicts_seen.data == self.seen and not self.form.errors)

    def keep(self, training_id: int, begins: Collection[datetime] | None = None) -> None:
        """Store what was accepted, in the transaction that saves the form; of a form that makes several training
        sessions, what is about the half-days of this one, which begin then on the wall.
        """
        own = [each for each in self.conflicts if begins is None or each.starts in begins]
        operations.accept(self.actor, training_id, own, self.form.conflicts_reason.data or "")


def weigh(actor: Actor, proposal: Proposal, sent: Any, *, before: Proposal | None = None) -> Weighed:
    """What speaks against a plan that a form sends, but for what was accepted already, and for what is so without the
    change when it is said how it was `before`.
    """
    settled = {each.key for each in accepted(proposal.training_id)} if proposal.training_id else set()
    if before is not None:
        settled |= {each.key for each in conflicts_of(actor, before)}
    conflicts = [each for each in conflicts_of(actor, proposal) if each.key not in settled]
    form = AcceptanceForm(sent)
    weighed = Weighed(actor, conflicts, policy.may_accept_all(actor, proposal.programme_id, conflicts), form)
    form.validate()
    if weighed.stops and form.conflicts_seen.data == weighed.seen:
        _blame(weighed)
    return weighed


def _blame(weighed: Weighed) -> None:
    """Say what is missing, to somebody who has seen the list."""
    form = weighed.form
    if not weighed.may_accept:
        form.form_errors = [_("You cannot accept all of it. Choose another time, or ask a programme manager.")]
    elif not form.conflicts_accepted.data:
        form.conflicts_accepted.errors = [_("Tick this to plan it all the same.")]
    elif not form.conflicts_reason.data:
        form.conflicts_reason.errors = [_("Say why it is planned all the same.")]
