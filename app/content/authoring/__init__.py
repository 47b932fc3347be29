"""Courses written in the browser: drafts hold the same files as a folder and are published by the same verb."""
