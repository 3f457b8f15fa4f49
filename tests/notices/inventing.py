"""Notices made up from parts, together with a unit that each of them means."""

from dataclasses import dataclass

from hypothesis import strategies as st

from app.notices.judging import Unit

LETTERS = "ABCDEFGHKMNPRTUVWY"


@dataclass(frozen=True)
class Case:
    """A notice, a unit it means, the same kind of unit that it does not mean, and the printed pieces that decide."""

    text: str
    affected: Unit
    other: Unit
    pieces: tuple[str, ...]


def codes(prefix: str = "") -> st.SearchStrategy[str]:
    """Codes as manufacturers form them, all of one family."""
    return st.integers(100_000, 999_999).map(lambda number: f"{prefix}{number}")


@st.composite
def families(draw: st.DrawFn) -> list[str]:
    """Four different codes of one shape."""
    prefix = draw(st.sampled_from(["", "L", "QX", "24-", "B7/"]))
    return draw(st.lists(codes(prefix), min_size=4, max_size=4, unique=True))


@st.composite
def lists(draw: st.DrawFn) -> Case:
    """A REF and a list of lots or serials."""
    ref = draw(codes(draw(st.sampled_from(["K-", "PM", "70"]))))
    *named, other = draw(families())
    is_lot = draw(st.booleans())
    label = draw(st.sampled_from(_LOT_LABELS if is_lot else _SERIAL_LABELS))
    ref_label = draw(st.sampled_from(_REF_LABELS))
    between = draw(st.sampled_from([", ", "; ", "、", "，", "\n", "  ", " and ", ",", " & "]))
    gap = draw(st.sampled_from(["; ", "；", "\n", ". ", "。", ", ", "，", " "]))
    text = f"{ref_label}{ref}{gap}{label}{between.join(named)}"
    lot, serial = (named[1], None) if is_lot else (None, named[1])
    wrong_lot, wrong_serial = (other, None) if is_lot else (None, other)
    return Case(
        text, Unit(ref=ref, lot=lot, serial=serial), Unit(ref=ref, lot=wrong_lot, serial=wrong_serial), (named[1],)
    )


@st.composite
def ranges(draw: st.DrawFn) -> Case:
    """A range of lots written in one of the usual ways."""
    prefix = draw(st.sampled_from(["", "A", "XZ"]))
    first = draw(st.integers(100_000, 500_000))
    last = draw(st.integers(first + 10, 900_000))
    pattern = draw(st.sampled_from(_RANGES))
    one, two = f"{prefix}{first}", f"{prefix}{last}"
    inside = f"{prefix}{draw(st.integers(first, last))}"
    return Case(pattern.format(one, two), Unit(lot=inside), Unit(lot=f"{prefix}{last + 1}"), (one, two))


@st.composite
def groups(draw: st.DrawFn) -> Case:
    """Two products with their own lots."""
    one, two = draw(st.lists(codes("R"), min_size=2, max_size=2, unique=True))
    a, b, c, d = draw(families())
    pattern = draw(st.sampled_from(_GROUPS))
    text = pattern.format(one=one, two=two, a=a, b=b, c=c, d=d)
    return Case(text, Unit(ref=two, lot=d), Unit(ref=one, lot=d), (d,))


@st.composite
def windows(draw: st.DrawFn) -> Case:
    """Production or expiry between two days."""
    key, pattern = draw(st.sampled_from(_WINDOWS))
    first, last = draw(st.sampled_from([("2023-02-13", "2023-08-20"), ("2024-01-15", "2025-12-31")]))
    inside, outside = "2023-08-20" if first < "2023-06" else "2024-01-15", "2026-01-01"
    text = pattern.format(first, last)
    if key == "expiry":
        return Case(text, Unit(lot="1", expiry=inside), Unit(lot="1", expiry=outside), (first, last))
    return Case(text, Unit(lot="1", mfg_date=inside), Unit(lot="1", mfg_date=outside), (first, last))


def cases() -> st.SearchStrategy[Case]:
    """Any of the above."""
    return st.one_of(lists(), ranges(), groups(), windows())


_LOT_LABELS = (
    "Lot Numbers: ",
    "Lots ",
    "LOT: ",
    "Batch No. ",
    "Lot/Batch Numbers: ",
    "批号：",
    "生产批号为",
    "产品批号:",
)
_SERIAL_LABELS = ("Serial Numbers: ", "S/N: ", "Serial Nos. ", "序列号：", "出厂编号为")
_REF_LABELS = ("REF ", "Catalog Number: ", "Model No. ", "Part Number: ", "规格型号：", "型号为", "货号:")
_RANGES = (
    "Lots {} to {}",
    "Lot numbers: {} through {}",
    "Lot: {} - {}",
    "Lots between {} and {}",
    "Batches from {} up to {}",
    "批号：{}至{}",
    "生产批号{}~{}",
    "批号为{}到{}的产品",
    "Lot Number: {} thru {}",
)
_GROUPS = (
    "REF {one}: Lots {a}, {b}; REF {two}: Lots {c}, {d}",
    "Model {one}, lot {a} and {b}. Model {two}, lot {c} and {d}.",
    "规格型号：{one}，批号：{a}、{b}；规格型号：{two}，批号：{c}、{d}",
    "{one} Lot Numbers: {a}, {b}; {two} Lot Numbers: {c}, {d}",
    "REF\tLot\n{one}\t{a}\n{one}\t{b}\n{two}\t{c}\n{two}\t{d}\n",
    "型号 批号\n{one} {a}\n{one} {b}\n{two} {c}\n{two} {d}\n",
    "Catalog Number: {one}\nLot Numbers: {a}, {b}\n\nCatalog Number: {two}\nLot Numbers: {c}, {d}\n",
    "{one} (lots {a} and {b}), {two} (lots {c} and {d})",
)
_WINDOWS = (
    ("mfg_date", "All lots manufactured between {} and {}"),
    ("mfg_date", "all batches produced from {} to {}"),
    ("mfg_date", "生产日期为{}至{}的全部批次"),
    ("expiry", "All lots with expiration dates between {} and {}"),
    ("expiry", "有效期至{}~{}的所有批号"),
    ("expiry", "Lots expiring from {} through {}"),
)
