"""The pane at the right: what to compare, the checklist, and the signature in place."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.core.errors import AppError
from app.core.words import describe
from app.queries.attachments import AttachmentRow as AttachmentFile
from app.queries.inspections import InspectionCard
from app.ui import formats, theme
from app.ui.language import language, say, spoken
from app.ui.pages.inspection.checklist_view import ChecklistView
from app.ui.pages.inspection.columns import lot_words
from app.ui.pages.inspection.presenter import Desk
from app.ui.widgets.attachment_row import AttachmentRow
from app.ui.widgets.buttons import KeycapButton
from app.ui.widgets.card import EmptyState, SidePane, Surface, clear
from app.ui.widgets.facts import Fact, FieldRow
from app.ui.widgets.fields import SecretField, TextField
from app.ui.widgets.labels import Label, Rule, muted
from app.ui.words import word

PANE_WIDTH = 464
_AT_PASSWORD = frozenset({"wrong_password", "resting"})
_AT_REASON = frozenset({"inspecting.why_rejected", "inspecting.note_too_long"})
_AT_PART = frozenset({"inspecting.part_quantity", "inspecting.part_serials"})


class DeskPane(SidePane):
    """F2 passes what is open, F6 attaches a file, F9 releases, F8 rejects; with a part named, F9 rejects that part and
    releases the rest. The password leaves the field as soon as it was sent.
    """

    released = Signal(str)
    rejected = Signal(str, str)
    """Reason, password."""
    part_released = Signal(str, str, str)
    """Units or serial numbers that do not pass, reason, password."""
    all_passed = Signal()

    def __init__(self) -> None:
        super().__init__(PANE_WIDTH)
        self.body.setSpacing(4)
        self._desk: Desk | None = None
        self.empty = EmptyState("inspect", spoken("inspection.empty"), spoken("inspection.empty_note"))
        self.name = Label("", "text", theme.HEAD, bold=True, wrap=True)
        self.code = Label("", "muted", theme.SMALL, mono=True, wrap=True)
        self._facts = QHBoxLayout()
        self._facts.setSpacing(12)
        self.checklist = ChecklistView()
        self.trouble = Label("", "stop", theme.SMALL, wrap=True)
        self.part = TextField(spoken("inspection.part"), placeholder=spoken("inspection.part_hint"), mono=True)
        self.files = AttachmentRow(spoken("inspection.files"), key="F6")
        self.reason = TextField(spoken("inspection.reason"), placeholder=spoken("inspection.reason_hint"))
        self.password = SecretField(spoken("inspection.password"))
        self.pass_button = KeycapButton(spoken("inspection.pass_all"), key="F2")
        self.release_button = KeycapButton(spoken("inspection.release"), kind="primary", icon="check", key="F9")
        self.reject_button = KeycapButton(spoken("inspection.reject"), icon="x", key="F8")
        self._arrange()
        self.part.edited.connect(self._name_release)
        self.pass_button.clicked.connect(self.all_passed)
        self.release_button.clicked.connect(self._release)
        self.reject_button.clicked.connect(self._reject)
        self.password.entered.connect(self._release)

    def _arrange(self) -> None:
        head = QWidget()
        row = QHBoxLayout(head)
        row.setContentsMargins(0, 4, 0, 0)
        self._list_title = Label(spoken("inspection.checklist"), "text", theme.BODY, bold=True)
        self._version = muted("")
        row.addWidget(self._list_title)
        row.addWidget(self._version)
        row.addStretch(1)
        row.addWidget(self.pass_button)
        facts = QWidget()
        facts.setLayout(self._facts)
        self._facts.setContentsMargins(0, 4, 0, 4)
        self.signing = Surface("head", "line", 6)
        inside = QHBoxLayout(self.signing)
        inside.setContentsMargins(12, 8, 12, 10)
        inside.setSpacing(10)
        inside.addWidget(self.part, 2)
        inside.addWidget(self.reason, 3)
        inside.addWidget(self.password, 2)
        shown = (self.name, self.code, facts, Rule(), head, self.checklist, self.files)
        self._parts = (*shown, self.signing, self.release_button, self.reject_button)
        self.add(self.empty)
        for part in shown:
            self.add(part)
        self.body.addStretch(1)
        self._pin_signature()
        self.show_desk(None)

    def _pin_signature(self) -> None:
        """The signature stays in sight, however long the checklist is."""
        pinned = QWidget()
        column = QVBoxLayout(pinned)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.release_button)
        buttons.addWidget(self.reject_button)
        buttons.addStretch(1)
        column.addWidget(self.trouble)
        column.addWidget(self.signing)
        column.addLayout(buttons)
        self.foot.setContentsMargins(16, 6, 16, 14)
        self.foot.addWidget(pinned, 1)

    def show_desk(self, desk: Desk | None) -> None:
        is_other = desk is None or self._desk is None or desk.card.row.id != self._desk.card.row.id
        self._desk = desk
        self.empty.setVisible(desk is None)
        for part in self._parts:
            part.setVisible(desk is not None)
        if desk is None:
            self.trouble.hide()
        if is_other:
            for field in (self.part, self.reason, self.password):
                field.set_value("")
                field.set_error("")
            self.trouble.set_text("")
        if desk is not None:
            self._show(desk, anew=is_other)

    def _show(self, desk: Desk, *, anew: bool) -> None:
        card = desk.card
        tongue = language()
        self.name.set_text(card.row.product.said_in(tongue))
        words = (card.row.ref, card.row.spec, word(card.product_class))
        self.code.set_text(" · ".join(part for part in words if part))
        if anew:
            clear(self._facts)
            for facts in (_left(card), _right(card)):
                self._facts.addWidget(_column(facts), 1)
        counts = {"open": desk.open_items, "all": len(card.checklist.items)}
        self._version.set_text(say("inspection.progress", version=card.checklist.version, **counts))
        self.checklist.show_desk(desk)
        self.files.set_files([(one.id, _file_words(one)) for one in card.attachments])
        self._name_release()
        if desk.is_mine:
            self.trouble.set_text(spoken("inspection.mine"))
        self.trouble.setVisible(bool(self.trouble.text()))
        for part in (self.signing, self.pass_button, self.release_button, self.reject_button):
            part.setEnabled(not desk.is_mine)

    def speak_again(self) -> None:
        """After a switch of language."""
        if self._desk is not None:
            self._show(self._desk, anew=True)

    def refuse(self, error: AppError) -> None:
        """At the field it concerns, or over the signature; the password is typed anew."""
        if error.code in _AT_PASSWORD:
            self.password.set_error(lambda: describe(error, language()))
            self.password.setFocus()
        elif error.code in _AT_PART:
            self.part.set_error(lambda: describe(error, language()))
            self.part.setFocus()
        elif error.code in _AT_REASON:
            self.reason.set_error(lambda: describe(error, language()))
            self.reason.setFocus()
        else:
            self.trouble.set_text(lambda: describe(error, language()))
            self.trouble.show()

    def _name_release(self) -> None:
        part = self.part.value()
        words = spoken("inspection.release_rest") if part else spoken("inspection.release")
        self.release_button.set_text(words)

    def _release(self) -> None:
        part = self.part.value()
        if part and not self.reason.value():
            self.reason.set_error(spoken("errors.inspecting.why_rejected"))
            self.reason.setFocus()
            return
        password = self._password()
        if password and part:
            self.part_released.emit(part, self.reason.value(), password)
        elif password:
            self.released.emit(password)

    def _reject(self) -> None:
        if not self.reason.value():
            self.reason.set_error(spoken("errors.inspecting.why_rejected"))
            self.reason.setFocus()
            return
        password = self._password()
        if password:
            self.rejected.emit(self.reason.value(), password)

    def _password(self) -> str:
        self.trouble.set_text("")
        self.trouble.hide()
        password = self.password.value()
        if not password:
            self.password.set_error(spoken("widgets.sign.password_missing"))
            self.password.setFocus()
        self.password.set_value("")
        return password


def _file_words(one: AttachmentFile) -> str:
    return f"{word(one.kind)} · {one.name} · {max(1, one.size // 1024)} KB"


def _column(facts: list[Fact]) -> QWidget:
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(1)
    for fact in facts:
        column.addWidget(FieldRow(fact, label_width=60))
    column.addStretch(1)
    return holder


def _left(card: InspectionCard) -> list[Fact]:
    row = card.row
    return [
        Fact(spoken("inspection.fact.lot"), lot_words(row), is_mono=not row.is_lot_unknown, is_bold=True),
        Fact(spoken("inspection.fact.expiry"), formats.day(row.expiry_on), is_mono=True, is_bold=True),
        Fact(spoken("inspection.fact.made"), formats.day(card.production_on), is_mono=True),
        Fact(
            spoken("inspection.fact.quantity"),
            f"{formats.number(row.quantity)} {row.unit.said_in(language())}",
            is_bold=True,
        ),
        Fact(spoken("inspection.fact.storage"), card.storage or formats.DASH),
    ]


def _right(card: InspectionCard) -> list[Fact]:
    tongue = language()
    return [
        Fact(spoken("inspection.fact.maker"), card.maker.said_in(tongue)),
        Fact(spoken("inspection.fact.certificate"), card.certificate_no),
        Fact(spoken("inspection.fact.supplier"), card.row.supplier.said_in(tongue)),
        Fact(spoken("inspection.fact.licence"), formats.day(card.licence_valid_until), is_mono=True),
        _temperature(card),
    ]


def _temperature(card: InspectionCard) -> Fact:
    """What was measured on arrival; outside the range of cold goods it stands out, with the word for it."""
    warm, name = card.temperature_tenths, spoken("inspection.fact.temperature")
    if warm is None:
        return Fact(name, formats.DASH)
    if card.has_arrived_cold is False:
        words = say("inspection.temperature_out", celsius=f"{warm / 10:.1f}")
        return Fact(name, words, icon="warning", ink="stop", is_bold=True)
    return Fact(name, f"{warm / 10:.1f} °C")
