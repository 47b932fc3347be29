"""The parts of a pack, one a kind of evidence. Each reads with a fixed number of statements."""
