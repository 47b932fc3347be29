"""How often something is tried: a part of it usually, all of it in `./dev test long`."""

import os

IS_LONG = bool(os.environ.get("SEAMWISE_LONG"))
SHARE = 4
CROWD = 200 if IS_LONG else 70
"""So many people come in from one address: more than any limit of a device or of a code."""
SAMPLE = 8
"""Of so many tests that ask a database `./dev test quick` runs one."""


def examples(full: int) -> int:
    """How many random examples Hypothesis tries of the `full` number."""
    return full if IS_LONG else max(10, full // SHARE)
