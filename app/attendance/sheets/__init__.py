"""Sign-in sheets on paper: printed for a half-day and a place, signed, photographed, and ticked from."""
