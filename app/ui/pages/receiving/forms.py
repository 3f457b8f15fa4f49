"""Panes to type into: what they share, and the correction of a line."""

from itertools import pairwise
from typing import TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from app.core.errors import AppError
from app.core.words import describe
from app.queries.deliveries import LineRow
from app.services.receiving_lines import Typed
from app.ui import formats, theme
from app.ui.language import Caption, language, spoken
from app.ui.pages.receiving.focus_pane import PANE_WIDTH
from app.ui.pages.receiving.head import leads_to
from app.ui.widgets.buttons import KeycapButton
from app.ui.widgets.card import SidePane
from app.ui.widgets.fields import DateField, NumberField, TextField
from app.ui.widgets.labels import Label

T = TypeVar("T")


class PaneForm(SidePane):
    """A title, fields, one primary button, and Esc to leave; ``refuse`` says what the service did not take."""

    left = Signal()

    def __init__(self, title: Caption, button: Caption) -> None:
        super().__init__(PANE_WIDTH)
        self.body.setSpacing(8)
        self.title = Label(title, "text", theme.HEAD, bold=True, wrap=True)
        self.trouble = Label("", "stop", theme.SMALL, wrap=True)
        self.trouble.hide()
        self.add(self.title)
        self.submit_button = KeycapButton(button, kind="primary", icon="check", key="Ctrl+Return")
        self.leave_button = KeycapButton(spoken("widgets.cancel"))
        self.submit_button.clicked.connect(self.submit)
        self.leave_button.clicked.connect(self.left)

    def finish(self) -> None:
        """After the fields: where trouble is said, and the buttons."""
        self.add(self.trouble)
        self.body.addStretch(1)
        self.add_foot(self.submit_button)
        self.foot.insertWidget(1, self.leave_button)

    def refuse(self, error: AppError) -> None:
        self.trouble.set_text(lambda: describe(error, language()))
        self.trouble.show()

    def submit(self) -> None:
        """Check what can be checked here, then tell."""
        self.trouble.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return
        super().keyPressEvent(event)


class LabelFields:
    """The parts of a label as fields of a form."""

    def __init__(self, form: PaneForm) -> None:
        self.lot = TextField(spoken("receiving.form.lot"), mono=True)
        self.serial = TextField(spoken("receiving.form.serial"), mono=True)
        self.production = DateField(spoken("receiving.form.production"))
        self.expiry = DateField(spoken("receiving.form.expiry"))
        self.packages = NumberField(spoken("receiving.form.packages"), least=1, most=1_000_000)
        self._is_month = False
        self.expiry.entry.textEdited.connect(self._watch_month)
        self.all = (self.lot, self.expiry, self.production, self.serial, self.packages)
        for field in self.all:
            form.add(field)
        for field, following in pairwise(self.all):
            leads_to(field, following)
        self.packages.entered.connect(lambda: form.submit())

    def show_values(self, line: LineRow | None) -> None:
        self.lot.set_value(line.lot_no if line else "")
        self.serial.set_value(line.serial_no if line else "")
        self.production.set_day(line.production_on if line else None)
        self.expiry.set_day(line.expiry_on if line else None)
        self.packages.set_number(line.packages if line else 1)
        self._is_month = False
        for field in self.all:
            field.set_error("")

    def _watch_month(self, words: str) -> None:
        """The field turns a month into its last day; that it was only a month is kept here."""
        try:
            self._is_month = formats.typed_date(words).is_month_only
        except ValueError:
            self._is_month = False

    def typed(self) -> Typed | None:
        """None after showing at a field what cannot be read."""
        expiry, production = self.expiry.day(), self.production.day()
        if self.expiry.error() or self.production.error():
            return None
        return Typed(
            lot=self.lot.value() or None,
            serial=self.serial.value() or None,
            production_on=production,
            expiry_on=expiry,
            expiry_is_month=self._is_month,
        )


class CorrectionForm(PaneForm):
    """Change what a line says; only what differs is told."""

    corrected = Signal(object, int)
    """Typed, and the number of packages."""

    def __init__(self) -> None:
        super().__init__(spoken("receiving.form.correct"), spoken("receiving.form.take"))
        self.fields = LabelFields(self)
        self._line: LineRow | None = None
        self.finish()

    def show_line(self, line: LineRow) -> None:
        self._line = line
        self.trouble.hide()
        self.fields.show_values(line)
        self.fields.lot.setFocus()

    def submit(self) -> None:
        super().submit()
        typed, packages, line = self.fields.typed(), self.fields.packages.number(), self._line
        if typed is None or packages is None or line is None:
            return
        self.corrected.emit(
            Typed(
                lot=_changed(typed.lot, line.lot_no),
                serial=_changed(typed.serial, line.serial_no),
                production_on=_changed(typed.production_on, line.production_on),
                expiry_on=_changed(typed.expiry_on, line.expiry_on),
                expiry_is_month=typed.expiry_is_month,
            ),
            packages,
        )


def _changed(new: T | None, old: T | None) -> T | None:
    return new if new != old else None
