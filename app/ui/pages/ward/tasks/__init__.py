"""The ward's recall tasks: acknowledge, count by scan, put aside, report done."""
