"""What supervisors do, and what their workers see, months after the training."""
