"""Who is covered, per factory."""
