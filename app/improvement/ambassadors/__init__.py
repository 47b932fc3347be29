"""Factory Ambassadors: who is one and for how long, how far on the way, what was done in the factory."""
