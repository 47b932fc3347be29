"""Whether a certificate still holds: the page of one, ending and renewing it."""
