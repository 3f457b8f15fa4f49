"""The main window and what surrounds a page."""
