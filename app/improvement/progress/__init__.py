"""The report to a factory in its language: what was found, what it does, what moved, what is due, what comes next."""
