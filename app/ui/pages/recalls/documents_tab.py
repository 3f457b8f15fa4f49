"""The documents tab: every paper of the case with seal and hash, seen before it is printed."""

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from app.core.errors import AppError
from app.core.statuses.documents import DocumentKind
from app.core.words import describe
from app.queries.case_documents import DocumentFile, DocumentRow
from app.ui import formats
from app.ui.language import language, say, spoken
from app.ui.pages.recalls.case_tab import CaseTab, TabAction
from app.ui.pages.recalls.documents_presenter import DocumentsPresenter, Papers
from app.ui.pages.recalls.documents_printing import AskPath, PrintPapers, ask_path, print_on_paper
from app.ui.widgets.buttons import KeycapButton
from app.ui.widgets.card import Card, EmptyState, Surface
from app.ui.widgets.cells import Cell
from app.ui.widgets.chips import Choice, FilterChips
from app.ui.widgets.paper_view import PaperView
from app.ui.widgets.rows_model import Column
from app.ui.widgets.table import DataTable
from app.ui.words import word

PREVIEW_WIDTH = 452
ALL = "all"
HASH_SHOWN = 16
ICONS = {
    DocumentKind.NOTICE: "mail",
    DocumentKind.TASK_SHEET: "clipboard",
    DocumentKind.QUARANTINE_LABELS: "tag",
    DocumentKind.QUARANTINE_LIST: "list",
    DocumentKind.RETURN_FORM: "return",
    DocumentKind.CASE_REPORT: "book",
}


def document_columns() -> list[Column[DocumentRow]]:
    """Kind and number · department · when and by whom · seal and hash."""
    return [
        Column(
            spoken("recalls.documents.document"),
            lambda row: (row.kind.value, row.number),
            cell=lambda row: Cell(
                word(row.kind), row.number, icon=ICONS.get(row.kind, "document"), icon_ink="muted", is_second_mono=True
            ),
            stretch=3,
        ),
        Column(
            spoken("recalls.documents.department"),
            lambda row: row.place.zh if row.place else None,
            cell=lambda row: Cell(row.place.said_in(language()) if row.place else formats.DASH),
            stretch=2,
        ),
        Column(
            spoken("recalls.documents.made"),
            lambda row: row.made_at,
            cell=lambda row: Cell(formats.moment(row.made_at), row.made_by.said_in(language())),
            width=138,
        ),
        Column(
            spoken("recalls.documents.proof"),
            lambda row: row.content_hash,
            cell=lambda row: Cell(
                row.seal[:HASH_SHOWN] or say("recalls.documents.unsealed"),
                row.content_hash[:HASH_SHOWN],
                icon="shield" if row.seal else "",
                icon_ink="muted",
                is_mono=bool(row.seal),
                is_small=True,
                is_second_mono=True,
            ),
            tip=lambda row: f"{row.seal}\n{row.content_hash}",
            width=178,
        ),
    ]


