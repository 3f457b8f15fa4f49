"""Suppliers and their papers: what ends soon, what stops a receipt, and the renewal of a paper."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout

from app.core.errors import AppError
from app.core.validity import Validity
from app.core.words import describe
from app.queries.supplier_papers import PaperRow, SupplierRow
from app.services.renewing import Renewed
from app.ui import formats, theme
from app.ui.language import language, say, spoken
from app.ui.pages.orders.suppliers_presenter import SuppliersPresenter
from app.ui.presented_view import PresentedView
from app.ui.widgets.buttons import KeycapButton
from app.ui.widgets.card import Card
from app.ui.widgets.cell_delegate import RowLook
from app.ui.widgets.cells import Cell, ChipLook
from app.ui.widgets.fields import DateField, TextField
from app.ui.widgets.labels import Label
from app.ui.widgets.rows_model import Column
from app.ui.widgets.table import DataTable
from app.ui.words import word

_LOOKS = {
    Validity.VALID: ("ok", "check-circle"),
    Validity.SOON: ("attention", "clock"),
    Validity.EARLY: ("stop", "ban"),
    Validity.LAPSED: ("stop", "ban"),
}


class SuppliersView(PresentedView):
    """Esc goes back to the orders. What is typed of a renewal stays until another paper is chosen."""

    left = Signal()
    said = Signal(str, str)

    def __init__(self, presenter: SuppliersPresenter) -> None:
        super().__init__(presenter)
        self._presenter = presenter
        self._paper: PaperRow | None = None
        self.suppliers = DataTable(
            supplier_columns(), in_card=True, two_lines=True, look=_supplier_look, key=lambda row: row.id,
            name=spoken("suppliers.title"), empty=spoken("suppliers.none"), sortable=False,
        )  # fmt: skip
        self.papers = DataTable(
            paper_columns(), in_card=True, two_lines=True, look=_paper_look, key=lambda row: row.id,
            name=spoken("suppliers.papers"), empty=spoken("suppliers.choose"), sortable=False,
        )  # fmt: skip
        self.blocks = Label("", "stop", theme.SMALL, wrap=True)
        self.number = TextField(spoken("suppliers.number"), mono=True)
        self.since = DateField(spoken("suppliers.since"))
        self.until = DateField(spoken("suppliers.until"))
        self.scope = TextField(spoken("suppliers.scope"), hint=spoken("suppliers.scope_hint"), mono=True)
        self.save = KeycapButton(spoken("suppliers.renew"), kind="primary", icon="save")
        self.back = KeycapButton(spoken("suppliers.back"), icon="return", key="Esc")
        self._arrange()
        self._connect()
        self._show_paper(None)

    def _arrange(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        left = Card(spoken("suppliers.title"), spoken("suppliers.note"), flush=True)
        left.add(self.suppliers, 1)
        right = Card(spoken("suppliers.papers"), spoken("suppliers.papers_note"))
        right.add(self.papers, 1)
        right.add(self.blocks)
        fields = QHBoxLayout()
        fields.setSpacing(12)
        for field, stretch in ((self.number, 3), (self.since, 2), (self.until, 2), (self.scope, 2)):
            fields.addWidget(field, stretch, Qt.AlignmentFlag.AlignTop)
        right.body.addLayout(fields)
        foot = QHBoxLayout()
        foot.addWidget(self.save)
        foot.addStretch(1)
        foot.addWidget(self.back)
        right.body.addLayout(foot)
        row.addWidget(left, 2)
        row.addWidget(right, 3)

    def _connect(self) -> None:
        self._presenter.suppliers_changed.connect(self._show)
        self._presenter.renewed.connect(self._renewed)
        self._presenter.refused.connect(self._refuse)
        self.suppliers.chosen.connect(self._choose)
        self.papers.chosen.connect(self._show_paper)
        self.save.clicked.connect(self._save)
        self.until.entered.connect(self._save)
        self.back.clicked.connect(self.left)

    # shown ------------------------------------------------------------------------
    def _show(self, rows: Sequence[SupplierRow]) -> None:
        self.suppliers.set_rows(rows)
        if rows and self.suppliers.chosen_row() is None:
            self.suppliers.choose(rows[0].id)
        self._choose(self.suppliers.chosen_row())

    def _choose(self, row: SupplierRow | None) -> None:
        self.papers.set_rows(row.papers if row else ())
        if row is not None and self.papers.chosen_row() is None:
            self.papers.choose(row.papers[0].id)
        self._show_paper(self.papers.chosen_row())

    def _show_paper(self, row: PaperRow | None) -> None:
        is_other = (row.id if row else None) != (self._paper.id if self._paper else None)
        self._paper = row
        may = row is not None and self._presenter.may_renew()
        for widget in (self.number, self.since, self.until, self.scope, self.save):
            widget.setEnabled(may)
        self.scope.setVisible(row is not None and row.certificate_id is None)
        self.blocks.set_text(_blocked(row) if row is not None else "")
        self.blocks.setVisible(row is not None and row.validity is not Validity.VALID)
        self.blocks.set_ink("attention" if row is not None and row.validity is Validity.SOON else "stop")
        if row is not None and is_other:
            self._fill(row)

    def _fill(self, row: PaperRow) -> None:
        self.number.set_value(row.number)
        self.since.set_day(row.valid_from)
        self.until.set_day(row.valid_until)
        self.scope.set_value(row.scope)
        for field in (self.number, self.since, self.until, self.scope):
            field.set_error("")

    # acts -------------------------------------------------------------------------
    def _save(self, *_: object) -> None:
        if self._paper is None or not self.save.isEnabled():
            return
        for field in (self.number, self.since, self.until, self.scope):
            field.set_error("")
        since, until = self.since.day(), self.until.day()
        if self.since.error() or self.until.error():
            return
        self._presenter.renew(self._paper, self.number.value(), since, until, self.scope.value())

    def _renewed(self, renewed: Renewed) -> None:
        self._paper = None
        self.said.emit(say("suppliers.renewed", number=renewed.number), "ok")

    def _refuse(self, error: AppError) -> None:
        fields = {"renewing.number": self.number, "renewing.dates": self.until, "renewing.scope": self.scope}
        field = fields.get(error.code, self.number)
        field.set_error(lambda: describe(error, language()))
        field.setFocus()

    def retranslate(self) -> None:
        row = self._paper
        if row is not None:
            self.blocks.set_text(_blocked(row))


def _blocked(row: PaperRow) -> str:
    """What follows from the paper, in words: which receipts it stops, or how many days are left."""
    kind = "licence" if row.certificate_id is None else "certificate"
    if row.validity is Validity.SOON:
        return say("suppliers.ends_soon", until=row.valid_until or "")
    if row.validity is Validity.EARLY:
        return say(f"suppliers.{kind}_early", since=row.valid_from or "")
    return say(f"suppliers.{kind}_lapsed")


def _supplier_look(row: SupplierRow) -> RowLook:
    return RowLook(edge=_LOOKS[row.worst][0])


def _paper_look(row: PaperRow) -> RowLook:
    return RowLook(edge=_LOOKS[row.validity][0])


def _chip(found: Validity) -> Cell:
    tone, icon = _LOOKS[found]
    return Cell(chip=ChipLook(word(found), tone, icon))


def supplier_columns() -> list[Column[SupplierRow]]:
    """Name and how its papers stand."""
    return [
        Column(
            spoken("suppliers.name"),
            lambda row: row.name.zh,
            cell=lambda row: Cell(row.name.said_in(language()), f"{row.code} · {row.phone}"),
            stretch=1,
        ),
        Column(spoken("suppliers.state"), lambda row: row.worst.value, cell=lambda row: _chip(row.worst), width=120),
    ]


def paper_columns() -> list[Column[PaperRow]]:
    """Number and kind, whose, until when, and how it stands."""
    return [
        Column(spoken("suppliers.number"), lambda row: row.number, cell=_number, stretch=2),
        Column(spoken("suppliers.whose"), lambda row: row.whose.zh, cell=_whose, stretch=2),
        Column(spoken("suppliers.until"), lambda row: row.valid_until, cell=_until, width=116),
        Column(
            spoken("suppliers.state"), lambda row: row.validity.value, cell=lambda row: _chip(row.validity), width=120
        ),
    ]


def _number(row: PaperRow) -> Cell:
    kind = say("suppliers.licence" if row.certificate_id is None else "suppliers.certificate")
    return Cell(row.number or "—", f"{kind} {row.scope}".strip(), is_mono=True)


def _whose(row: PaperRow) -> Cell:
    products = "、".join(one.said_in(language()) for one in row.products[:3])
    return Cell(row.whose.said_in(language()), products)


def _until(row: PaperRow) -> Cell:
    return Cell(formats.day(row.valid_until) if row.valid_until else say("suppliers.endless"), is_mono=True)
