"""Sample visits: an advisor looks whether what ambassadors and factories entered is true (DOMAIN 4, FIELD 4)."""
