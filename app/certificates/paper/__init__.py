"""Certificates on paper: a face goes in, a page comes out. Knows no database and no clock."""
