"""Decides what the notice tab shows: clauses, doubts, the verdict on every batch; knows no widget."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any
from uuid import uuid4

from PySide6.QtCore import QObject, Signal

from app.core.changes import Topic
from app.core.errors import AppError
from app.core.lots import lot_key
from app.core.permissions import Duty
from app.core.statuses.verdict import Verdict
from app.notices.clauses import Clause, ClauseForm, ClauseKey
from app.queries.case_scope import ClauseRow, ScopeRow, clause_rows, scope_rows
from app.queries.news import OriginalRow, original_of
from app.queries.reader import Reader
from app.queries.scanned import product_of_di
from app.queries.scope_changes import ChangeRow, scope_changes
from app.services.arriving import ArrivingService
from app.services.assessing import AssessingService
from app.services.completing import Completed, CompletingService
from app.services.registering import BEFORE_LAUNCH, RegisteringService
from app.udi.reader import read
from app.ui.background import Background
from app.ui.pages.recalls.case_tab import CaseTabPresenter
from app.ui.seat import Seat

LIMITED = (ClauseForm.RANGE, ClauseForm.CUTOFF)


@dataclass(frozen=True, slots=True)
class ScopeSheet:
    """Everything of the tab that is not in the head of the case."""

    case_id: int
    clauses: tuple[ClauseRow, ...]
    rows: tuple[ScopeRow, ...]
    changes: tuple[ChangeRow, ...] = ()
    originals: tuple[OriginalRow, ...] = ()
    """The files of the case as they came, the first first."""

    def open_change(self, batch_id: int) -> ChangeRow | None:
        """The corrected lot of this batch that waits for a decision."""
        return next((row for row in self.changes if row.is_open and row.batch_id == batch_id), None)

    def of(self, verdict: Verdict) -> tuple[ScopeRow, ...]:
        return tuple(row for row in self.rows if row.verdict is verdict)

    def units(self, verdict: Verdict) -> int:
        return sum(row.quantity for row in self.of(verdict))


@dataclass(frozen=True, slots=True)
class TypedClause:
    """A clause as a person types it: values or limits in one line each, and where it is known from."""

    key: ClauseKey
    form: ClauseForm
    values: str = ""
    first: str = ""
    last: str = ""
    reason: str = ""
    scope: tuple[str, ...] = ()
    """The REFs or DIs to which the clause belongs, kept from the one that it corrects."""

    def clause(self) -> Clause:
        if self.form in LIMITED:
            first, last = self.first.strip() or None, self.last.strip() or None
            return Clause(self.key, self.form, "", 0, 0, first=first, last=last, scope=self.scope)
        words = self.values.replace("，", ",").replace("、", ",").replace("\n", ",").split(",")
        values = tuple(word.strip() for word in words if word.strip())
        return Clause(self.key, self.form, "", 0, 0, values=values, scope=self.scope)


class ScopeTabPresenter(CaseTabPresenter):
    """Every act carries a fresh operation id; what is refused comes back to the place it belongs to."""

    topics = frozenset({Topic.RECALLS, Topic.LOCKS, Topic.STOCK})
    sheet_changed = Signal(object)
    refused = Signal(str, AppError)
    """``clause``, ``doubt`` or ``decision``, and why."""
    copied = Signal(object)
    """The path of a copy of an original file."""
    joined = Signal(str, int)
    """The file that joined the case, and how many clauses it brought."""
    done = Signal(str)
    """A key of ``[recalls.scope.done]``."""
    scan_found = Signal(int, str)
    """The batch in scope that was scanned."""
    scan_missed = Signal(str, str)
    """What was scanned: its device identifier and lot, of no batch in scope."""

    def __init__(
        self,
        reader: Reader,
        registering: RegisteringService,
        assessing: AssessingService,
        arriving: ArrivingService,
        completing: CompletingService,
        papers: Path,
        seat: Seat,
        background: Background,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(background, parent)
        self._reader, self._registering, self._assessing, self._seat = reader, registering, assessing, seat
        self._arriving, self._completing, self._papers = arriving, completing, papers
        self._sheet: ScopeSheet | None = None

    @property
    def may_edit(self) -> bool:
        return self._seat.is_taken and self._seat.actor.may(Duty.RUN_RECALL)

    def is_open(self, state: Any) -> bool:
        """Whether clauses and verdicts may still change in this state of the case."""
        return state in BEFORE_LAUNCH

    def forget(self) -> None:
        self._sheet = None

    def load_case(self, case_id: int) -> None:
        def ask() -> ScopeSheet:
            clauses = self._reader.fetch(clause_rows, case_id)
            rows, changes = self._reader.fetch(scope_rows, case_id), self._reader.fetch(scope_changes, case_id)
            originals = self._reader.fetch(original_of, case_id)
            return ScopeSheet(case_id, tuple(clauses), tuple(rows), tuple(changes), tuple(originals))

        self._load(ask, self._show)

    def _show(self, sheet: ScopeSheet) -> None:
        self._sheet = sheet
        self.sheet_changed.emit(sheet)

    # clauses --------------------------------------------------------------------
    def confirm(self, clause_id: int) -> None:
        self._write("clause", "confirmed", self._registering.confirm_clauses, clause_ids=frozenset({clause_id}))

    def remove(self, clause_id: int, reason: str) -> None:
        """The program misread: the clause goes, its codes stay loose codes of the text."""
        act = partial(
            self._registering.remove_clause,
            actor=self._seat.actor,
            op_id=uuid4().hex,
            clause_id=clause_id,
            reason=reason,
        )
        self._run(act, "clause", "removed")

    def add(self, typed: TypedClause) -> None:
        self._write("clause", "added", self._registering.add_clause, clause=typed.clause(), reason=typed.reason)

    def correct(self, clause_id: int, typed: TypedClause) -> None:
        """The program misread: a new version stands in the place of the old one, which stays on file."""
        act = partial(
            self._registering.correct_clause,
            actor=self._seat.actor,
            op_id=uuid4().hex,
            clause_id=clause_id,
            clause=typed.clause(),
            reason=typed.reason,
        )
        self._run(act, "clause", "corrected")

    def join_file(self, path: Path) -> None:
        """The list to which the notice points comes as a file: it is kept, read, and joins the case."""
        case_id, actor, op_id = self.case_id, self._seat.actor, uuid4().hex
        if case_id is None:
            return

        def join() -> Completed:
            brought = self._arriving.bring_in_file(actor=actor, path=path)
            return self._completing.complete(actor=actor, op_id=op_id, case_id=case_id, news_id=brought.rows[0].id)

        self._act(join, lambda done: self.joined.emit(path.name, done.clauses), self.failed.emit)

    def copy_original(self, news_id: int) -> None:
        """A copy of the file as it came, into the folder for papers."""
        self._load(partial(self._arriving.save_original, news_id, self._papers), self.copied.emit, "original")

    def settle(self, doubt: str, reason: str) -> None:
        """A doubt about the whole notice is none any more."""
        self._write("doubt", "settled", self._registering.settle_doubt, doubt=doubt, reason=reason)

    # verdicts -------------------------------------------------------------------
    def decide(self, batch_id: int, verdict: Verdict, reason: str, password: str = "") -> None:
        """A doubt, or a batch whose corrected lot the notice no longer means; "not affected" is signed."""
        is_changed = self._sheet is not None and self._sheet.open_change(batch_id) is not None
        if verdict is Verdict.NOT_AFFECTED:
            told: dict[str, Any] = {"batch_id": batch_id, "reason": reason, "password": password}
            self._write("decision", "decided", self._assessing.exclude_in_place, is_change=is_changed, **told)
            return
        act = self._assessing.decide_change if is_changed else self._assessing.decide
        self._write("decision", "decided", act, batch_id=batch_id, verdict=verdict, reason=reason)

    def _write(self, where: str, told: str, act: Callable[..., Any], **values: Any) -> None:
        if self.case_id is None:
            return
        call = partial(act, actor=self._seat.actor, op_id=uuid4().hex, case_id=self.case_id, **values)
        self._run(call, where, told)

    def _run(self, call: Callable[[], Any], where: str, told: str) -> None:
        self._act(call, lambda _done: self.done.emit(told), lambda error: self.refused.emit(where, error))

    # scans ----------------------------------------------------------------------
    def look_up(self, raw: str) -> bool:
        """Find the scanned box among the batches in scope; False where it is no box of goods."""
        reading = read(raw)
        if reading.di is None or self._sheet is None:
            return False
        di, lot, rows = reading.di, reading.lot or "", self._sheet.rows

        def ask() -> int | None:
            product = self._reader.fetch(product_of_di, di)
            if product is None:
                return None
            fits = (row for row in rows if row.product_id == product.id and lot_key(row.lot_no) == lot_key(lot))
            return next((row.batch_id for row in fits), None)

        def answer(batch_id: int | None) -> None:
            if batch_id is None:
                self.scan_missed.emit(di, lot)
            else:
                self.scan_found.emit(batch_id, lot)

        self._load(ask, answer, "scan")
        return True
