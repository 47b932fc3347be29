"""Factory rooms: one connection with many people, whom the factory itself checks in and the trainer looks at."""
