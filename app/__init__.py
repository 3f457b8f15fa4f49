"""RecallDesk: batches of medical consumables, and their recall."""
