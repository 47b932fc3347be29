"""What a factory improves: findings, what is done about them, and who in the factory teaches."""
