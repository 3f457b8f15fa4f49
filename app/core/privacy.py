"""How a patient's visit is shown where the reader need not know whose it is."""

DOTS = "●●●●"
_SHOWN = 4
_LONG_ENOUGH = 6


def masked(visit_no: str) -> str:
    """``●●●● 4471``: the last four characters of a visit number; of a short one only the last."""
    shown = _SHOWN if len(visit_no) >= _LONG_ENOUGH else 1
    return f"{DOTS} {visit_no[-shown:]}" if visit_no else DOTS
