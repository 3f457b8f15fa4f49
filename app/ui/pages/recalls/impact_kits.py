"""The kits that hold affected components: their lock is the component's, so they are looked for too."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.queries.kits import HoldingKit
from app.ui import words
from app.ui.language import language, say, spoken
from app.ui.widgets.card import Card, clear
from app.ui.widgets.labels import LinkButton, muted


class KitsCard(Card):
    """Hidden while no kit holds anything of the case; a kit's number opens its batch card."""

    opened = Signal(int)

    def __init__(self) -> None:
        super().__init__(spoken("kits.of_case"), head_height=38)
        self.body.setSpacing(4)
        self.hide()

    def show_kits(self, kits: Sequence[HoldingKit]) -> None:
        """One line a kit: number, how many affected units stand in it, where it is."""
        clear(self.body)
        self.setVisible(bool(kits))
        self.set_title(spoken("kits.of_case"), say("kits.of_case_count", kits=len(kits)))
        for kit in kits:
            self.add(self._line(kit))

    def _line(self, kit: HoldingKit) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        link = LinkButton(kit.kit_number)
        link.setFixedHeight(22)
        link.clicked.connect(lambda _=False: self.opened.emit(kit.kit_batch_id))
        row.addWidget(link)
        row.addWidget(muted(f"×{kit.quantity} · {_whereabouts(kit)}", elide=True), 1)
        return line


def _whereabouts(kit: HoldingKit) -> str:
    if kit.fate is None:
        return say("kits.taken_apart")
    place = kit.place.said_in(language()) if kit.place else ""
    return " ".join(part for part in (place, words.word(kit.fate)) if part)
