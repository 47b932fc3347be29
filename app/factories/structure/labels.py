"""What days, terms, sides and states are called, in plain words."""

from typing import Any

from app.factories.rules import CommitteeKind, FactoryStatus, LineKind, Product, Side, TermKind
from app.factories.structure.rules import EngagementMode, SupportTier
from app.platform.i18n import lazy

WEEKDAYS = {
    1: lazy("Monday"),
    2: lazy("Tuesday"),
    3: lazy("Wednesday"),
    4: lazy("Thursday"),
    5: lazy("Friday"),
    6: lazy("Saturday"),
    7: lazy("Sunday"),
}
STATUSES = {
    FactoryStatus.ACTIVE: lazy("Active"),
    FactoryStatus.PAUSED: lazy("Paused"),
    FactoryStatus.CLOSED: lazy("Closed down"),
}
TERMS = {TermKind.SUPPORT_TIER: lazy("Support tier"), TermKind.ENGAGEMENT_MODE: lazy("Engagement mode")}
VALUES: dict[TermKind, dict[Any, Any]] = {
    TermKind.SUPPORT_TIER: {
        SupportTier.STANDARD: lazy("Standard"),
        SupportTier.ADVANCED: lazy("Advanced"),
        SupportTier.INTENSIVE: lazy("Intensive"),
    },
    TermKind.ENGAGEMENT_MODE: {
        EngagementMode.ON_SITE: lazy("On site"),
        EngagementMode.HYBRID: lazy("Hybrid"),
        EngagementMode.VIRTUAL: lazy("Virtual"),
    },
}
PRODUCTS = {
    Product.KNIT: lazy("Knitwear"),
    Product.WOVEN: lazy("Woven garments"),
    Product.DENIM: lazy("Denim"),
    Product.SWEATER: lazy("Sweaters"),
    Product.UNDERWEAR: lazy("Underwear"),
    Product.FOOTWEAR: lazy("Footwear"),
    Product.LEATHER_GOODS: lazy("Bags and leather goods"),
    Product.HOME_TEXTILE: lazy("Home textiles"),
    Product.NON_GARMENT: lazy("Other goods than garments"),
}
LINE_KINDS = {LineKind.LINE: lazy("Line"), LineKind.SECTION: lazy("Section")}
COMMITTEES = {CommitteeKind.BIPARTITE: lazy("Bipartite committee"), CommitteeKind.SAFETY: lazy("Safety committee")}
SIDES = {Side.MANAGEMENT: lazy("Management"), Side.WORKER: lazy("Workers")}


def every_value() -> list[tuple[TermKind, str, Any]]:
    """Kind, value and label of everything that a term can say."""
    return [(kind, str(value), label) for kind, values in VALUES.items() for value, label in values.items()]
