"""Parts that the views of the goods tab share: a table with ticks, and a pane in which a second person signs."""

from collections.abc import Callable, Hashable, Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget

from app.core.errors import AppError
from app.core.words import describe
from app.ui.language import Caption, language, spoken
from app.ui.pages.recalls.case_presenter import Signer
from app.ui.pages.recalls.goods_presenter import Signed
from app.ui.widgets.card import SidePane
from app.ui.widgets.cells import Cell
from app.ui.widgets.fields import Option
from app.ui.widgets.rows_model import Column
from app.ui.widgets.signature_pane import SignaturePane
from app.ui.widgets.table import DataTable, Row

PANE_WIDTH = 316


def tick(is_ticked: bool) -> Cell:
    """The cell of a row that goes along, or stays."""
    return Cell(icon="check-circle" if is_ticked else "circle", icon_ink="accent" if is_ticked else "muted")


class TickTable(DataTable[Row]):
    """Space, Enter or a click on the first column takes a row along or leaves it."""

    toggled = Signal(object)

    def __init__(
        self, columns: Sequence[Column[Row]], *, key: Callable[[Row], Hashable], name: Caption, empty: Caption
    ) -> None:
        super().__init__(columns, two_lines=True, in_card=True, key=key, name=name, empty=empty)
        self.clicked.connect(self._click)
        self.opened.connect(self.toggled)

    def _click(self, index: QModelIndex) -> None:
        row = self.chosen_row()
        if index.column() == 0 and row is not None:
            self.toggled.emit(row)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.chosen_row()
        if event.key() == Qt.Key.Key_Space and row is not None:
            self.toggled.emit(row)
            return
        super().keyPressEvent(event)


class SignedPane(QStackedWidget):
    """A form, and over it the second person's signature while it is asked for; what was typed stays."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedWidth(PANE_WIDTH)
        self.form = SidePane(PANE_WIDTH)
        self.signature = SignaturePane()
        self._then: Callable[[Signed], None] | None = None
        self.addWidget(self.form)
        self.addWidget(self.signature)
        self.signature.signed.connect(self._sign)
        self.signature.cancelled.connect(self.finish)

    def ask(
        self,
        meaning: Caption,
        people: tuple[Signer, ...],
        then: Callable[[Signed], None],
        *,
        needs_reason: bool,
        button: Caption = "",
    ) -> None:
        """Ask one of the people to sign; ``then`` gets what they typed."""
        self._then = then
        options = [Option(one.login, one.name.said_in(language())) for one in people]
        self.setCurrentWidget(self.signature)
        self.signature.ask(meaning, options, needs_reason=needs_reason, button=button)

    @property
    def is_asking(self) -> bool:
        return self.currentWidget() is self.signature

    def refuse(self, error: AppError) -> None:
        """Say why it was not taken."""
        self.signature.refuse(describe(error, language()))

    def finish(self) -> None:
        """Back to the form."""
        self._then = None
        self.setCurrentWidget(self.form)

    def _sign(self, login: str, password: str, reason: str) -> None:
        if self._then is not None:
            self._then(Signed(login, password, reason))


def meaning(key: str) -> Caption:
    """What a signature says."""
    return spoken(f"recalls.meaning.{key}")
