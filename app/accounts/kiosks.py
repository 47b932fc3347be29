"""How a shared tablet keeps the people apart who use it one after another. Pure."""

from datetime import timedelta

IDLE_SECONDS = 45
"""After so long without a touch the page itself signs the person out."""
WARNING_SECONDS = 20
"""So long before, it asks whether somebody is still there (WCAG 2.2.1)."""
LOCK = timedelta(seconds=60)
"""When the page could not, the server ends the sign-in by itself; the difference is for slow networks."""
SEEN_EVERY = timedelta(seconds=5)
HOURS = 12
"""A kiosk ends by itself at the end of the day."""
