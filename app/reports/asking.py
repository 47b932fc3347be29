"""What the address of a report asks for, as the views of this room read it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import g, request

from app.factories.models import Programme
from app.platform.clock import now, today
from app.platform.i18n import _, text
from app.platform.web.forms import offered
from app.reports import queries
from app.reports.counting import Source
from app.reports.facts.asked import Asked
from app.reports.forms import ReportForm
from app.reports.labels import splits_for
from app.reports.rules.facts import Split
from app.reports.rules.period import Span, quarter_before


@dataclass(frozen=True)
class Question:
    """A report that was asked for: its form, and what it comes to."""

    form: ReportForm
    is_sound: bool
    programmes: Sequence[Programme]
    """Those that it is of."""
    code: str
    """Of the programme that was chosen; empty for all in sight."""
    span: Span

    @property
    def address(self) -> dict[str, str]:
        """As the address says it, without the split."""
        found = {"since": self.span.first.isoformat(), "until": self.span.last.isoformat()}
        return {**found, "programme": self.code} if self.code else found

    @property
    def source(self) -> Source:
        return Source(Asked(tuple(each.id for each in self.programmes), self.span, now()))


def told_apart_by(seen: Sequence[Programme]) -> dict[Split, Any]:
    """What reports of some of these programmes are told apart by for whoever asks."""
    return splits_for(sees_people=any(queries.sees_people(g.actor, [each.id]) for each in seen))


def plain_question(programmes: Sequence[Programme], span: Span) -> Question:
    """What a period asks for, as an address would."""
    code = programmes[0].code if len(programmes) == 1 else ""
    return Question(ReportForm(default=span), True, programmes, code, span)


def question() -> Question:
    """What the address asks for: the last whole quarter where it says nothing. Raises NotFound for a programme that is
    not in sight.
    """
    seen, one = queries.chosen(g.actor, request.args.get("programme", ""))
    day = max(today(each.zone) for each in seen)
    form = ReportForm(request.args, default=quarter_before(day), splits=told_apart_by(seen))
    names = [(each.code, text(each.name)) for each in seen]
    form.programme.choices = offered([("", _("All programmes")), *names] if len(seen) > 1 else names)
    is_sound = form.validate()
    span = form.span if is_sound else quarter_before(day)
    return Question(form, is_sound, [one] if one else seen, one.code if one else "", span)
