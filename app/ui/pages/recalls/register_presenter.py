"""Decides what a notice being typed means: fields taken from the text, clauses, and whether it touches the house."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from functools import partial
from uuid import uuid4

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from app.core.changes import Topic
from app.core.clock import Clock
from app.core.errors import AppError, RuleError
from app.core.permissions import Duty
from app.core.statuses.recall import CaseKind, RecallClass, Treatment
from app.queries.known_notices import KnownNotice, Sameness
from app.queries.news import ArrivalRow
from app.services.assessing import AssessingService
from app.services.launching import LaunchingService
from app.services.previewing import NoticeRead, PreviewingService, Touch
from app.services.registering import Notice, NoticeEmptyError, ReceivedLaterError, Registered, RegisteringService
from app.ui import formats
from app.ui.background import Background
from app.ui.presenter import Presenter
from app.ui.seat import Seat

DEBOUNCE_MS = 300


class NoticeField(Enum):
    """The fields beside the text of a notice."""

    TITLE = "title"
    MANUFACTURER = "manufacturer"
    RECALL_CLASS = "recall_class"
    KIND = "kind"
    TREATMENT = "treatment"
    HAZARD = "hazard"
    RECEIVED = "received"


class ReceivedUnreadableError(RuleError):
    """The moment of receipt cannot be read."""

    code = "recalls_page.received_unreadable"


_DEFAULTS: dict[NoticeField, str] = {
    NoticeField.TITLE: "",
    NoticeField.MANUFACTURER: "",
    NoticeField.RECALL_CLASS: RecallClass.UNCLASSIFIED.value,
    NoticeField.KIND: CaseKind.VOLUNTARY.value,
    NoticeField.TREATMENT: Treatment.RETRIEVE.value,
    NoticeField.HAZARD: "",
    NoticeField.RECEIVED: "",
}


@dataclass
class NoticeDraft:
    """A notice on its way in. ``typed`` fields are a person's and stay; ``taken`` ones follow the text."""

    text: str = ""
    values: dict[NoticeField, str] = field(default_factory=lambda: dict(_DEFAULTS))
    typed: set[NoticeField] = field(default_factory=set[NoticeField])
    taken: set[NoticeField] = field(default_factory=set[NoticeField])
    arrival: ArrivalRow | None = None
    """The file that the text came in."""
    number: str = ""
    """What the notice calls itself."""
    expands: int | None = None
    """The case to which it adds, where a person says so or the number does."""
    has_chosen: bool = False
    """A person has said whether it adds to a case."""

    @property
    def is_empty(self) -> bool:
        return not self.text.strip() and not self.typed


