"""The work that no person must remember: one agent holds the lease and does it, everybody else waits."""
