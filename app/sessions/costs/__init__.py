"""What a training session cost, and who paid it."""
