"""What is shared as a table: the same figures, no more."""

from app.platform.i18n import _, text
from app.platform.tables import write_csv
from app.reports.sharing import queries
from app.reports.sharing.labels import TEXTS, TITLES, told
from app.reports.sharing.models import SharingConsent


def as_csv(consent: SharingConsent) -> bytes:
    """A row a figure."""
    header = [_("Figure"), _("Of"), _("As read"), _("From"), _("To"), _("On"), _("Counted"), _("What it counts")]
    counted = consent.given_at.date()
    return write_csv(header, ([
        str(TITLES[each.aggregate]), text(each.titles) if each.titles else "", told(each.told), consent.starts_on,
        consent.ends_on, each.day, counted, str(TEXTS[each.aggregate]),
    ] for each in queries.figures(consent)))  # fmt: skip

