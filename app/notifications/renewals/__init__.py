"""Reminders of certificates that end: the factory once a week, people when the window opens and near its end."""
