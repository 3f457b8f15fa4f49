"""The workbench: what waits, what happened today, what to watch."""
