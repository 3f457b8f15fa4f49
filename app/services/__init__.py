"""The write side: one family of use cases a file."""
