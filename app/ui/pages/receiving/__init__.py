"""Receiving: a delivery grows by scan."""
