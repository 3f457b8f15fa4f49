"""Decides what the documents tab shows: the papers of a case, one of them opened, and which may be made; no widget."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from app.core.changes import Topic
from app.core.clock import Clock
from app.core.errors import AppError
from app.core.permissions import Duty
from app.core.statuses.documents import DocumentKind
from app.queries.case_documents import DocumentFile, DocumentRow, case_documents, document_file
from app.queries.case_head import CaseHead, case_head
from app.queries.reader import Reader
from app.services.papers import PaperService, Printed
from app.ui.background import Background
from app.ui.pages.recalls.case_tab import CaseTabPresenter
from app.ui.seat import Seat


class NotSavedError(AppError):
    """The file ``path`` could not be written, because of ``reason``."""

    code = "paper_file.not_saved"


@dataclass(frozen=True, slots=True)
class Papers:
    """The papers of a case, newest first; ``kind`` None shows all."""

    head: CaseHead
    rows: tuple[DocumentRow, ...]
    kind: DocumentKind | None
    can_make_launch: bool

    @property
    def shown(self) -> tuple[DocumentRow, ...]:
        return tuple(row for row in self.rows if self.kind in (None, row.kind))

    def count(self, kind: DocumentKind | None) -> int:
        return sum(kind in (None, row.kind) for row in self.rows)

    @property
    def kinds(self) -> tuple[DocumentKind, ...]:
        """The kinds that are there, in the order of their enum."""
        there = {row.kind for row in self.rows}
        return tuple(kind for kind in DocumentKind if kind in there)


class DocumentsPresenter(CaseTabPresenter):
    """Bytes are fetched for the paper that is looked at, and for all of them only when all are printed."""

    topics = frozenset({Topic.DOCUMENTS, Topic.RECALLS})
    papers_changed = Signal(object)
    """``Papers``."""
    opened = Signal(object, object)
    """The ``DocumentRow`` that is looked at and its ``DocumentFile``; None and None when none is."""
    print_ready = Signal(list)
    """``DocumentFile`` rows to print now."""
    saved = Signal(str)
    made = Signal(int, int)
    """How many papers were made, and how many could not be."""

    def __init__(
        self,
        reader: Reader,
        papers: PaperService,
        clock: Clock,
        seat: Seat,
        background: Background,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(background, parent)
        self._reader, self._papers, self._clock, self._seat = reader, papers, clock, seat
        self._shown: Papers | None = None
        self._kind: DocumentKind | None = None
        self._chosen: DocumentRow | None = None
        self._file: DocumentFile | None = None

    @property
    def papers(self) -> Papers | None:
        return self._shown

    @property
    def chosen(self) -> DocumentRow | None:
        return self._chosen

    def forget(self) -> None:
        self._shown = self._kind = None
        self.choose(None)

    def load_case(self, case_id: int) -> None:
        now = self._clock()
        may_run = self._seat.is_taken and self._seat.actor.may(Duty.RUN_RECALL)

        def ask() -> Papers:
            head = self._reader.fetch(case_head, case_id, now)
            rows = tuple(self._reader.fetch(case_documents, case_id))
            has_notices = any(row.kind is DocumentKind.NOTICE for row in rows)
            is_due = may_run and head.launched_at is not None and not has_notices
            return Papers(head, rows, self._kind, is_due)

        self._load(ask, self._show, "papers")

    def _show(self, papers: Papers) -> None:
        if papers.head.id != self.case_id:
            return
        self._shown = papers
        self.papers_changed.emit(papers)

    def choose_kind(self, kind: DocumentKind | None) -> None:
        """Show one kind of paper, or all."""
        self._kind = kind
        if self._shown is not None:
            self._show(Papers(self._shown.head, self._shown.rows, kind, self._shown.can_make_launch))

    # one paper ----------------------------------------------------------------------
    def choose(self, row: DocumentRow | None) -> None:
        """Look at a paper."""
        if row == self._chosen and row is not None:
            return
        self._chosen, self._file = row, None
        if row is None:
            self.opened.emit(None, None)
            return

        def show(found: DocumentFile) -> None:
            if self._chosen == row:
                self._file = found
                self.opened.emit(row, found)

        self._load(lambda: self._reader.fetch(document_file, row.id), show, "file")

    @Slot()
    def print_chosen(self) -> None:
        if self._file is not None:
            self.print_ready.emit([self._file])

    @Slot()
    def print_all(self) -> None:
        """Everything that is shown, the oldest first, as it was made."""
        if self._shown is None or not self._shown.shown:
            return
        ids = [row.id for row in reversed(self._shown.shown)]

        def ask() -> list[DocumentFile]:
            return [self._reader.fetch(document_file, document_id) for document_id in ids]

        self._load(ask, self.print_ready.emit, "print")

    def suggested_name(self) -> str:
        """The file name of the paper that is looked at, or nothing."""
        return self._file.name if self._file is not None else ""

    def save(self, path: str) -> None:
        """Write the paper that is looked at."""
        found = self._file
        if found is None or not path:
            return

        def write() -> str:
            try:
                Path(path).write_bytes(found.content)
            except OSError as error:
                raise NotSavedError(path=path, reason=error.strerror or str(error)) from error
            return path

        self._load(write, self.saved.emit, "save")

    # making papers --------------------------------------------------------------------
    @Slot()
    def make_report(self) -> None:
        """The case as it stands now."""
        self._make(lambda case_id: self._papers.print_case_report(actor=self._seat.actor, case_id=case_id))

    @Slot()
    def make_list(self) -> None:
        """What lies in quarantine now."""
        self._make(lambda case_id: self._papers.print_quarantine_list(actor=self._seat.actor, case_id=case_id))

    @Slot()
    def make_launch(self) -> None:
        """Notices, task sheets, labels and list, where they are missing."""
        self._make(lambda case_id: self._papers.print_launch(actor=self._seat.actor, case_id=case_id))

    def _make(self, make: Callable[[int], Printed]) -> None:
        case_id = self.case_id
        if case_id is not None:
            self._act(lambda: make(case_id), self._tell_made)

    def _tell_made(self, printed: Printed) -> None:
        self.made.emit(len(printed.document_ids), len(printed.failures))
