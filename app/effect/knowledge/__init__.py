"""What people know after a course and did not know before."""
