"""What comes back: answers of calendars, other times that are proposed, automatic answers and bounces."""
