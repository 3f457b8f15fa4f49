"""Returns and disposals: goods that leave outside a recall."""
