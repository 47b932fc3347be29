"""Webhooks: another program is told at once what happened, and can check that it was us who told."""
