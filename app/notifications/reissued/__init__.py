"""That certificates were issued anew: told to the factory in one list, however many there are."""
