"""Batches: search everything; one batch with its way in, its way out, its locks and its history."""
