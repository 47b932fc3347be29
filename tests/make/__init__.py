"""Builders: plain functions that write real rows and answer them. Each name has a sensible default."""
