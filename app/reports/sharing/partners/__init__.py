"""What ministries, donors and other partners see: their programmes in numbers."""
