"""Rows of the papers of store work: shelf labels and stock-takes. Quantities are in base units."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class ShelfLabel:
    """The label at a shelf; its symbol says ``RD:SHELF:<code>``."""

    code: str
    place: str
    place_en: str = ""
    note: str = ""
