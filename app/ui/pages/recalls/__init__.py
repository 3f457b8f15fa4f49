"""Recall cases: the list, the notice that comes in, and one case with all its tabs."""
