"""Electronic signatures: the list, and what stands under the one that is chosen."""

from PySide6.QtWidgets import QHBoxLayout

from app.queries.signatures import SignatureRow
from app.ui import formats
from app.ui.language import language, say, spoken
from app.ui.pages.settings.signatures_presenter import SignaturesPresenter
from app.ui.presented_view import PresentedView
from app.ui.widgets.card import Card, SidePane
from app.ui.widgets.cells import Cell, ChipLook
from app.ui.widgets.fields import TextField
from app.ui.widgets.labels import Label, muted, title
from app.ui.widgets.rows_model import Column
from app.ui.widgets.table import DataTable

PANE = 320


def _columns() -> list[Column[SignatureRow]]:
    return [
        Column(
            spoken("signatures.at"),
            lambda row: row.signed_at,
            cell=lambda row: Cell(formats.moment(row.signed_at), is_mono=True),
            width=150,
        ),
        Column(
            spoken("signatures.person"),
            lambda row: row.person.said_in(language()),
            cell=lambda row: Cell(row.person.said_in(language())),
            stretch=2,
        ),
        Column(
            spoken("signatures.meaning"),
            lambda row: row.meaning,
            cell=lambda row: Cell(say(f"meaning.{row.meaning}"), row.reason),
            stretch=4,
        ),
        Column(spoken("signatures.state"), lambda row: row.holds, cell=lambda row: Cell(chip=_chip(row)), width=120),
    ]


def _chip(row: SignatureRow) -> ChipLook:
    if row.holds:
        return ChipLook(say("signatures.holds"), "ok", "check-circle")
    return ChipLook(say("signatures.broken"), "stop", "alert")


class SignaturesTab(PresentedView):
    """Each digest is computed again whenever the list is read."""

    def __init__(self, presenter: SignaturesPresenter) -> None:
        super().__init__(presenter)
        self._presenter = presenter
        self._chosen: SignatureRow | None = None
        self.search = TextField("", placeholder=spoken("signatures.find"), icon="search")
        self.table = DataTable(
            _columns(),
            two_lines=True,
            in_card=True,
            name=spoken("signatures.title"),
            empty=spoken("signatures.none"),
        )
        self.heading = title("")
        self.content = Label("", "text", wrap=True)
        self.hash = Label("", "muted", 9.0, mono=True, wrap=True)
        self._arrange()
        self.search.entered.connect(presenter.search)
        self.table.chosen.connect(self._choose)
        presenter.rows_changed.connect(self._show)

    def _arrange(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        card = Card(spoken("signatures.title"), spoken("signatures.note"), flush=True)
        self.search.setFixedWidth(240)
        card.add_to_head(self.search)
        card.add(self.table, 1)
        row.addWidget(card, 1)
        pane = SidePane(PANE)
        for widget in (self.heading, muted(spoken("signatures.shown")), self.content):
            pane.add(widget)
        for widget in (muted(spoken("signatures.hash")), self.hash, muted(spoken("signatures.how"), wrap=True)):
            pane.add(widget)
        pane.body.addStretch(1)
        row.addWidget(pane)

    def retranslate(self) -> None:
        self._choose(self._chosen)

    def _show(self, rows: list[SignatureRow]) -> None:
        self.table.set_rows(rows)
        if self._chosen is None and rows:
            self._choose(rows[0])

    def _choose(self, row: SignatureRow | None) -> None:
        self._chosen = row
        self.heading.set_text(say(f"meaning.{row.meaning}") if row else "")
        self.content.set_text(row.content if row else "")
        digits = row.content_hash if row else ""
        self.hash.set_text("\n".join(digits[start : start + 32] for start in range(0, len(digits), 32)))
