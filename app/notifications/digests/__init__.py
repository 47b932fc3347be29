"""What comes and what waits, once a week to each account, by what it does; and how to stop it."""
