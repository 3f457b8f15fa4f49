"""What a recall notice says, clause by clause, and what that means for a unit."""
