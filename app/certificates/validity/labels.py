"""Words for what happens to certificates."""

from typing import Any

from app.platform.i18n import lazy

STEPS: dict[str, Any] = {
    "issue": lazy("Issued"),
    "draw": lazy("The file was made"),
    "suspend": lazy("Put under review"),
    "reinstate": lazy("The review ended, it holds"),
    "revoke": lazy("Revoked"),
    "reissue": lazy("Issued anew"),
}

WITHINS: dict[str, Any] = {
    "30": lazy("in the next 30 days"),
    "60": lazy("in the next 60 days"),
    "90": lazy("in the next 90 days"),
    "180": lazy("in the next 180 days"),
    "expired": lazy("in the last year, not renewed"),
}
