"""Reports that somebody has sent to herself."""

from datetime import date

from app.accounts.models import Account
from app.platform.clock import now
from app.platform.db import db
from app.reports.models import MadeReport, ReportSubscription
from app.reports.rules.facts import Split
from app.reports.rules.period import Ending, Every


def sent(owner: Account) -> dict[str, object]:
    """A subscription of an account, and a file that is still to be made."""
    language, day = "en", date(2020, 1, 1)
    subscription = ReportSubscription(
        account_id=owner.id, every=Every.MONTH, split=Split.SEX, ending=Ending.XLSX, language=language, same=f"twin:{owner.id}",
        created_at=now(), sent_until=date(2099, 12, 31),
    )  # fmt: skip
    made = MadeReport(
        account_id=owner.id, starts_on=day, ends_on=day, split=Split.SEX, ending=Ending.XLSX, language=language,
        same=f"twin:{owner.id}", ordered_at=now(),
    )  # fmt: skip
    db.session.add_all([subscription, made])
    db.session.flush()
    return {"subscription_id": subscription.id, "made_id": made.id}
