"""Self-study: reading lessons, practice tasks and their logs, the next thing to do."""
