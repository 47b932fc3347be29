"""Read by the trainer: the question on the wall in two languages, the answers noted for many people at once."""
