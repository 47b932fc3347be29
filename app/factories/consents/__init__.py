"""Whether a factory may hear of what somebody learned at others: the person says so, for each factory."""
