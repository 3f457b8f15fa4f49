"""Pure ground that every room stands on."""
