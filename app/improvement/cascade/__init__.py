"""What ambassadors pass on in the factory: sessions with a roster or a head count, each at its own level."""
