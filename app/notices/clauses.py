"""What a recall notice names, piece by piece, each with the place in the text that proves it."""

from dataclasses import dataclass
from enum import Enum


class ClauseKey(Enum):
    """The attribute of a unit that a clause speaks about."""

    DI = "di"
    REF = "ref"
    LOT = "lot"
    SERIAL = "serial"
    EXPIRY = "expiry"
    PRODUCTION = "mfg_date"
    STERILISATION = "ster_date"
    DISTRIBUTION = "dist_date"
    SOFTWARE = "software"
    CERTIFICATE = "reg_no"


PRODUCT_KEYS = (ClauseKey.DI, ClauseKey.REF)
IDENTITY_KEYS = (ClauseKey.LOT, ClauseKey.SERIAL)
DATE_KEYS = (ClauseKey.EXPIRY, ClauseKey.PRODUCTION, ClauseKey.STERILISATION, ClauseKey.DISTRIBUTION)


class ClauseForm(Enum):
    """How the clause names its values.

    ``MASKED`` holds values of which the notice shows only a part, or limits within which only some units are meant:
    outside the limits is outside the recall, inside is open. ``REFERENCE`` says that values exist elsewhere (an
    attachment, "specific lots"). ``EXCEPT`` takes its values out of the recall.
    """

    LIST = "list"
    RANGE = "range"
    PREFIX = "prefix"
    CUTOFF = "cutoff"
    ALL = "all"
    EXCEPT = "except"
    MASKED = "masked"
    REFERENCE = "reference"


@dataclass(frozen=True, slots=True)
class Clause:
    """One statement of the notice; ``text[start:end] == quote`` always.

    Values are as printed (dates too: ``app.notices.dates`` reads them). ``scope`` holds the REF and DI values the
    clause belongs to, as printed; empty means the whole notice. ``first`` and ``last`` are the limits of RANGE,
    CUTOFF and MASKED, None where open.
    """

    key: ClauseKey
    form: ClauseForm
    quote: str
    start: int
    end: int
    values: tuple[str, ...] = ()
    first: str | None = None
    last: str | None = None
    first_inclusive: bool = True
    last_inclusive: bool = True
    scope: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NoticeReading:
    """All clauses of a notice, in the order of the text, and what stays open.

    ``doubts`` are codes with a text at ``notices.doubt.<code>``. ``leftovers`` are the code-like pieces that no
    clause claims, as lot keys: a unit found among them is never called not affected. ``printed`` are further codes that
    stand in the text and in no clause as they are printed: what such a code alone would exclude stays open.
    """

    clauses: tuple[Clause, ...]
    understood: bool
    doubts: tuple[str, ...] = ()
    leftovers: frozenset[str] = frozenset()
    printed: frozenset[str] = frozenset()
