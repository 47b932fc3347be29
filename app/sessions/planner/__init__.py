"""The plan as people look at it: the calendar, and how much each trainer has to do."""
