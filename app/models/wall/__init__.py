"""The triggers and views that hold whoever is at the keyboard."""
