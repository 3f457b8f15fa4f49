"""The fields of a notice. Each says whether its value was taken from the text."""

from collections.abc import Callable, Sequence
from enum import Enum

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from app.core.statuses.recall import CaseKind, RecallClass, Treatment
from app.ui.language import say
from app.ui.pages.recalls.register_presenter import NoticeDraft, NoticeField
from app.ui.widgets.fields import AreaField, ComboField, Field, Option, TextField
from app.ui.words import word

RECEIVED_WIDTH = 152
_LABELS = {NoticeField.TITLE: "recalls.new.title_field"}


def _options(members: Sequence[Enum]) -> list[Option]:
    return [Option(member.value, _word_of(member)) for member in members]


def _word_of(member: Enum) -> Callable[[], str]:
    return lambda: word(member)


class NoticeFields(QWidget):
    """Shows a draft and tells what a person changes in it."""

    edited = Signal(object, str)
    """The ``NoticeField`` and its new value."""

    def __init__(self) -> None:
        super().__init__()
        self._taken: frozenset[NoticeField] = frozenset()
        self.title, self.manufacturer = TextField(" "), TextField(" ")
        self.recall_class = ComboField(" ", _options(list(RecallClass)))
        self.kind = ComboField(" ", _options(list(CaseKind)))
        self.treatment = ComboField(" ", _options(list(Treatment)))
        self.received = TextField(" ", mono=True, placeholder=lambda: say("recalls.new.received_hint"))
        self.hazard = AreaField(" ", rows=2)
        self.fields: dict[NoticeField, Field] = {
            NoticeField.TITLE: self.title,
            NoticeField.MANUFACTURER: self.manufacturer,
            NoticeField.RECALL_CLASS: self.recall_class,
            NoticeField.KIND: self.kind,
            NoticeField.TREATMENT: self.treatment,
            NoticeField.RECEIVED: self.received,
            NoticeField.HAZARD: self.hazard,
        }
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(9)
        grid.addWidget(self.title, 0, 0, 1, 6)
        second = QHBoxLayout()
        second.setSpacing(12)
        second.addWidget(self.manufacturer, 1)
        second.addWidget(self.received)
        grid.addLayout(second, 1, 0, 1, 6)
        for place, field in enumerate((self.recall_class, self.kind, self.treatment)):
            grid.addWidget(field, 2, 2 * place, 1, 2)
        grid.addWidget(self.hazard, 3, 0, 1, 6)
        for column in range(6):
            grid.setColumnStretch(column, 1)
        self.received.setFixedWidth(RECEIVED_WIDTH)
        self._connect()
        self.retranslate()

    def _connect(self) -> None:
        for which, field in self.fields.items():
            field.edited.connect(lambda which=which: self.edited.emit(which, self.value(which)))

    def value(self, which: NoticeField) -> str:
        """What stands in a field."""
        field = self.fields[which]
        return field.value() if isinstance(field, TextField | ComboField | AreaField) else ""

    def show_draft(self, draft: NoticeDraft) -> None:
        """Set what differs; what a person is typing stays as it is."""
        for which, field in self.fields.items():
            wanted = draft.values[which]
            if isinstance(field, TextField | ComboField | AreaField) and field.value() != wanted.strip():
                with QSignalBlocker(field):
                    field.set_value(wanted)
        self._taken = frozenset(draft.taken)
        self.retranslate()

    def clear_errors(self) -> None:
        for field in self.fields.values():
            field.set_error("")

    def retranslate(self) -> None:
        """Labels; those of fields that follow the text say so."""
        for which, field in self.fields.items():
            name = say(_LABELS.get(which, f"recalls.new.{which.value}"))
            is_taken = which in self._taken
            field.label.set_text(say("recalls.new.taken", field=name) if is_taken else name)
            field.label.set_ink("accent" if is_taken else "muted")
            field.control.setAccessibleName(field.label.text())
