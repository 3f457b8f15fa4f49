"""Kits: built by scan, listed with what stands in them, opened again; their recipes."""
