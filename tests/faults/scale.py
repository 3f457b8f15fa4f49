"""How hard the faults are tried: a little in every run, at length with RECALLDESK_FAULTS=1 (``make faults``)."""

import os

FULL = bool(os.environ.get("RECALLDESK_FAULTS") or os.environ.get("RECALLDESK_NIGHTLY"))
KILLS = 200 if FULL else 5
SEEDS = (1, 2, 3) if FULL else (1,)
THREADS = 32
LOTS = 160 if FULL else 24
