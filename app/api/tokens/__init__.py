"""Tokens: a program acts for the account that made one, and may less than its owner."""