class DocumentsTab(CaseTab):
    """The cursor shows a paper at the right; Enter goes into it. Ctrl+P prints, Ctrl+S saves, F9 prints all."""

    def __init__(
        self,
        presenter: DocumentsPresenter,
        *,
        print_papers: PrintPapers = print_on_paper,
        ask_for_path: AskPath = ask_path,
    ) -> None:
        super().__init__(presenter)
        self._presenter, self._print_papers, self._ask_for_path = presenter, print_papers, ask_for_path
        self.kinds = FilterChips(height=28, name=spoken("recalls.documents.name"))
        self.table = DataTable(document_columns(), two_lines=True, in_card=True, name=spoken("recalls.documents.name"))
        self.view = PaperView(spoken("recalls.documents.choose"))
        self.print = KeycapButton(spoken("recalls.documents.print"), icon="printer", key="Ctrl+P", height=28)
        self.save = KeycapButton(spoken("recalls.documents.save"), icon="download", height=28, key="Ctrl+S")
        self.report = KeycapButton(spoken("recalls.documents.make_report"), icon="plus", height=28)
        self.list = KeycapButton(spoken("recalls.documents.make_list"), icon="plus", height=28)
        self.launch = KeycapButton(spoken("recalls.documents.make_launch"), icon="refresh", height=28)
        self.empty = EmptyState("documents", spoken("recalls.documents.empty"))
        self._arrange()
        self._connect()

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.kinds)
        top.addStretch(1)
        for button in (self.launch, self.report, self.list):
            top.addWidget(button)
        column.addLayout(top)
        row = QHBoxLayout()
        row.setSpacing(12)
        self.card = Card("", flush=True)
        self.card.add(self.table, 1)
        self.card.add(self.empty, 1)
        row.addWidget(self.card, 1)
        row.addWidget(self._preview())
        column.addLayout(row, 1)

    def _preview(self) -> Surface:
        pane = Surface()
        pane.setFixedWidth(PREVIEW_WIDTH)
        inside = QVBoxLayout(pane)
        inside.setContentsMargins(10, 8, 10, 10)
        inside.setSpacing(8)
        inside.addWidget(self.view, 1)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.print)
        foot.addWidget(self.save)
        foot.addStretch(1)
        inside.addLayout(foot)
        return pane

    def _connect(self) -> None:
        presenter = self._presenter
        presenter.papers_changed.connect(self.show_papers)
        presenter.opened.connect(self.show_paper)
        presenter.print_ready.connect(self._print)
        presenter.saved.connect(self._say_saved)
        presenter.made.connect(self._say_made)
        presenter.failed.connect(self._fail)
        self.table.chosen.connect(presenter.choose)
        self.table.opened.connect(self._enter_paper)
        self.kinds.chosen.connect(self._choose_kind)
        self.print.clicked.connect(presenter.print_chosen)
        self.save.clicked.connect(self._save)
        self.report.clicked.connect(presenter.make_report)
        self.list.clicked.connect(presenter.make_list)
        self.launch.clicked.connect(presenter.make_launch)

    # shown ------------------------------------------------------------------------
    def show_papers(self, papers: Papers) -> None:
        choices = [Choice(ALL, spoken("recalls.documents.all"), papers.count(None))]
        choices += [Choice(kind.value, word(kind), papers.count(kind)) for kind in papers.kinds]
        self.kinds.set_choices(choices)
        self.kinds.choose(papers.kind.value if papers.kind else ALL)
        self.table.set_rows(papers.shown)
        self.table.setVisible(bool(papers.rows))
        self.empty.setVisible(not papers.rows)
        self.launch.setVisible(papers.can_make_launch)
        if papers.shown and self.table.chosen_row() is None:
            self.table.choose(papers.shown[0].id)
        self.action_changed.emit()

    def show_paper(self, row: DocumentRow | None, found: DocumentFile | None) -> None:
        self.view.set_paper(found.content if found else b"", row.title if row else "")
        for button in (self.print, self.save):
            button.setEnabled(found is not None)

    def retranslate(self) -> None:
        if self._presenter.papers is not None:
            self.show_papers(self._presenter.papers)

    # acts ---------------------------------------------------------------------------
    def action(self) -> TabAction | None:
        papers = self._presenter.papers
        if papers is None or not papers.shown:
            return None
        return TabAction(spoken("recalls.documents.print_all"), "printer")

    def act(self) -> None:
        self._presenter.print_all()

    def _choose_kind(self, key: str) -> None:
        self._presenter.choose_kind(None if key == ALL else DocumentKind(key))

    def _enter_paper(self, _row: DocumentRow) -> None:
        self.view.setFocus()

    def _print(self, files: Sequence[DocumentFile]) -> None:
        if self._print_papers([file.content for file in files], self):
            self.said.emit(say("recalls.documents.said.printed", count=len(files)), "ok")

    def _save(self) -> None:
        name = self._presenter.suggested_name()
        if name:
            self._presenter.save(self._ask_for_path(name, self))

    def _say_saved(self, path: str) -> None:
        self.said.emit(say("recalls.documents.said.saved", path=path), "ok")

    def _say_made(self, count: int, failed: int) -> None:
        key, tone = ("made_part", "attention") if failed else ("made", "ok")
        self.said.emit(say(f"recalls.documents.said.{key}", count=count, failed=failed), tone)

    def _fail(self, error: AppError) -> None:
        self.said.emit(describe(error, language()), "stop")
