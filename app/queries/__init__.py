"""The read side: filters in, frozen rows out."""
