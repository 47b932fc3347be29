"""Runs for people who are not covered yet: how many, how large, on which days, with whom."""
