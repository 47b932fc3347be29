"""Sample mails: what a recipient gets in the life of one half-day, for trying calendars on it."""
