"""Two scans of one label joined into one reading.

HIBC ties its two linear codes by the link character. GS1 has no such tie: the caller must see to it that both scans
came from the same hands within seconds, and show the number before it acts.
"""

from dataclasses import replace

from app.udi.reading import Agency, Element, Problem, Reading, ReadState, Severity

_FIELDS = (
    "lot", "serial", "expiry", "expiry_precision", "expiry_text", "production", "production_text", "quantity",
)  # fmt: skip


def compose(first: Reading, second: Reading) -> Reading | None:
    """The reading of a label in two pieces, in whichever order they were scanned; None if they do not belong together.

    The raw text is that of the piece with the identifier, a line end, and that of the other; positions count in it.
    """
    if first.state is ReadState.AMBIGUOUS:
        return _chosen([compose(each, second) for each in first.candidates])
    if second.state is ReadState.AMBIGUOUS:
        return _chosen([compose(first, each) for each in second.candidates])
    if first.is_secondary:
        first, second = second, first
    if not second.is_secondary or first.is_secondary or first.di is None or first.agency is not second.agency:
        return None
    if first.agency is Agency.HIBC:
        return _merged(first, second) if first.link is not None and first.link == second.link else None
    return _merged(first, second) if first.agency is Agency.GS1 else None


class LabelHalves:
    """Remembers a half label until the next scan, which may be its other half."""

    def __init__(self) -> None:
        self._first: Reading | None = None

    def whole(self, reading: Reading) -> Reading:
        """Two codes of one label, scanned one after the other, are one reading; anything else is what was scanned."""
        first, self._first = self._first, None
        joined = compose(first, reading) if first is not None else None
        if joined is not None:
            return joined
        if reading.is_secondary or (reading.di is not None and reading.lot is None):
            self._first = reading
        return reading


def _chosen(readings: list[Reading | None]) -> Reading | None:
    """The candidates that compose: the one, or again a choice that shows what all agree on."""
    possible = [reading for reading in readings if reading is not None]
    if len(possible) < 2:
        return possible[0] if possible else None
    first = possible[0]
    differing = {
        name: None for name in ("di", *_FIELDS) if any(getattr(each, name) != getattr(first, name) for each in possible)
    }
    problem = Problem("separator_lost", Severity.ERROR, None, None)
    chosen = replace(first, state=ReadState.AMBIGUOUS, elements=(), problems=(problem,), candidates=tuple(possible))
    return replace(chosen, **differing)


def _merged(primary: Reading, secondary: Reading) -> Reading | None:
    """Both pieces as one; None where they contradict each other."""
    values = {name: getattr(secondary, name) for name in _FIELDS if getattr(secondary, name) is not None}
    if any(getattr(primary, name) not in (None, value) for name, value in values.items()):
        return None
    offset = len(primary.raw) + 1
    return replace(
        primary,
        raw=f"{primary.raw}\n{secondary.raw}",
        state=_state(primary, secondary),
        elements=primary.elements + tuple(Element(e.ai, e.value, e.position + offset) for e in secondary.elements),
        problems=primary.problems + tuple(_moved(problem, offset) for problem in secondary.problems),
        **values,
    )


def _state(primary: Reading, secondary: Reading) -> ReadState:
    """Complete if both are. A number that came without a mark is borne out by its other half."""
    is_borne_out = all(problem.kind == "unmarked_number" for problem in primary.problems)
    is_primary_good = primary.state is ReadState.COMPLETE or is_borne_out
    return ReadState.COMPLETE if is_primary_good and secondary.state is ReadState.COMPLETE else ReadState.PARTIAL


def _moved(problem: Problem, offset: int) -> Problem:
    return problem if problem.position is None else replace(problem, position=problem.position + offset)
