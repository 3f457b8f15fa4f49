"""What the property tests of this room draw from."""

import os
from datetime import date

from hypothesis import settings
from hypothesis import strategies as st

from app.udi.building import gtin
from app.udi.checks import CSET82

TODAY = date(2026, 11, 22)
is_nightly = os.environ.get("RECALLDESK_NIGHTLY") == "1"
examples = settings(max_examples=1_000 if is_nightly else 200, deadline=None)

digits = "0123456789"
capitals = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
days = st.dates(min_value=date(1990, 1, 1), max_value=date(2069, 12, 31))
gtins = st.text(digits, min_size=13, max_size=13).map(gtin)
# A capital first keeps the reader from doubting Caps Lock.
lots = st.builds(str.__add__, st.sampled_from(capitals), st.text(CSET82, max_size=19))
hibc_texts = st.text(digits + capitals + "-.", min_size=1, max_size=18)
hibc_identifiers = st.from_regex(r"[A-Z][A-Z0-9]{3}[A-Z0-9]{1,18}[0-9]", fullmatch=True)
