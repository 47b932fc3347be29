"""Certificates: issue, revoke, verify, download."""
