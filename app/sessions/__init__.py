"""Training sessions, their meetings, sites and seats, and the calendars of the people in them."""
