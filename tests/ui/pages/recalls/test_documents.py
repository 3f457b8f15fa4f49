"""The papers of a case: looked at, printed, saved, made anew."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter

from app.core.statuses.documents import DocumentKind
from app.queries.case_documents import document_file
from app.queries.case_head import case_head
from app.queries.reader import Reader
from app.services.papers import PaperService
from app.ui.pages.recalls.documents_presenter import DocumentsPresenter
from app.ui.pages.recalls.documents_printing import paint_papers
from app.ui.pages.recalls.documents_tab import DocumentsTab
from app.ui.seat import Seat
from tests.fakes.immediate import ImmediateBackground
from tests.services.recall_stage import recall_stage


@pytest.fixture
def stage(sqlite_database):
    return recall_stage(sqlite_database)


@pytest.fixture
def case_id(stage):
    return stage.launched()


@pytest.fixture
def seat(stage):
    seat = Seat()
    seat.take(stage.actor("coordinator"))
    return seat


@pytest.fixture
def presenter(stage, seat, case_id, qapp):
    database = stage.database
    presenter = DocumentsPresenter(
        Reader(database), PaperService(database), database.clock, seat, ImmediateBackground()
    )
    presenter.set_visible(True)
    presenter.show_case(case_id)
    return presenter


@pytest.fixture
def printed(presenter, stage, case_id):
    """Only the report and the list: they are quick to draw."""
    presenter.make_report()
    presenter.make_list()
    return presenter


class Printer:
    """A printer that keeps what it was given."""

    def __init__(self) -> None:
        self.jobs: list[list[bytes]] = []

    def __call__(self, papers, _parent):
        self.jobs.append(list(papers))
        return True


@pytest.fixture
def printer():
    return Printer()


@pytest.fixture
def tab(printed, stage, case_id, printer, tmp_path, qtbot):
    tab = DocumentsTab(printed, print_papers=printer, ask_for_path=lambda name, _parent: str(tmp_path / name))
    qtbot.addWidget(tab)
    tab.resize(1138, 586)
    tab.show_case(Reader(stage.database).fetch(case_head, case_id, stage.database.clock()))
    tab.show()
    printed.reload()
    return tab


def heard(signal):
    told = []
    signal.connect(lambda *values: told.append(values))
    return told


def test_a_launched_case_without_papers_offers_to_make_them(presenter):
    assert presenter.papers.rows == ()
    assert presenter.papers.can_make_launch


def test_the_papers_of_the_launch_are_made_where_they_are_missing(presenter):
    made = heard(presenter.made)
    presenter.make_launch()
    assert made[0][0] == len(presenter.papers.rows) > 8
    assert made[0][1] == 0
    assert not presenter.papers.can_make_launch
    assert presenter.papers.kinds[:2] == (DocumentKind.NOTICE, DocumentKind.TASK_SHEET)


def test_who_only_reads_is_not_offered_the_papers_of_the_launch(presenter, seat, stage):
    seat.take(stage.actor("auditor"))
    presenter.reload()
    assert not presenter.papers.can_make_launch


def test_one_kind_is_shown_at_a_time_and_counted(printed):
    printed.choose_kind(DocumentKind.CASE_REPORT)
    assert [row.kind for row in printed.papers.shown] == [DocumentKind.CASE_REPORT]
    assert printed.papers.count(None) == 2


def test_the_paper_that_is_looked_at_comes_with_its_bytes(printed):
    opened = heard(printed.opened)
    row = printed.papers.rows[0]
    printed.choose(row)
    printed.choose(row)
    assert len(opened) == 1
    assert opened[0][0] == row
    assert opened[0][1].content.startswith(b"%PDF")


def test_all_that_is_shown_is_printed_the_oldest_first(printed):
    ready = heard(printed.print_ready)
    printed.print_all()
    assert [file.name.split("_")[0] for file in ready[0][0]] == [row.number for row in reversed(printed.papers.rows)]


def test_nothing_is_printed_or_saved_while_nothing_is_chosen(presenter):
    ready, saved = heard(presenter.print_ready), heard(presenter.saved)
    presenter.print_chosen()
    presenter.print_all()
    presenter.save("somewhere")
    assert ready == saved == []


def test_a_folder_that_cannot_be_written_is_said_with_the_reason(printed, tmp_path):
    failed = heard(printed.failed)
    printed.choose(printed.papers.rows[0])
    printed.save(str(tmp_path / "no" / "such" / "folder.pdf"))
    assert failed[0][0].code == "paper_file.not_saved"


def test_another_case_shows_its_own_papers(printed, stage):
    opened = heard(printed.opened)
    printed.choose(printed.papers.rows[0])
    printed.show_case(stage.registered("Recall of REF: CVC-7F-20 Lot: B900"))
    assert opened[-1] == (None, None)
    assert printed.papers.rows == ()


# ---- on the screen ------------------------------------------------------------------------------


def test_the_cursor_shows_the_paper_and_enter_goes_into_it(tab, qtbot):
    assert tab.view.pages >= 1
    qtbot.keyClick(tab.table, Qt.Key.Key_Down)
    assert tab._presenter.chosen == tab.table.rows[1]
    qtbot.keyClick(tab.table, Qt.Key.Key_Return)
    assert tab.focusWidget() is tab.view


def test_printing_goes_to_the_printer_that_was_given(tab, printer):
    said = heard(tab.said)
    tab.print.click()
    tab.act()
    assert [len(job) for job in printer.jobs] == [1, 2]
    assert tab.action() is not None
    assert len(said) == 2


def test_a_paper_is_saved_byte_by_byte(tab, stage, tmp_path):
    said = heard(tab.said)
    tab.save.click()
    row = tab._presenter.chosen
    content = Reader(stage.database).fetch(document_file, row.id).content
    assert (tmp_path / tab._presenter.suggested_name()).read_bytes() == content
    assert str(tmp_path) in said[0][0]


def test_a_chip_narrows_the_table(tab):
    tab._choose_kind("case_report")
    assert [row.kind for row in tab.table.rows] == [DocumentKind.CASE_REPORT]
    tab._choose_kind("all")
    assert len(tab.table.rows) == 2


def test_a_case_without_papers_says_what_comes_here(presenter, qtbot):
    tab = DocumentsTab(presenter)
    qtbot.addWidget(tab)
    tab.resize(1138, 586)
    tab.show()
    presenter.reload()
    assert tab.empty.isVisible()
    assert not tab.table.isVisible()
    assert tab.action() is None


def test_a_printer_gets_every_page_in_its_own_size(qapp, tab, tmp_path, stage):
    contents = [Reader(stage.database).fetch(document_file, row.id).content for row in tab.table.rows]
    printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    pages = paint_papers(contents, printer)
    assert pages >= 2
    assert (tmp_path / "printed.pdf").read_bytes().count(b"/Type /Page\n") == pages
    assert paint_papers([], printer) == 0
