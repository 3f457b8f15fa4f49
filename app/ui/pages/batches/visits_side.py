"""Whose use of the batch it was, at the right of its card: asked with a reason, forgotten as soon as it is closed."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent

from app.core.errors import AppError
from app.core.words import describe
from app.services.looking import PatientsSeen, UseSeen
from app.ui import formats, theme
from app.ui.language import language, say, spoken
from app.ui.pages.batches.forms import WIDTH
from app.ui.pages.batches.visits_presenter import VisitsPresenter
from app.ui.widgets.buttons import KeycapButton
from app.ui.widgets.card import SidePane
from app.ui.widgets.fields import AreaField
from app.ui.widgets.labels import Label, Rule, muted


class VisitsSide(SidePane):
    """F9 looks; Esc closes, and the numbers are gone."""

    closed = Signal()

    def __init__(self, presenter: VisitsPresenter) -> None:
        super().__init__(WIDTH)
        self._presenter = presenter
        self._batch_id = 0
        self._lot = ""
        self._seen: PatientsSeen | None = None
        self.reason = AreaField(spoken("visits.reason"), rows=3)
        self.show_them = KeycapButton(spoken("visits.look"), kind="primary", icon="eye", key="F9")
        self.back = KeycapButton(spoken("batches.form.close"), cap="Esc")
        self.add_foot(self.show_them)
        self.add_foot(self.back)
        self.show_them.clicked.connect(self._look)
        self.back.clicked.connect(self.closed)
        presenter.seen.connect(self._show)
        presenter.refused.connect(self._refuse)
        self._fill()
        self.hide()

    def open(self, batch_id: int, lot: str) -> None:
        """Ask for the reason; nothing is shown yet."""
        self._batch_id, self._lot, self._seen = batch_id, lot, None
        self.reason.set_value("")
        self.reason.set_error("")
        self._fill()
        self.show()
        self.reason.setFocus()

    def _look(self) -> None:
        if not self.reason.value().strip():
            self.reason.set_error(spoken("visits.reason_missing"))
            self.reason.setFocus()
            return
        self.reason.set_error("")
        self._presenter.look(self._batch_id, self.reason.value())

    def _show(self, seen: PatientsSeen) -> None:
        if self.isVisible():  # an answer that comes after the pane was closed is shown to nobody
            self._seen = seen
            self._fill()
            self.back.setFocus()

    def _refuse(self, error: AppError) -> None:
        self.reason.set_error(lambda: describe(error, language()))

    def _fill(self) -> None:
        self.body.removeWidget(self.reason)
        self.clear()
        seen = self._seen
        self.show_them.setVisible(seen is None)
        self.reason.setVisible(seen is None)
        if seen is None:
            self.add(Label(lambda: say("visits.title", lot=self._lot), "text", theme.HEAD, bold=True, wrap=True))
            self.add(muted(spoken("visits.note"), wrap=True))
            self.add(self.reason)
        else:
            self._list(seen)
        self.body.addStretch(1)

    def _list(self, seen: PatientsSeen) -> None:
        heading = Label(lambda: say("visits.found", count=seen.visits), "text", theme.HEAD, bold=True, wrap=True)
        self.add(heading)
        self.add(muted(spoken("visits.on_record" if seen.uses else "visits.none"), wrap=True))
        for use in seen.uses:
            self.add(Rule())
            self.add(Label(use.visit_no, "text", bold=True, mono=True))
            self.add(Label(lambda use=use: _about(use), "muted", theme.SMALL, wrap=True))

    def hideEvent(self, event: QHideEvent) -> None:
        """Another page, another person at the desk, a locked screen: the numbers are forgotten."""
        super().hideEvent(event)
        if not event.spontaneous() and self._seen is not None:
            self._seen = None
            self._fill()

    def retranslate(self) -> None:
        """What was composed in the other language is said again."""
        self._fill()


def _about(use: UseSeen) -> str:
    tongue = language()
    parts = [
        formats.moment(use.at),
        use.place.said_in(tongue),
        say("visits.units", count=formats.number(use.quantity)),
        use.by.said_in(tongue),
    ]
    marks = (("despite", use.despite_lock), ("back", use.is_taken_back))
    parts += [say(f"visits.{key}") for key, holds in marks if holds]
    return " · ".join(parts)
