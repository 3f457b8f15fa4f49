"""Things with a plug."""
