"""One requisition: its lines, what a lock took, and what this person may do with it."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.core.errors import AppError
from app.core.statuses.requisition import OPEN_REQUISITIONS, RequisitionState
from app.core.words import describe
from app.queries.requisitions import RequisitionRow
from app.queries.reservations import ReservationRow
from app.ui import formats, theme
from app.ui.language import language, say, spoken
from app.ui.pages.requisitions.columns import DECIDING_COLUMNS, FILLING_COLUMNS, line_columns, picked_columns
from app.ui.pages.requisitions.presenter import PickedLine, RequisitionsPresenter
from app.ui.widgets.buttons import KeycapButton
from app.ui.widgets.card import Card, EmptyState
from app.ui.widgets.fields import AreaField
from app.ui.widgets.labels import Label
from app.ui.widgets.table import DataTable
from app.ui.words import word

WAITING = (RequisitionState.ASKED, *OPEN_REQUISITIONS)


class OneView(QWidget):
    """F9 issues what was scanned, or approves; the reason is asked for where one is needed."""

    def __init__(self, presenter: RequisitionsPresenter) -> None:
        super().__init__()
        self._presenter = presenter
        self._row: RequisitionRow | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.empty = EmptyState("clipboard", spoken("requisitions.empty"), spoken("requisitions.empty_note"))
        self.card = Card("")
        column.addWidget(self.empty, 1)
        column.addWidget(self.card, 1)
        self.facts = Label("", "muted", theme.SMALL, wrap=True)
        self.taken_away = Label("", "stop", theme.SMALL, wrap=True)
        self.lines = DataTable(
            line_columns(),
            in_card=True,
            two_lines=True,
            key=lambda line: line.id,
            name=spoken("requisitions.lines"),
            sortable=False,
        )
        self.picked = DataTable(
            picked_columns(),
            in_card=True,
            two_lines=True,
            name=spoken("requisitions.picked"),
            empty=spoken("requisitions.picked_empty"),
            sortable=False,
        )
        self.reason = AreaField(spoken("requisitions.reason"), rows=2)
        for widget in (self.facts, self.taken_away):
            self.card.add(widget)
        self.card.add(self.lines, 3)
        self.card.add(self.picked, 2)
        self.card.add(self.reason)
        self._add_buttons()
        presenter.shown_changed.connect(self.show_row)
        presenter.picked_changed.connect(self.show_picked)
        presenter.reason_needed.connect(self.refuse)

    def _add_buttons(self) -> None:
        foot = QHBoxLayout()
        foot.setSpacing(8)
        self.issue = KeycapButton(spoken("requisitions.issue"), kind="primary", icon="issue", key="F9")
        self.approve = KeycapButton(spoken("requisitions.approve"), kind="primary", icon="check", key="F10")
        self.deny = KeycapButton(spoken("requisitions.refuse"), icon="x-circle")
        self.drop = KeycapButton(spoken("requisitions.drop"), icon="minus-circle", key="Del")
        self.withdraw = KeycapButton(spoken("requisitions.withdraw"), icon="undo")
        for button in (self.withdraw, self.deny, self.drop):
            foot.addWidget(button)
        foot.addStretch(1)
        for button in (self.approve, self.issue):
            foot.addWidget(button)
        self.card.body.addLayout(foot)
        self.issue.clicked.connect(self._issue)
        self.approve.clicked.connect(lambda: self._presenter.decide(True, self.reason.value()))
        self.deny.clicked.connect(lambda: self._presenter.decide(False, self.reason.value()))
        self.drop.clicked.connect(self._drop)
        self.withdraw.clicked.connect(self._presenter.withdraw)

    def show_row(self, row: RequisitionRow | None) -> None:
        if row is None or self._row is None or row.id != self._row.id:
            self.reason.set_value("")
        self.reason.set_error("")
        self._row = row
        self.empty.setVisible(row is None)
        self.card.setVisible(row is not None)
        if row is None:
            return
        self.card.set_title(row.number, f"{row.department.said_in(language())} · {word(row.state)}")
        self.facts.set_text(_facts(row))
        self.taken_away.set_text(_taken_away(row))
        self.taken_away.setVisible(bool(row.cancelled))
        self.lines.set_rows(row.lines)
        decides, issues = self._presenter.may_decide(row), self._presenter.may_issue(row)
        for button, holds in (
            (self.approve, decides),
            (self.deny, decides),
            (self.issue, issues),
            (self.drop, issues),
            (self.withdraw, self._presenter.may_withdraw(row)),
        ):
            button.setVisible(holds)
        self._show_columns(row.state is RequisitionState.ASKED)
        self.picked.setVisible(issues)
        self.reason.setVisible(decides or (issues and self._presenter.needs_reason))

    def _show_columns(self, is_waiting: bool) -> None:
        """Before the decision what the store has; after it what was served and what comes next."""
        for columns, shown in ((FILLING_COLUMNS, not is_waiting), (DECIDING_COLUMNS, is_waiting)):
            for number in columns:
                self.lines.show_column(number, shown)

    def show_picked(self, lines: list[PickedLine]) -> None:
        self.picked.set_rows(lines)
        self.issue.setEnabled(bool(lines))
        self.drop.setEnabled(bool(lines))
        if self._row is not None and self._presenter.may_issue(self._row):
            self.reason.setVisible(self._presenter.needs_reason)

    def _issue(self) -> None:
        if self._presenter.needs_reason and not self.reason.value():
            self.reason.set_error(spoken("requisitions.reason_missing"))
            self.reason.setFocus()
            return
        self._presenter.issue(self.reason.value())

    def _drop(self) -> None:
        line = self.picked.chosen_row() or (self.picked.rows[-1] if self.picked.rows else None)
        if line is not None:
            self._presenter.drop(line)

    def chosen_line(self) -> int | None:
        """The line that a box of another product would replace."""
        line = self.lines.chosen_row()
        return line.id if line is not None else None

    def refuse(self, error: AppError) -> None:
        """Say at the reason what is missing."""
        self.reason.show()
        self.reason.set_error(lambda: describe(error, language()))
        self.reason.setFocus()

    def retranslate(self) -> None:
        self.show_row(self._row)


def _facts(row: RequisitionRow) -> str:
    by, at = row.asked_by.said_in(language()), formats.moment(row.asked_at)
    words = say("requisitions.facts", by=by, at=at)
    if row.decided_by is not None:
        words += " " + say("requisitions.decided_by", by=row.decided_by.said_in(language()))
    return " ".join(part for part in (words, row.note, row.decided_reason) if part)


def _taken_away(row: RequisitionRow) -> str:
    """What a lock took and why, one line a batch, and at the end what to do."""
    if not row.cancelled:
        return ""
    gone = [_gone(one) for one in row.cancelled]
    return "\n".join([*gone, _what_to_do(row)])


def _gone(one: ReservationRow) -> str:
    key = "recalled" if one.case_number else "held"
    return say(
        f"requisitions.gone.{key}",
        lot=one.lot_no,
        quantity=one.quantity,
        at=formats.moment(one.ended_at),
        case=one.case_number,
        by=one.locked_by.said_in(language()),
        reason=one.lock_reason.removeprefix(one.case_number).strip(),
    )


def _what_to_do(row: RequisitionRow) -> str:
    hit = {one.line_id for one in row.cancelled}
    lines = [line for line in row.lines if line.id in hit]
    missing = sum(max(0, line.missing - line.reserved) for line in lines)
    free = sum(min(line.missing, sum(lot.quantity for lot in line.lots)) for line in lines)
    if row.state not in WAITING:
        return say("requisitions.gone.over")
    if not missing:
        return say("requisitions.gone.replaced", kept=sum(line.reserved for line in lines))
    return say("requisitions.gone.free" if free >= missing else "requisitions.gone.short", missing=missing, free=free)
