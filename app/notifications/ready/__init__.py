"""That certificates are ready: told to each person once, and to the factory in one list per training session."""
