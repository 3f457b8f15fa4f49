"""Requisitions: wards ask, heads approve, the store issues against them."""