class RegisterPresenter(Presenter):
    """One draft for each person who types at this workstation; it lives until it is registered or thrown away."""

    topics = frozenset({Topic.STOCK, Topic.CATALOGUE})
    draft_changed = Signal(object)
    """``NoticeDraft``: show it whole, because another one is on the desk."""
    fields_changed = Signal(object)
    read_changed = Signal(object)
    """``NoticeRead``, or None while there is no text."""
    touch_changed = Signal(object)
    """``Touch``, or None where there is nothing to compare (yet)."""
    touch_refused = Signal(AppError)
    known_changed = Signal(object, object)
    """``KnownNotice`` rows, and the id of the case that the draft expands, or None."""
    refused = Signal(object, AppError)
    """The ``NoticeField`` where it belongs, or None for the whole."""
    registered = Signal(int, str, bool)
    """Case id, number, and whether its lots are on hold."""
    hold_refused = Signal(int, AppError)

    def __init__(
        self,
        previewing: PreviewingService,
        registering: RegisteringService,
        assessing: AssessingService,
        launching: LaunchingService,
        clock: Clock,
        seat: Seat,
        background: Background,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(background, parent)
        self._previewing, self._registering = previewing, registering
        self._assessing, self._launching = assessing, launching
        self._clock, self._seat = clock, seat
        self._drafts: dict[int, NoticeDraft] = {}
        self._known: tuple[KnownNotice, ...] = ()
        self._timer = QTimer(self, singleShot=True, interval=DEBOUNCE_MS)
        self._timer.timeout.connect(self.read_now)
        seat.actor_changed.connect(self._person_changed)

    @property
    def draft(self) -> NoticeDraft:
        """The draft of the person signed in."""
        return self._drafts.setdefault(self._seat.actor.id if self._seat.is_taken else 0, NoticeDraft())

    @property
    def may_hold(self) -> bool:
        return self._seat.is_taken and self._seat.actor.may(Duty.HOLD)

    def begin(self) -> None:
        """A view has just been built: whatever was shown before, show the draft when the view is seen."""
        self._is_stale = True
        self._is_visible = False

    @Slot()
    def reload(self) -> None:
        self.draft_changed.emit(self.draft)
        self.read_now()

    @Slot()
    def _person_changed(self) -> None:
        if self._seat.is_taken and self._is_visible:
            self.reload()

    # typing -------------------------------------------------------------------
    def set_text(self, text: str) -> None:
        """The text as it stands now; it is read when nobody has typed for a moment."""
        if text == self.draft.text:
            return
        self.draft.text = text
        if not self.draft.values[NoticeField.RECEIVED]:
            self.draft.values[NoticeField.RECEIVED] = formats.moment(self._clock())
            self.fields_changed.emit(self.draft)
        self._timer.start()

    def take_long(self, text: str) -> None:
        """A text too long for the editor takes the place of what was typed."""
        self.set_text(text)
        self.draft_changed.emit(self.draft)

    def take_arrival(self, row: ArrivalRow, text: str) -> bool:
        """Begin with a notice that came by itself; False while another one lies on the desk, which stays."""
        if not self.draft.is_empty and self.draft.arrival != row:
            return False
        draft = NoticeDraft(text, arrival=row)
        draft.values[NoticeField.RECEIVED] = formats.moment(row.arrived_at)
        self._drafts[self._seat.actor.id] = draft
        self.reload()
        return True

    def edit(self, which: NoticeField, value: str) -> None:
        """A person typed or chose a value; from now on the text does not change it."""
        self.draft.values[which] = value
        self.draft.taken.discard(which)
        self.draft.typed.add(which)
        if which in (NoticeField.TITLE, NoticeField.MANUFACTURER):
            self._timer.start()

    def throw_away(self) -> None:
        """Begin anew with an empty notice."""
        self._drafts.pop(self._seat.actor.id, None)
        self.reload()

    @Slot()
    def read_now(self) -> None:
        """Read the text in the background: first the clauses, then the comparison with every batch."""
        self._timer.stop()
        text = self.draft.text
        if not text.strip():
            self._load(lambda: None, self._show_nothing, "read")
            return
        self._load(partial(self._previewing.read, text), self._show_reading, "read")

    def _show_nothing(self, _nothing: None) -> None:
        self.read_changed.emit(None)
        self.known_changed.emit((), None)
        self.touch_changed.emit(None)

    def _show_reading(self, reading: NoticeRead) -> None:
        self._take_fields(reading)
        self.read_changed.emit(reading)
        maker = self.draft.values[NoticeField.MANUFACTURER]
        self._load(partial(self._previewing.known, reading, manufacturer=maker), self._show_known, "known")
        if not reading.is_bounded:
            self._load(lambda: None, self.touch_changed.emit, "touch")
            return
        values = self.draft.values
        ask = partial(
            self._previewing.touch,
            reading.text,
            title=values[NoticeField.TITLE],
            manufacturer=values[NoticeField.MANUFACTURER],
        )
        self._load(ask, self._show_touch, "touch")

    def _show_known(self, known: tuple[KnownNotice, ...]) -> None:
        """The same number under another text is an update; of the same product only a person can say."""
        draft, self._known = self.draft, known
        if not draft.has_chosen:
            is_copy = any(one.why is Sameness.TEXT for one in known)
            sure = next((one.case_id for one in known if one.why is Sameness.NUMBER), None)
            draft.expands = None if is_copy else sure
        self.known_changed.emit(known, draft.expands)

    def set_expands(self, case_id: int | None) -> None:
        """A person says to which case the notice adds, or that it stands alone."""
        self.draft.expands, self.draft.has_chosen = case_id, True
        self.known_changed.emit(self._known, case_id)

    def _show_touch(self, touch: Touch) -> None:
        """An answer to a text that has changed since is no answer."""
        if touch.text == self.draft.text:
            self.touch_changed.emit(touch)

    def _take_fields(self, reading: NoticeRead) -> None:
        front, draft = reading.front, self.draft
        draft.number = front.number.value if front.number is not None else ""
        found = {
            NoticeField.TITLE: front.title,
            NoticeField.MANUFACTURER: front.manufacturer,
            NoticeField.RECALL_CLASS: front.recall_class,
            NoticeField.KIND: front.kind,
            NoticeField.TREATMENT: front.treatment,
            NoticeField.HAZARD: front.hazard,
        }
        for which, taken in found.items():
            if which in draft.typed:
                continue
            draft.taken.discard(which)
            draft.values[which] = _DEFAULTS[which]
            if taken is not None:
                draft.values[which] = taken.value.value if isinstance(taken.value, Enum) else taken.value
                draft.taken.add(which)
        self.fields_changed.emit(draft)

    # registering --------------------------------------------------------------
    def register(self, *, hold: bool = False) -> None:
        """Keep the notice, compare it, and with ``hold`` lock what it touches or may touch; one person may do that."""
        try:
            notice = self._notice()
        except RuleError as error:
            self.refused.emit(_field_of(error), error)
            return
        actor, op_id = self._seat.actor, uuid4().hex
        self._act(
            partial(self._registering.register, actor=actor, op_id=op_id, notice=notice),
            partial(self._follow, hold=hold),
            lambda error: self.refused.emit(_field_of(error), error),
        )

    def _notice(self) -> Notice:
        values = self.draft.values
        if not self.draft.text.strip() or not values[NoticeField.TITLE].strip():
            raise NoticeEmptyError
        return Notice(
            text=self.draft.text,
            title=values[NoticeField.TITLE],
            manufacturer=values[NoticeField.MANUFACTURER],
            received_at=self._received(values[NoticeField.RECEIVED]),
            hazard=values[NoticeField.HAZARD],
            kind=CaseKind(values[NoticeField.KIND]),
            recall_class=RecallClass(values[NoticeField.RECALL_CLASS]),
            treatment=Treatment(values[NoticeField.TREATMENT]),
            news_id=self.draft.arrival.id if self.draft.arrival else None,
            notice_no=self.draft.number,
            expands=self.draft.expands,
        )

    def _received(self, words: str) -> datetime:
        """A moment without seconds is the beginning of its minute, which is never after now."""
        if not words.strip():
            return self._clock()
        on, _, at = words.strip().replace("T", " ").partition(" ")
        try:
            day = formats.typed_date(on).day
            clock_time = datetime.strptime(at.strip().replace("：", ":") or "00:00", "%H:%M")
        except ValueError as error:
            raise ReceivedUnreadableError from error
        return datetime(day.year, day.month, day.day, clock_time.hour, clock_time.minute).astimezone()

    def _follow(self, outcome: Registered, *, hold: bool) -> None:
        """The notice is kept: the draft is done with. Then assess, or hold, which assesses first."""
        self._drafts.pop(self._seat.actor.id, None)
        self.draft_changed.emit(self.draft)
        self._show_nothing(None)
        actor, op_id, case_id = self._seat.actor, uuid4().hex, outcome.case_id
        number = outcome.number
        if hold:
            self._act(
                partial(self._launching.hold, actor=actor, op_id=op_id, case_id=case_id),
                lambda _held: self.registered.emit(case_id, number, True),
                partial(self._half_done, case_id, number),
            )
            return
        self._act(
            partial(self._assessing.assess, actor=actor, op_id=op_id, case_id=case_id),
            lambda _assessed: self.registered.emit(case_id, number, False),
            partial(self._half_done, case_id, number),
        )

    def _half_done(self, case_id: int, number: str, error: AppError) -> None:
        """Registered, but not compared or held: the case says why."""
        self.registered.emit(case_id, number, False)
        self.hold_refused.emit(case_id, error)


def _field_of(error: AppError) -> NoticeField | None:
    if isinstance(error, ReceivedUnreadableError | ReceivedLaterError):
        return NoticeField.RECEIVED
    return NoticeField.TITLE if isinstance(error, NoticeEmptyError) else None
