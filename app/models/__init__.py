"""Mapped classes with their rules."""
