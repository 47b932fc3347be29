"""Questions in one order, their options with fixed letters: read out to many people, or printed for them."""
