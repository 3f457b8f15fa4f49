"""Lots corrected after the assessment: newly meant and locked, or no longer meant and waiting for a person."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.core.statuses.verdict import Verdict
from app.queries.scope_changes import ChangeRow
from app.ui import formats, theme
from app.ui.language import language, say, spoken
from app.ui.widgets.card import Card, clear
from app.ui.widgets.labels import IconMark, Label, LinkButton, muted
from app.ui.words import word

SHOWN = 4
"""So many; the rest is in the diary of the case."""


class ChangesCard(Card):
    """Hidden while no lot was corrected. Who wrote what anew, when and why, and what became of it in the case."""

    decision_wanted = Signal(int)
    """The batch whose change a person wants to decide."""

    def __init__(self) -> None:
        super().__init__(spoken("recalls.changed.title"), head_height=34)
        self.hide()

    def show_rows(self, rows: Sequence[ChangeRow], *, may_decide: bool) -> None:
        """Those that wait for a decision come first."""
        clear(self.body)
        self.setVisible(bool(rows))
        waiting = sum(row.is_open for row in rows)
        note = (
            say("recalls.changed.waiting", count=waiting) if waiting else say("recalls.changed.count", count=len(rows))
        )
        self.set_title(spoken("recalls.changed.title"), note)
        for row in rows[:SHOWN]:
            self.add(self._line(row, may_decide=may_decide))

    def _line(self, row: ChangeRow, *, may_decide: bool) -> QWidget:
        line = QWidget()
        across = QHBoxLayout(line)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(10)
        icon, ink = _look(row)
        across.addWidget(IconMark(icon, ink, 18))
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(Label(_what(row), ink if row.is_open or row.is_newly_meant else "text", theme.SMALL, wrap=True))
        words.addWidget(muted(_who(row), elide=True))
        across.addLayout(words, 1)
        if row.is_open and may_decide:
            decide = LinkButton(spoken("recalls.changed.decide"))
            decide.clicked.connect(lambda _=False: self.decision_wanted.emit(row.batch_id))
            across.addWidget(decide)
        return line


def _look(row: ChangeRow) -> tuple[str, str]:
    if row.is_open:
        return "question", "attention"
    return ("lock", "stop") if row.is_newly_meant else ("check-circle", "muted")


def _what(row: ChangeRow) -> str:
    lots = {"before": row.lot_before, "now": row.lot_now, "product": row.product.said_in(language())}
    if row.is_newly_meant:
        lock = "locked" if row.is_locked else "listed"
        kind = "affected" if row.after is Verdict.AFFECTED else "doubtful"
        return say(f"recalls.changed.{kind}", **lots) + say(f"recalls.changed.{lock}")
    if row.is_open:
        return say("recalls.changed.no_longer", **lots) + say(
            f"recalls.changed.{'stays' if row.is_locked else 'keeps'}"
        )
    if row.decided is not None and row.decided_by is not None:
        by = row.decided_by.said_in(language())
        return say("recalls.changed.decided", by=by, verdict=word(row.decided), reason=row.decided_reason, **lots)
    return say("recalls.changed.no_longer", **lots)


def _who(row: ChangeRow) -> str:
    names = " + ".join(name.said_in(language()) for name in (row.by, row.second) if name is not None)
    return say("recalls.changed.by", by=names, at=formats.moment(row.at), reason=row.reason)
