"""The papers of a delivery: as a form to begin or correct it, and as facts while it grows."""

import re
import unicodedata
from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from app.core.errors import AppError
from app.core.words import describe
from app.queries.deliveries import DeliveryCard, SupplierRow
from app.services.receiving import DeliveryHead
from app.ui import formats
from app.ui.language import language, say, spoken
from app.ui.widgets.facts import Fact
from app.ui.widgets.fields import ComboField, Option, TextField

_TEMPERATURE = re.compile(r"([+-]?\d{1,3})(?:\.(\d))?\d*")


class HeadForm(QWidget):
    """Supplier, order, delivery note, waybill, temperature; Enter goes on, from the last field it submits."""

    submitted = Signal(object)
    """A DeliveryHead."""

    def __init__(self, *, columns: int = 1) -> None:
        super().__init__()
        self.supplier = ComboField(
            spoken("receiving.head.supplier"), icon="truck", placeholder=spoken("receiving.head.choose")
        )
        self.order = TextField(spoken("receiving.head.order"), mono=True)
        self.note = TextField(spoken("receiving.head.note"), mono=True)
        self.waybill = TextField(spoken("receiving.head.waybill"), mono=True)
        self.temperature = TextField(
            spoken("receiving.head.temperature"), mono=True, placeholder=spoken("receiving.head.celsius")
        )
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(10)
        fields = (self.supplier, self.order, self.note, self.waybill, self.temperature)
        for place, field in enumerate(fields):
            grid.addWidget(field, place // columns, place % columns)
        entries = (self.order, self.note, self.waybill, self.temperature)
        for field, following in pairwise(entries):
            leads_to(field, following)
        self.temperature.entered.connect(lambda: self.submit())
        self.supplier.chosen.connect(lambda: self.order.setFocus())

    def set_suppliers(self, rows: Sequence[SupplierRow]) -> None:
        """Offer these; a lapsed licence is said in the list already."""
        self.supplier.set_options([Option(str(row.id), _supplier_words(row)) for row in rows])

    def fill(self, card: DeliveryCard) -> None:
        """Show what a delivery says now, to correct it."""
        self.supplier.set_value(str(card.supplier.id))
        self.order.set_value(card.order_no)
        self.note.set_value(card.note_no)
        self.waybill.set_value(card.waybill)
        tenths = card.temperature_tenths
        self.temperature.set_value("" if tenths is None else celsius(tenths))

    def empty(self) -> None:
        self.supplier.set_value("")
        for field in (self.order, self.note, self.waybill, self.temperature):
            field.set_value("")
            field.set_error("")

    def submit(self) -> None:
        """Check what can be checked here; the rest is the service's."""
        if not self.supplier.value():
            self.supplier.set_error(spoken("receiving.head.supplier_missing"))
            self.supplier.setFocus()
            return
        words = self.temperature.value()
        tenths = typed_tenths(words)
        if words and tenths is None:
            self.temperature.set_error(spoken("receiving.head.temperature_unreadable"))
            self.temperature.setFocus()
            return
        self.submitted.emit(
            DeliveryHead(
                int(self.supplier.value()), self.order.value(), self.note.value(), self.waybill.value(), tenths
            )
        )

    def refuse(self, error: AppError) -> None:
        """Say it at the field it concerns; the input stays."""
        field = self.temperature if error.code == "receiving.temperature" else self.supplier
        if error.code == "receiving.paper_too_long":
            entries = (self.order, self.note, self.waybill)
            field = next((entry for entry in entries if entry.value() == error.values.get("number")), self.order)
        field.set_error(lambda: describe(error, language()))
        field.setFocus()


def leads_to(field: TextField, following: QWidget) -> None:
    """Enter in a field goes on to the next."""
    field.entered.connect(lambda: following.setFocus())


def typed_tenths(words: str) -> int | None:
    """4.8, ４．８, -18 or 4,8 as tenths of a degree; None where it is no temperature."""
    plain = unicodedata.normalize("NFKC", words).replace(",", ".").replace("℃", "").replace("°C", "").strip()
    found = _TEMPERATURE.fullmatch(plain)
    if found is None:
        return None
    sign = -1 if plain.startswith("-") else 1
    return sign * (abs(int(found[1])) * 10 + int(found[2] or 0))


def celsius(tenths: int) -> str:
    """4.8, without a unit."""
    return f"{tenths / 10:.1f}"


def head_facts(card: DeliveryCard) -> list[Fact]:
    """The delivery in one bar across the page."""
    tenths = card.temperature_tenths
    warm = Fact(
        spoken("receiving.head.temperature"),
        f"{celsius(tenths)} °C" if tenths is not None else formats.DASH,
        icon="thermometer",
        ink="text",
    )
    return [
        Fact(
            spoken("receiving.head.supplier"),
            card.supplier.name.said_in(language()),
            icon="warning" if card.supplier.has_lapsed else "",
            ink="stop" if card.supplier.has_lapsed else "text",
        ),
        Fact(spoken("receiving.head.order"), card.order_no or formats.DASH, is_mono=True),
        Fact(spoken("receiving.head.note"), card.note_no or formats.DASH, is_mono=True),
        Fact(spoken("receiving.head.waybill"), card.waybill or formats.DASH, is_mono=True),
        warm,
    ]


def _supplier_words(row: SupplierRow) -> str:
    name = row.name.said_in(language())
    return say("receiving.head.lapsed", name=name, until=row.licence_valid_until) if row.has_lapsed else name
