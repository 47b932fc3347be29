"""One factory: where it stands under each requirement, the people behind each number, a letter about who is due."""
