"""What an installation knows, in one file: backup, restore, move to the other engine, a programme for elsewhere."""
