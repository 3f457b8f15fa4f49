"""The notice seems known: which case it is, and whether this one adds to it."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.queries.known_notices import KnownNotice, Sameness
from app.ui import formats, theme
from app.ui.language import say, spoken
from app.ui.widgets.card import Card, clear
from app.ui.widgets.labels import IconMark, Label, LinkButton
from app.ui.words import word

SHOWN = 3


class KnownCard(Card):
    """Hidden while no case is like the notice. A copy is opened; what adds to a case is registered as its expansion."""

    opened = Signal(int)
    expands_chosen = Signal(object)
    """The id of the case to which the notice adds; None: it stands alone."""

    def __init__(self) -> None:
        super().__init__(spoken("recalls.known.title"), head_height=34)
        self._known: Sequence[KnownNotice] = ()
        self._expands: int | None = None
        self.links: dict[int, LinkButton] = {}
        """Per case what is offered besides opening it."""
        self.hide()

    def show_known(self, known: Sequence[KnownNotice], expands: int | None) -> None:
        self._known, self._expands = known, expands
        self.retranslate()

    def retranslate(self) -> None:
        clear(self.body)
        self.links.clear()
        known = self._known
        self.setVisible(bool(known))
        is_copy = any(one.why is Sameness.TEXT for one in known)
        key = "copy" if is_copy else "expands" if self._expands is not None else "alike"
        self.set_title(spoken("recalls.known.title"), say(f"recalls.known.{key}"))
        for one in known[:SHOWN]:
            self.add(self._line(one, is_copy=is_copy))

    def _line(self, one: KnownNotice, *, is_copy: bool) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        is_chosen = one.case_id == self._expands
        mark = IconMark("link" if is_chosen else "documents", "accent" if is_chosen else "attention", 16)
        said = say(f"recalls.known.{one.why.value}_same", state=word(one.state), at=formats.moment(one.received_at))
        words = Label(f"{one.title} · {said}", "text", theme.SMALL, elide=True)
        words.setToolTip(words.text())
        open_link = LinkButton(spoken("recalls.known.open"))
        open_link.clicked.connect(lambda _=False, key=one.case_id: self.opened.emit(key))
        row.addWidget(mark)
        row.addWidget(Label(one.number, "text", theme.SMALL, mono=True, bold=True))
        row.addWidget(words, 1)
        if not is_copy:
            row.addWidget(self._choice(one.case_id, is_chosen=is_chosen))
        row.addWidget(open_link)
        return line

    def _choice(self, case_id: int, *, is_chosen: bool) -> LinkButton:
        link = LinkButton(spoken("recalls.known.alone" if is_chosen else "recalls.known.expand"))
        wanted = None if is_chosen else case_id
        link.clicked.connect(lambda _=False: self.expands_chosen.emit(wanted))
        self.links[case_id] = link
        return link
