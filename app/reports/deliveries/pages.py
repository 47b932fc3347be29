"""Contexts of the pages of subscriptions and their files."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from app.platform.web import Page
from app.reports.deliveries.forms import SubscriptionForm
from app.reports.deliveries.labels import ENDINGS, FAILURES, RHYTHMS
from app.reports.labels import SPLITS
from app.reports.models import MadeReport, ReportSubscription


@dataclass(frozen=True)
class DeliveriesPage(Page):
    """What somebody is subscribed to, the files of the last day, and a new subscription."""

    template: ClassVar[str] = "reports/deliveries/deliveries.html"
    subscriptions: Sequence[ReportSubscription]
    latest: Sequence[MadeReport]
    form: SubscriptionForm
    rhythms: Mapping[Any, Any]
    endings: Mapping[Any, Any]
    splits: Mapping[Any, Any]


@dataclass(frozen=True)
class FilePage(Page):
    """One file, on its way or ready."""

    template: ClassVar[str] = "reports/deliveries/file.html"
    made: MadeReport
    failures: Mapping[Any, Any]


def deliveries_page(
    subscriptions: Sequence[ReportSubscription], latest: Sequence[MadeReport], form: SubscriptionForm
) -> DeliveriesPage:
    return DeliveriesPage(subscriptions, latest, form, RHYTHMS, ENDINGS, SPLITS)


def file_page(made: MadeReport) -> FilePage:
    return FilePage(made, FAILURES)
