"""The master of a batch at the right of its card: seven groups, each gap with its reason and where to complete it."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.core.batch_master import MasterGroup, MasterItem
from app.core.statuses.supplement import SupplementField
from app.queries.batch_masters import BatchMaster, MasterLine, SupplementRow
from app.ui import formats, theme
from app.ui.language import language, say, spoken
from app.ui.pages.batches.forms import WIDTH
from app.ui.pages.batches.master_presenter import MasterPresenter
from app.ui.pages.batches.master_strip import LACKS, NOT_ASKED, WHOLE
from app.ui.widgets.buttons import KeycapButton
from app.ui.widgets.card import SidePane
from app.ui.widgets.labels import IconMark, Label, LinkButton, Rule, muted
from app.ui.words import word

RENEWED = frozenset(
    {
        SupplementField.LICENCE_NO,
        SupplementField.LICENCE_UNTIL,
        SupplementField.LICENCE_SCOPE,
        SupplementField.CERTIFICATE_UNTIL,
    }
)
FILES_DOOR = "files"
"""Not a page: the files of the same card."""


class MasterPane(SidePane):
    """Gaps first within a group; what a person may add has a button, what another page completes has a door."""

    asked = Signal(object)
    """The ``SupplementField`` to complete or correct."""
    door_pressed = Signal(str)
    closed = Signal()

    def __init__(self, presenter: MasterPresenter) -> None:
        super().__init__(WIDTH)
        self._presenter = presenter
        self._master: BatchMaster | None = None
        self._first: QWidget | None = None
        self.back = KeycapButton(spoken("batches.form.close"), cap="Esc")
        self.back.clicked.connect(self.closed)
        self.add_foot(self.back)

    def show_master(self, master: BatchMaster, group: str = "") -> None:
        """With ``group`` only that group is shown in full."""
        self._master = master
        self.clear()
        self.add(Label(spoken("batch_master.title"), "text", theme.HEAD, bold=True))
        self.add(Label(lambda: say("batch_master.score", score=master.score), "text", theme.BODY))
        for one in sorted(MasterGroup, key=lambda one: not any(line.is_missing for line in master.group(one))):
            if not group or one.value == group:
                self._add_group(one, master.group(one))
        if master.supplements:
            self.add(Rule())
            self.add(Label(spoken("batch_master.added"), "text", theme.BODY, bold=True))
            for row in master.supplements:
                self.add(Label(_added(row), "muted", theme.SMALL, wrap=True))
        self.add(Rule())
        self.add(muted(lambda: say("batch_master.version", version=master.version), wrap=True))
        self.body.addStretch(1)

    def _add_group(self, group: MasterGroup, lines: tuple[MasterLine, ...]) -> None:
        self.add(Rule())
        missing = any(line.is_missing for line in lines)
        look = LACKS if missing else WHOLE if lines else NOT_ASKED
        self.add(_row(IconMark(look.icon, look.tone, 16), Label(lambda: word(group), "text", theme.BODY, bold=True)))
        if not lines:
            self.add(muted(spoken("batch_master.not_asked"), wrap=True))
        for line in sorted(lines, key=lambda line: not line.is_missing):
            if line.is_missing:
                self._add_gap(line)
            else:
                self._add_value(line)

    def _add_gap(self, line: MasterLine) -> None:
        name = line.item.name.said_in(language())
        self.add(Label(say("batch_master.missing", item=name), "attention", theme.BODY, bold=True, wrap=True))
        why = say("batch_master.why", source=line.item.source.said_in(language()))
        self.add(Label(why, "muted", theme.SMALL, wrap=True))
        field = line.item.field
        if field is None:
            self._add_door(line.item)
        elif self._presenter.may(field):
            add = KeycapButton(spoken("batch_master.add"), icon="pencil", name=say("batch_master.add_item", item=name))
            add.clicked.connect(lambda _=False, field=field: self.asked.emit(field))
            self.add(_row(add))
        else:
            self.add(Label(say(f"batch_master.who.{field.subject.value}"), "muted", theme.SMALL, wrap=True))

    def _add_door(self, item: MasterItem) -> None:
        key = FILES_DOOR if item.attachments else item.door
        door = LinkButton(say(f"batch_master.fix.{key}"), chevron=True, flush=True)
        door.clicked.connect(lambda: self.door_pressed.emit(key))
        self.add(door)
        if item.attachments:
            kinds = (word(kind) for kind in sorted(item.attachments, key=lambda kind: kind.value))
            self.add(Label(say("batch_files.kinds", kinds=" / ".join(kinds)), "muted", theme.SMALL, wrap=True))

    def _add_value(self, line: MasterLine) -> None:
        name = line.item.name.said_in(language())
        field = line.item.field
        value = Label(_shown(field, line.value), "text", theme.SMALL, mono=field is SupplementField.LOT_NO)
        self.add(_row(Label(name, "muted", theme.SMALL, wrap=True), value, stretch=True))
        if field is SupplementField.LOT_NO and self._presenter.may(field):
            correct = LinkButton(spoken("batch_master.correct_lot"), chevron=True, flush=True)
            correct.clicked.connect(lambda: self.asked.emit(SupplementField.LOT_NO))
            self.add(correct)
        if field in RENEWED:
            for one in (field, *line.item.also):
                self._add_renewal(one)

    def _add_renewal(self, field: SupplementField) -> None:
        """Papers lapse and are renewed though nothing is missing of this batch."""
        if self._presenter.may(field):
            renew = LinkButton(say("batch_master.renew", field=word(field)), chevron=True, flush=True)
            renew.clicked.connect(lambda: self.asked.emit(field))
            self.add(renew)


def _shown(field: SupplementField | None, value: str) -> str:
    if field is None:
        return say("batch_master.there")
    return formats.day(date.fromisoformat(value)) if field.is_date and value else value


def _added(row: SupplementRow) -> str:
    by = row.by.said_in(language())
    if row.second is not None:
        by = f"{by} · {row.second.said_in(language())}"
    return say(
        "batch_master.added_line",
        field=word(row.field),
        old=_shown(row.field, row.old) or formats.DASH,
        new=_shown(row.field, row.new),
        by=by,
        at=formats.moment(row.at),
        reason=row.reason,
    )


def _row(*widgets: QWidget, stretch: bool = False) -> QWidget:
    box = QWidget()
    row = QHBoxLayout(box)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    for place, widget in enumerate(widgets):
        row.addWidget(widget, 1 if stretch and not place else 0)
    if not stretch:
        row.addStretch(1)
    return box
