"""What a scanned string says, element by element."""
