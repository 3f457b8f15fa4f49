"""A reading while it is being made."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from app.udi.reading import Agency, Element, Precision, Problem, Reading, ReadState, Severity

Place = Callable[[int], int]
"""Turns a position in the repaired text into one in the raw scan."""


@dataclass(slots=True)
class Draft:
    """The fields of a ``Reading`` as an agency's parser fills them; positions count in the text it was given.

    ``is_unsure`` keeps a faultless draft from being complete. ``drafts`` are the legal readings to choose from: with
    them the result is ambiguous and shows only what they agree on.
    """

    agency: Agency
    di: str | None = None
    lot: str | None = None
    serial: str | None = None
    expiry: date | None = None
    expiry_precision: Precision | None = None
    expiry_text: str | None = None
    production: date | None = None
    production_text: str | None = None
    quantity: int | None = None
    link: str | None = None
    is_secondary: bool = False
    is_unsure: bool = False
    elements: list[Element] = field(default_factory=list[Element])
    problems: list[Problem] = field(default_factory=list[Problem])
    drafts: list["Draft"] = field(default_factory=list["Draft"])

    def error(self, kind: str, position: int | None = None, element: str | None = None) -> None:
        self.problems.append(Problem(kind, Severity.ERROR, position, element))

    def warn(self, kind: str, position: int | None = None, element: str | None = None) -> None:
        self.problems.append(Problem(kind, Severity.WARNING, position, element))

    def doubt(self, kind: str, position: int | None = None, element: str | None = None) -> None:
        """A warning that a person must look at: the reading will not be called complete."""
        self.warn(kind, position, element)
        self.is_unsure = True

    def add(self, ai: str, value: str, position: int) -> None:
        self.elements.append(Element(ai, value, position))

    def set_expiry(self, on: date, precision: Precision = "day", text: str | None = None) -> None:
        """``text`` is the ISO form where it says more than the day. A second, different day: the earlier one counts."""
        if self.expiry is not None and self.expiry != on:
            self.warn("dates_differ")
            if self.expiry < on:
                return
        if self.expiry == on and text is None:
            return
        self.expiry, self.expiry_precision, self.expiry_text = on, precision, text or on.isoformat()

    def set_production(self, on: date, text: str | None = None) -> None:
        self.production, self.production_text = on, text or on.isoformat()

    @property
    def has_content(self) -> bool:
        """Whether anything at all was read."""
        return bool(self.elements) or self.di is not None

    @property
    def has_errors(self) -> bool:
        return any(problem.severity is Severity.ERROR for problem in self.problems)

    @property
    def state(self) -> ReadState:
        if self.drafts:
            return ReadState.AMBIGUOUS
        if not self.has_content:
            return ReadState.REFUSED
        return ReadState.PARTIAL if self.is_unsure or self.has_errors else ReadState.COMPLETE


_AGREED = (
    "di", "lot", "serial", "expiry", "expiry_precision", "expiry_text", "production", "production_text", "quantity",
)  # fmt: skip


def choice(drafts: list[Draft], kind: str, *, position: int, element: str | None, floor: Draft | None = None) -> Draft:
    """The draft of several legal readings: what all agree on, and a problem that says a person must choose.

    ``floor`` is what is certain where there are more readings than ``drafts`` shows.
    """
    first = drafts[0]
    chosen = Draft(first.agency, drafts=drafts)
    agreeing = [*drafts, floor] if floor else drafts
    for name in _AGREED:
        value = getattr(first, name)
        if all(getattr(other, name) == value for other in agreeing):
            setattr(chosen, name, value)
    for together in zip(*(draft.elements for draft in agreeing), strict=False):
        if len(set(together)) > 1:
            break
        chosen.elements.append(together[0])
    chosen.is_secondary = all(draft.is_secondary for draft in drafts)
    chosen.error(kind, position, element)
    return chosen


def finish(draft: Draft, raw: str, *, place: Place | None = None, symbology: str | None = None) -> Reading:
    """The draft as a reading of ``raw``; ``place`` moves its positions there."""
    elements, problems = draft.elements, draft.problems
    if place is not None:
        elements = [Element(each.ai, each.value, place(each.position)) for each in elements]
        problems = [_moved(problem, place) for problem in problems]
    return Reading(
        raw,
        draft.agency,
        draft.state,
        symbology,
        draft.di,
        draft.lot,
        draft.serial,
        draft.expiry,
        draft.expiry_precision,
        draft.expiry_text,
        draft.production,
        draft.production_text,
        draft.quantity,
        tuple(elements),
        tuple(problems),
        tuple(finish(other, raw, place=place, symbology=symbology) for other in draft.drafts),
        draft.link,
        draft.is_secondary,
    )


def _moved(problem: Problem, place: Place) -> Problem:
    if problem.position is None:
        return problem
    return Problem(problem.kind, problem.severity, place(problem.position), problem.element)
