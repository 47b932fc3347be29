"""Seamwise: learning management for hybrid training in garment factories."""
