"""What a programme plans with, as planners keep it: rooms, interpreters, host accounts, trainers, rules."""
