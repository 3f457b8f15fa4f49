"""Rows in, paper out."""
