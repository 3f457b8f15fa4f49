"""The head of a case: the way back, who did what, class, title, state, and the one button that brings it forward."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.core.statuses.recall import CaseState
from app.queries.case_head import CaseHead
from app.ui import formats, theme
from app.ui.language import Caption, language, read, say, spoken
from app.ui.pages.recalls.columns import state_chip
from app.ui.pages.recalls.detail_pane import badge_widget, chip_widget
from app.ui.widgets import painting
from app.ui.widgets.buttons import KeycapButton
from app.ui.widgets.card import clear
from app.ui.widgets.labels import IconMark, Label, LinkButton, muted
from app.ui.words import badge, chip

STEPS = (
    CaseState.REGISTERED,
    CaseState.ASSESSING,
    CaseState.ACTIVE,
    CaseState.RECONCILING,
    CaseState.CLOSING_REVIEW,
    CaseState.CLOSED,
)
_ENDED = {CaseState.NOT_AFFECTED, CaseState.WITHDRAWN}


def steps_of(state: CaseState) -> tuple[list[Caption], int]:
    """The steps as captions and where the case stands; one past the last when it is over."""
    if state in _ENDED:
        steps: list[Caption] = [spoken(f"recalls.step.{one.value}") for one in (*STEPS[:2], state)]
        return steps, len(steps)
    steps = [spoken(f"recalls.step.{one.value}") for one in STEPS]
    if state is CaseState.REOPENED:
        steps[2] = spoken("recalls.step.reopened")
        return steps, 2
    place = STEPS.index(state) if state in STEPS else 0
    return steps, len(STEPS) if state is CaseState.CLOSED else place


class CaseBar(QWidget):
    """Crumb row 20, title row 34. The title gives way before the buttons do."""

    back_pressed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(64)
        self._head: CaseHead | None = None
        self.crumb = LinkButton(spoken("recalls.list.title"), flush=True)
        self.crumb.setFixedHeight(20)
        self.code = Label("", "muted", theme.SMALL, mono=True)
        self.trail = muted(elide=True)
        self.title = Label("", "text", theme.TITLE, bold=True, elide=True)
        self.waiting = muted()
        self.hold_button = KeycapButton("", icon="pause-circle", key="F8")
        self.main_button = KeycapButton("", kind="primary", icon="check", key="F9")
        self._lead, self._chips = QHBoxLayout(), QHBoxLayout()
        self._arrange()
        self.crumb.clicked.connect(self.back_pressed)

    def _arrange(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(8)
        top, row = QHBoxLayout(), QHBoxLayout()
        top.setSpacing(0)
        row.setSpacing(8)
        top.addWidget(self.crumb)
        top.addSpacing(3)
        top.addWidget(IconMark("chevron-right", "muted", 12))
        top.addSpacing(8)
        top.addWidget(self.code)
        top.addSpacing(20)
        top.addWidget(self.trail, 1)
        for part in (self._lead, self._chips):
            part.setSpacing(8)
        row.addLayout(self._lead)
        row.addWidget(self.title, 100)
        row.addSpacing(4)
        row.addLayout(self._chips)
        row.addStretch(1)
        for widget in (self.waiting, self.hold_button, self.main_button):
            row.addWidget(widget)
        outer.addLayout(top)
        outer.addLayout(row)

    def show_head(self, head: CaseHead | None) -> None:
        """The case above its tabs; None while it is being fetched."""
        self._head = head
        clear(self._lead)
        clear(self._chips)
        if head is None:
            for label in (self.code, self.trail, self.title):
                label.set_text("")
            return
        row = head.row
        self._lead.addWidget(badge_widget(badge(row.recall_class)))
        for look in (chip(row.kind), chip(row.treatment), state_chip(row)):
            self._chips.addWidget(chip_widget(look))
        self.title.set_text(row.title)
        self.title.setToolTip(row.title)
        self.title.setMaximumWidth(round(painting.width_of(row.title, self.title.font())) + 4)
        self.code.set_text(row.number)
        self.trail.set_text(" · ".join(_trail(head)))
        self.trail.setToolTip(self.trail.text())

    def offer(self, text: Caption, icon: str, *, is_enabled: bool = True) -> None:
        """What the main button does; nothing hides it."""
        words = read(text)
        self.main_button.setVisible(bool(words))
        self.main_button.setEnabled(is_enabled)
        self.main_button.set_text(text)
        self.main_button.set_icon(icon)
        if words:
            self.waiting.set_text("")

    def wait_for(self, text: str) -> None:
        """Say who has to act next, where the person signed in may not."""
        self.waiting.set_text(text)
        self.waiting.setVisible(bool(text))

    def offer_hold(self, text: str) -> None:
        self.hold_button.setVisible(bool(text))
        self.hold_button.set_text(text)

    def retranslate(self) -> None:
        self.show_head(self._head)


def _trail(head: CaseHead) -> list[str]:
    """Maker, when the notice came, who registered, approved, launched, closed."""
    parts = [head.row.manufacturer, say("recalls.trail.received", at=formats.moment(head.received_at))]
    signers = (
        ("registered", head.registered_by),
        ("approved", head.approved_by),
        ("launched", head.launched_by),
        ("closed", head.closed_by),
    )
    if head.parent is not None:
        parts.insert(0, say("recalls.trail.expands", number=head.parent.number))
    if head.children:
        numbers = ("、" if language() == "zh" else ", ").join(child.number for child in head.children)
        parts.insert(0, say("recalls.trail.expanded", numbers=numbers))
    parts += [say(f"recalls.trail.{act}", who=who.said_in(language())) for act, who in signers if who is not None]
    return [part for part in parts if part]
