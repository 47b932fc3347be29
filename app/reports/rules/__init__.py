"""What is counted and how: pure."""
