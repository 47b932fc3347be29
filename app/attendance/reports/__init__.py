"""Attendance reports of meeting tools: read, understood, matched with people. Reading needs no database."""
