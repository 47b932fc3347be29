"""All factories that an advisor looks after, the one that needs most first, and why."""
