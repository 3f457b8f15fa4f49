"""Does it touch us? Three figures at once, and the first of the batches behind them."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.core.statuses.verdict import Verdict
from app.services.previewing import Touch, Touched
from app.ui import formats
from app.ui.language import language, say, spoken
from app.ui.pages.recalls.marks import lot_words
from app.ui.pages.recalls.verdict_parts import ORDER, VerdictHead
from app.ui.widgets.card import Card
from app.ui.widgets.cells import Cell
from app.ui.widgets.labels import IconMark, Label, muted
from app.ui.widgets.rows_model import Column
from app.ui.widgets.table import DataTable
from app.ui.words import look, word


def _lot(row: Touched) -> Cell:
    return Cell(lot_words(row.lot_no), is_mono=True, icon=look(row.verdict).icon, icon_ink=look(row.verdict).tone)


def _product(row: Touched) -> Cell:
    return Cell(f"{row.product.said_in(language())} {row.ref}".strip(), is_small=True, ink="muted")


def _columns() -> list[Column[Touched]]:
    return [
        Column("", lambda row: row.lot_no, cell=_lot, width=148, tip=lambda row: word(row.verdict)),
        Column("", lambda row: row.ref, cell=_product, stretch=1),
        Column("", lambda row: row.quantity, text=formats.number, align="right", width=64),
    ]


class TouchCard(Card):
    """States: nothing pasted, nothing to compare with, comparing, answered."""

    def __init__(self) -> None:
        super().__init__(spoken("recalls.touch.title"))
        self.body.setContentsMargins(12, 12, 12, 8)
        self.heads = {verdict: VerdictHead(verdict, "tile") for verdict in ORDER}
        self._tiles = QWidget()
        row = QHBoxLayout(self._tiles)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for head in self.heads.values():
            row.addWidget(head, 1)
        self._answer = QWidget()
        line = QHBoxLayout(self._answer)
        line.setContentsMargins(4, 0, 4, 0)
        line.setSpacing(8)
        self._mark = IconMark("info", "muted")
        self._words = Label("", "text", wrap=True)
        line.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self._words, 1)
        self.lines: DataTable[Touched] = DataTable(
            _columns(), in_card=True, name=spoken("recalls.touch.title"), key=lambda row: row.batch_id
        )
        self.lines.horizontalHeader().hide()
        self.lines.setMinimumHeight(32)
        self._foot = muted()
        self.add(self._tiles)
        self.add(self._answer)
        self.add(self.lines, 1)
        self.add(self._foot)
        self._touch: Touch | None = None
        self._state = "empty"
        self.wait("empty")

    def wait(self, state: str) -> None:
        """``empty``: nothing pasted; ``unbounded``: nothing to compare with; ``comparing``."""
        self._touch, self._state = None, state
        self._show()

    def show_touch(self, touch: Touch) -> None:
        self._touch, self._state = touch, "untouched" if touch.is_untouched else "touched"
        self._show()

    def _show(self) -> None:
        touch = self._touch
        icon, tone = _MARKS[self._state]
        self._mark.set_icon(icon, tone)
        counts = touch.batches if touch else {}
        units = touch.units if touch else {}
        affected, doubtful = counts.get(Verdict.AFFECTED, 0), counts.get(Verdict.NEED_INFO, 0)
        self._words.set_text(say(f"recalls.touch.{self._state}", affected=affected, doubtful=doubtful))
        for verdict, head in self.heads.items():
            shows_units = touch is not None and verdict is not Verdict.NOT_AFFECTED
            head.set_counts(counts.get(verdict), units.get(verdict) if shows_units else None)
        self._answer.setVisible(self._state != "touched")
        self.lines.set_rows(touch.lines if touch else ())
        self.lines.setVisible(bool(touch and touch.lines))
        told = say("recalls.touch.compared", count=touch.compared, seconds=f"{touch.seconds:.2f}") if touch else ""
        self._foot.set_text(told)

    def retranslate(self) -> None:
        self._show()


_MARKS = {
    "empty": ("info", "muted"),
    "comparing": ("hourglass", "muted"),
    "unbounded": ("question", "attention"),
    "untouched": ("check-circle", "ok"),
    "touched": ("x-circle", "stop"),
}
