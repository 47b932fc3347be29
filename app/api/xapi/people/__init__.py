"""Under which names other systems know people: those that this system gives, and those that staff say."""
