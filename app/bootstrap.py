"""Builds the object graph; the only module that may import everything."""


def main() -> int:
    """Start the program named by the command line; returns the exit code."""
    return 0
