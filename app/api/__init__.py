"""How other systems talk to this one."""
