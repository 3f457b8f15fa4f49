"""Notice and scope: what the text says, and which batches it means, each with its reasons."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.core.errors import AppError
from app.core.statuses.verdict import Verdict
from app.core.words import describe
from app.notices.clauses import ClauseKey
from app.queries.case_head import CaseHead
from app.queries.case_scope import ScopeRow
from app.ui import formats
from app.ui.language import language, say, spoken
from app.ui.pages.recalls.case_tab import CaseTab
from app.ui.pages.recalls.clause_card import WIDTH, ClauseCard
from app.ui.pages.recalls.scope_changed import ChangesCard
from app.ui.pages.recalls.scope_forms import DecisionForm
from app.ui.pages.recalls.scope_list import ScopeList
from app.ui.pages.recalls.scope_presenter import ScopeSheet, ScopeTabPresenter
from app.ui.pages.recalls.verdict_parts import ORDER, VerdictHead
from app.ui.widgets.card import Surface
from app.ui.widgets.file_drop import choose_notice_file
from app.ui.widgets.labels import IconMark, Label, muted

LEAST, FULL = 350, 1138
"""The card of the notice gives way on narrow screens."""


class VerdictColumn(Surface):
    """The batches of one verdict under its head; a decision is typed at its foot."""

    def __init__(self, verdict: Verdict) -> None:
        super().__init__()
        self.verdict = verdict
        self.head = VerdictHead(verdict)
        self.list = ScopeList(verdict)
        self.empty = muted(spoken(f"recalls.scope.none.{verdict.value}"), wrap=True)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(1, 1, 1, 1)
        self.column.setSpacing(0)
        self.column.addWidget(self.head)
        self.empty.setContentsMargins(15, 12, 15, 0)
        self.column.addWidget(self.empty)
        self.column.addWidget(self.list, 1)

    def show_rows(self, sheet: ScopeSheet, *, is_assessed: bool) -> None:
        """Before the assessment there are no figures: nothing found is not the same as nothing there."""
        rows = sheet.of(self.verdict)
        is_known = is_assessed or bool(sheet.rows)
        self.head.set_counts(len(rows) if is_known else None, sheet.units(self.verdict) if is_known else None)
        self.list.set_rows(rows)
        key = f"recalls.scope.none.{self.verdict.value}" if is_known else "recalls.scope.not_assessed"
        self.empty.set_text(spoken(key))
        self.empty.setVisible(not rows)


class ScopeTab(CaseTab):
    """F6 goes from the clauses to the columns; Enter on a batch asks for a decision while the scope is open."""

    def __init__(self, presenter: ScopeTabPresenter) -> None:
        super().__init__(presenter)
        self._presenter = presenter
        self._head: CaseHead | None = None
        self._sheet: ScopeSheet | None = None
        self.card = ClauseCard()
        self.changes = ChangesCard()
        self.columns = {verdict: VerdictColumn(verdict) for verdict in ORDER}
        self.decision = DecisionForm()
        self.shield = IconMark("shield", "muted", 16)
        self.snapshot = muted()
        self.hash = Label("", "muted", 9.0, mono=True)
        self.compared = muted()
        self._arrange()
        self._connect()

    def _arrange(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self.card)
        right, lists, foot = QVBoxLayout(), QHBoxLayout(), QHBoxLayout()
        right.setSpacing(8)
        lists.setSpacing(12)
        foot.setSpacing(6)
        for column in self.columns.values():
            lists.addWidget(column, 1)
        for widget in (self.shield, self.snapshot, self.hash):
            foot.addWidget(widget)
        foot.addStretch(1)
        foot.addWidget(self.compared)
        right.addWidget(self.changes)
        right.addLayout(lists, 1)
        right.addLayout(foot)
        row.addLayout(right, 1)

    def _connect(self) -> None:
        presenter = self._presenter
        presenter.sheet_changed.connect(self._show_sheet)
        presenter.done.connect(self._tell_done)
        presenter.refused.connect(self._refuse)
        presenter.failed.connect(self._fail)
        presenter.scan_found.connect(self._scan_hit)
        presenter.scan_missed.connect(self._scan_missed)
        self.card.clause_chosen.connect(self._show_caught)
        self.card.confirmed.connect(presenter.confirm)
        self.card.removed.connect(presenter.remove)
        self.card.settled.connect(presenter.settle)
        self.card.typed.connect(presenter.add)
        self.card.corrected.connect(presenter.correct)
        self.card.file_wanted.connect(self._choose_file)
        self.card.file_dropped.connect(presenter.join_file)
        presenter.joined.connect(self._tell_joined)
        self.card.original_wanted.connect(presenter.copy_original)
        presenter.copied.connect(self._open_copy)
        self.decision.decided.connect(presenter.decide)
        self.changes.decision_wanted.connect(self._decide_change)
        for column in self.columns.values():
            column.list.opened.connect(self.ask_to_decide)
            column.list.chosen.connect(self._show_why)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.card.setFixedWidth(max(LEAST, min(WIDTH, self.width() * WIDTH // FULL)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F6 goes round: the clauses, then the columns."""
        if event.key() != Qt.Key.Key_F6:
            super().keyPressEvent(event)
            return
        places: list[QWidget] = [self.card.table, *(column.list for column in self.columns.values())]
        at = next((number for number, place in enumerate(places) if place.hasFocus()), -1)
        places[(at + 1) % len(places)].setFocus(Qt.FocusReason.TabFocusReason)

    # showing ----------------------------------------------------------------------
    def show_case(self, case: CaseHead) -> None:
        if self._head is None or self._head.id != case.id:
            self._sheet = None
            self._show_caught(0)
            self.card.close_forms()
            self.decision.close_form()
        self._head = case
        super().show_case(case)
        self.card.show_head(case, may_edit=self._may_edit())
        self._show_columns()
        self.retranslate()

    def _show_columns(self) -> None:
        if self._sheet is None or self._head is None:
            return
        for column in self.columns.values():
            column.show_rows(self._sheet, is_assessed=self._head.assessed_at is not None)

    def _is_open(self) -> bool:
        return self._head is not None and self._presenter.is_open(self._head.row.state)

    def _may_edit(self) -> bool:
        return self._is_open() and self._presenter.may_edit

    def _show_sheet(self, sheet: ScopeSheet) -> None:
        self._sheet = sheet
        self.card.show_clauses(sheet.clauses)
        self.card.show_originals(sheet.originals)
        self._show_columns()
        waiting = sum(row.decided_by is None for row in sheet.of(Verdict.NEED_INFO)) if self._is_open() else 0
        self.count_changed.emit(waiting + sum(row.is_open for row in sheet.changes))
        self.retranslate()

    def retranslate(self) -> None:
        self.card.retranslate()
        self.decision.retranslate()
        for column in self.columns.values():
            column.list.retranslate()
        head = self._head
        if self._sheet is not None:
            self.changes.show_rows(self._sheet.changes, may_decide=self._presenter.may_edit)
        if head is None:
            return
        self.hash.setVisible(bool(head.snapshot_hash))
        if head.snapshot_hash:
            told = say("recalls.scope.snapshot", at=formats.moment(head.launched_at))
            batches, units = head.joined
            since = say("recalls.scope.since", batches=batches, units=units) if batches else ""
            self.snapshot.set_text(f"{told} · {since}" if since else told)
            self.hash.set_text(short_hash(head.snapshot_hash))
            self.hash.setToolTip(head.snapshot_hash)
        else:
            self.snapshot.set_text(say("recalls.scope.no_snapshot"))
        told = say("recalls.scope.compared", count=head.compared, at=formats.moment(head.assessed_at))
        self.compared.set_text(told if head.assessed_at else say("recalls.scope.not_compared"))
        self.compared.set_ink("muted" if head.assessed_at else "attention")

    def _show_caught(self, number: int) -> None:
        for column in self.columns.values():
            column.list.set_clause(number)

    def _show_why(self, row: ScopeRow) -> None:
        """The first clause that decided this batch, in the text."""
        if row.clauses:
            self.card.notice.emphasise(row.clauses[0])

    # deciding ---------------------------------------------------------------------
    def ask_to_decide(self, row: ScopeRow) -> None:
        """Open the form at the foot of the batch's column, where the person may decide it."""
        change = self._sheet.open_change(row.batch_id) if self._sheet is not None else None
        if change is not None and self._presenter.may_edit:
            row = replace(row, machine=change.after)
        elif not self._may_edit() or not row.is_decidable:
            key = "recalls.scope.sure" if self._may_edit() else "recalls.scope.closed"
            self.said.emit(say(key, lot=row.lot_no), "attention")
            return
        column = self.columns[row.verdict]
        column.column.addWidget(self.decision)
        self.decision.ask(row)

    def _decide_change(self, batch_id: int) -> None:
        row = next((one for one in self._sheet.rows if one.batch_id == batch_id), None) if self._sheet else None
        if row is not None:
            self.point_at(batch_id)
            self.ask_to_decide(row)

    def decide_first(self) -> None:
        """Go to the first doubtful batch that nobody has decided."""
        doubtful = self.columns[Verdict.NEED_INFO].list
        for row in doubtful.rows:
            if row.decided_by is None:
                doubtful.choose(row.batch_id)
                self.ask_to_decide(row)
                return

    def point_at(self, batch_id: int) -> None:
        """Show where a batch stands."""
        for column in self.columns.values():
            if column.list.choose(batch_id):
                column.list.setFocus()
                return

    def _scan_hit(self, batch_id: int, lot: str) -> None:
        self.point_at(batch_id)
        self.said.emit(say("recalls.scope.here", lot=lot), "ok")

    def take_scan(self, raw: str) -> bool:
        return self._presenter.look_up(raw)

    def _scan_missed(self, di: str, lot: str) -> None:
        if self.card.entry.isVisible():
            self.card.entry.fill(ClauseKey.LOT if lot else ClauseKey.DI, lot or di)
            return
        self.said.emit(say("recalls.scope.not_here", lot=lot or di), "attention")

    # answers ----------------------------------------------------------------------
    def _tell_done(self, key: str) -> None:
        if key in ("removed", "added", "settled", "corrected"):
            self.card.close_forms()
        if key == "decided":
            self.decision.close_form()
        if key != "confirmed":
            self.said.emit(say(f"recalls.scope.done.{key}"), "ok")

    def _choose_file(self) -> None:
        path = choose_notice_file(self)
        if path is not None:
            self._presenter.join_file(path)

    def _open_copy(self, path: Path) -> None:
        self.said.emit(say("batch_files.copied", path=str(path)), "ok")
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))

    def _tell_joined(self, name: str, clauses: int) -> None:
        self.said.emit(say("recalls.scope.joined", name=name, count=clauses), "ok")

    def _refuse(self, where: str, error: AppError) -> None:
        if where == "decision":
            self.decision.refuse(error)
        elif where == "doubt" or self.card.reason.isVisible():
            self.card.reason.refuse(error)
        elif self.card.entry.isVisible():
            self.card.entry.refuse(error)
        else:
            self._fail(error)

    def _fail(self, error: AppError) -> None:
        self.said.emit(describe(error, language()), "stop")


def short_hash(digest: str) -> str:
    """``9f3c 71ae … 04d2``: enough to compare by eye; the whole is in the tip and on paper."""
    return f"{digest[:4]} {digest[4:8]} … {digest[-4:]}"
