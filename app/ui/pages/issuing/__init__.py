"""Issuing: goods from a store to a department, by scan."""
