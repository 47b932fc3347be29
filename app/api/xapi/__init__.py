"""A store of learning statements that other systems write to and read from (IEEE 9274.1.1, and xAPI 1.0.3)."""
