"""Orders to suppliers: what was ordered, what has come, what is still inbound."""
