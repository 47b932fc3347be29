"""What somebody is allowed in a quiz beside its rules: more time, more attempts, other dates."""
