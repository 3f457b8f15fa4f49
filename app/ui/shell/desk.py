"""What happens between the windows: signing in, the doors of a person, scans, search, language, theme, lock."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication, QWidget

from app.core.actor import Actor
from app.core.clock import Clock
from app.core.errors import AppError
from app.core.settings import WorkstationFile
from app.core.words import describe
from app.queries.alarms import AlarmRow
from app.queries.locations import LocationRow, locations
from app.queries.reader import Reader
from app.queries.workbench import Bench, bench
from app.services.signing_in import SigningInService
from app.ui import language, theme
from app.ui.background import Background
from app.ui.language import say, spoken
from app.ui.scan_queue import TRANSFER_CODE
from app.ui.scan_router import ScanRouter
from app.ui.seat import Seat
from app.ui.shell.alarm import Alarm
from app.ui.shell.doors import DeviceState, Door, PagePlan, Person
from app.ui.shell.guide import Guide
from app.ui.shell.idle_lock import is_ward
from app.ui.shell.lock_scans import LockScans, MakeBoxCheck
from app.ui.shell.locking import Locking, open_first
from app.ui.shell.main_window import MainWindow
from app.ui.shell.newsroom import Newsroom, Outage
from app.ui.shell.outage_strip import lasted
from app.ui.shell.scanner_light import ScannerLight
from app.ui.shell.sign_in import SignInView
from app.ui.shell.staying import Staying
from app.ui.sounds import Sounds
from app.ui.widgets.fields import Option
from app.ui.widgets.search_palette import Found
from app.ui.words import word

RECOUNT_AFTER_MS = 600
NOBODY_HERE = "nobody_here"


@dataclass(frozen=True, slots=True)
class DeskParts:
    """What the desk works with; built by the bootstrap."""

    reader: Reader
    signing_in: SigningInService
    workstation: WorkstationFile
    seat: Seat
    background: Background
    scans: ScanRouter
    sounds: Sounds
    database_name: str
    now: Clock
    newsroom: Newsroom
    alarm: Alarm
    box_check: MakeBoxCheck
    watching: Reader
    """Reads what a locked screen may know."""


class Desk(QObject):
    """Shows the sign-in view or the main window, one of them at a time."""

    signed_in = Signal()
    refused = Signal(object)

    def __init__(self, parts: DeskParts, plans: Mapping[str, PagePlan], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._parts, self._plans = parts, plans
        self.alarm, self.seat = parts.alarm, parts.seat
        self._places: dict[int, LocationRow] = {}
        self._bench: Bench | None = None
        self.sign_in_view = SignInView()
        self.window: MainWindow | None = None
        self.locking = Locking(parts.now, self)
        self.locking.asked.connect(self.lock)
        self.staying = Staying(parts.alarm.watch, parts.alarm.tray, self.sign_in_view, QApplication.quit, self)
        self.staying.lock_asked.connect(self.lock)
        self.scanner_light = ScannerLight(parts.scans.plugged, self)
        parts.scans.scanned.connect(self.locking.idle.touch)
        parts.seat.actor_changed.connect(self._show_person)
        self._connect_sign_in()
        parts.scans.scanned.connect(self.take_scan)
        # The rail's numbers may lag a moment; the answer to a scan may not.
        self._recount = QTimer(self, interval=RECOUNT_AFTER_MS, singleShot=True)
        self._recount.timeout.connect(self._count_again)
        parts.background.changed.connect(self._count_soon)
        parts.seat.place_changed.connect(self._show_place)
        parts.newsroom.cut.connect(self._show_outage)
        parts.newsroom.restored.connect(self._show_restored)
        self.alarm.answered.connect(self._go_to_task)
        self.alarm.window.outage.retry_pressed.connect(parts.newsroom.try_now)
        parts.seat.actor_changed.connect(self.alarm.ask_again)

    # signing in ---------------------------------------------------------------
    def _connect_sign_in(self) -> None:
        self.sign_in_view.submitted.connect(self.sign_in)
        self.sign_in_view.language_chosen.connect(self.speak)
        check = self._parts.box_check(self.sign_in_view, self._place_words)
        self.lock_scans = LockScans(self.sign_in_view, self.alarm, check, self._parts.watching, self._parts.background)
        self.sign_in_view.outage.retry_pressed.connect(self._parts.newsroom.try_now)

    def start(self) -> None:
        """Show who may sign in where; the places come from the database."""
        self.staying.begin()
        self.sign_in_view.set_foot(self._parts.database_name)
        self.sign_in_view.login.set_value(self._parts.workstation.current.last_login)
        self.sign_in_view.show()
        self._parts.newsroom.start()
        self.alarm.watch.look()
        self.sign_in_view.wait_for_somebody()
        self._ask_places()

    def _ask_places(self) -> None:
        fetch = partial(self._parts.reader.fetch, locations)
        self._parts.background.read(self, fetch, self._show_places, self._places_missing)

    def _places_missing(self, error: AppError) -> None:
        """With personal logins nobody reads before signing in: the workstation's own place is taken."""
        if error.code != NOBODY_HERE:
            self._fail(error)

    @Slot(str, str, str)
    def sign_in(self, login: str, password: str, place: str) -> None:
        """Check the password off the GUI thread; the answer opens the window or stands at the field."""
        self.sign_in_view.set_busy(True)
        service = self._parts.signing_in

        def let_in(actor: Actor) -> None:
            self.sign_in_view.set_busy(False)
            self.sign_in_view.password.set_value("")
            self.enter(actor, int(place) if place else self._own_place())

        self._parts.background.read(self, lambda: service.sign_in(login, password), let_in, self._refuse_sign_in)

    def _own_place(self) -> int | None:
        return None if self._places else self._parts.workstation.current.place_id

    def enter(self, actor: Actor, place_id: int | None) -> None:
        """Seat a person whose password has been checked, and open the window."""
        self._parts.workstation.change(last_login=actor.login, place_id=place_id)
        self._parts.seat.take(actor)
        self._parts.seat.move_to(place_id)
        self._close_window()
        if not self._places:
            self._ask_places()
        self.window = self.locking.window_of(actor.id) or self._new_window()
        self._show_person()
        self._show_place()
        self._count_again()
        self.window.show()
        self.sign_in_view.hide()
        open_first(self.window, actor)
        self.signed_in.emit()

    @Slot()
    def lock(self) -> None:
        """The screen is locked: what the person typed waits for them, and for nobody else."""
        if self.window is not None and self._parts.seat.is_taken:
            self.locking.keep(self._parts.seat.actor.id, self.window)
            self.window = None
            self.leave()

    @Slot()
    def leave(self) -> None:
        """End the session of the person; what is written is written, drafts lie in the database."""
        self.locking.idle.stop()
        self._parts.seat.leave()
        self._close_window()
        self._parts.signing_in.sign_out()
        self.sign_in_view.show()
        self.sign_in_view.login.set_value(self._parts.workstation.current.last_login)
        self.sign_in_view.wait_for_somebody()

    @Slot(object, object)
    def _go_to_task(self, alarm: AlarmRow, actor: Actor) -> None:
        """Who answered the alarm goes on to count; at a locked desk they are signed in by it."""
        if not self._parts.seat.is_taken:
            self.enter(actor, alarm.location_id)
        if self.window is None or self._parts.seat.actor.id != actor.id:
            return
        key = "ward" if self._plans["ward"].duties & actor.duties else "workbench"
        self.window.open_page(key, alarm.task_id if key == "ward" else None)
        self.window.say(spoken("alarm.answered", number=alarm.case_number))

    def _close_window(self) -> None:
        if self.window is not None:
            self.window.hide()
            self.window.deleteLater()
            self.window = None

    def _refuse_sign_in(self, error: AppError) -> None:
        self.sign_in_view.refuse("password", lambda: describe(error, language.language()))
        self.refused.emit(error)

    def _show_places(self, rows: list[LocationRow]) -> None:
        self._places = {row.id: row for row in rows}
        tongue = language.language()
        options = [Option(str(row.id), f"{row.name.said_in(tongue)} · {row.site.said_in(tongue)}") for row in rows]
        self.sign_in_view.set_places(options, str(self._parts.workstation.current.place_id or ""))
        self._show_place()

    # the window ---------------------------------------------------------------
    def _new_window(self) -> MainWindow:
        window = MainWindow()
        for key, plan in self._plans.items():
            window.register(key, plan.build)
        for signal, slot in (
            (window.language_chosen, self.speak),
            (window.theme_switched, self.dress),
            (window.sound_switched, self._switch_sound),
            (window.lock_pressed, self.lock),
            (window.sign_out_pressed, self.leave),
            (window.scan_unanswered, self._look_up),
            (window.found_picked, self._open_found),
            (window.bell_pressed, partial(window.open_page, "workbench")),
            (window.outage.retry_pressed, self._parts.newsroom.try_now),
        ):
            signal.connect(slot)
        self.staying.guard(window)
        Guide(window, self._parts.reader, self._parts.background, self._doors)
        self._show_devices(window)
        window.top_bar.set_sound(self._parts.workstation.current.has_sound)
        return window

    def _doors(self) -> list[Door]:
        actor, counts = self._parts.seat.actor, self._counts()
        return [
            Door(key, plan.icon, spoken(f"desk.door.{key}"), *counts.get(key, (0, "accent")), plan.group)
            for key, plan in self._plans.items()
            if plan.duties & actor.duties or (actor.must_change and key == "settings")
        ]

    def _counts(self) -> dict[str, tuple[int, str]]:
        if self._bench is None:
            return {}
        counts: dict[str, tuple[int, str]] = {}
        for row in self._bench.queue:
            before, tone = counts.get(row.door, (0, "accent"))
            late = row.due_at is not None and row.due_at < self._bench.now
            counts[row.door] = (before + 1, "stop" if late or tone == "stop" else "accent")
        counts["workbench"] = (len(self._bench.queue), "accent")
        return counts

    @Slot(object)
    def _count_soon(self, _changes: object) -> None:
        self._recount.start()

    @Slot()
    def _count_again(self) -> None:
        if self.window is None or not self._parts.seat.is_taken:
            return
        actor = self._parts.seat.actor
        place = self._parts.seat.place_id or actor.location_id
        now = self._parts.now

        def ask() -> Bench:
            return self._parts.reader.fetch(bench, roles=actor.roles, location_id=place, now=now(), person_id=actor.id)

        self._parts.background.read(self, ask, self._show_counts, self._fail)

    def _show_counts(self, told: Bench) -> None:
        self._bench = told
        if self.window is not None and self._parts.seat.is_taken:
            self.window.set_doors(self._doors())
            self.window.set_alerts(sum(row.count for row in told.alarms if row.tone == "stop"))
            if self.window.current_key():
                self.window.rail.choose(self.window.current_key())

    def _show_person(self) -> None:
        if self.window is None or not self._parts.seat.is_taken:
            return
        actor, tongue = self._parts.seat.actor, language.language()
        roles = sorted(actor.roles, key=lambda role: role.value)
        self.window.set_person(Person(actor.name.said_in(tongue), word(roles[0]) if roles else ""))
        self.window.set_doors(self._doors())

    @Slot()
    def _show_place(self) -> None:
        if self.window is not None:
            self.window.set_place(self._place_words())
            place = self._places.get(self._parts.seat.place_id or 0)
            actor = self._parts.seat.actor if self._parts.seat.is_taken else None
            self.locking.idle.start(is_ward=is_ward(actor, place.kind if place else None))

    def _place_words(self) -> str:
        """Where this workstation stands, also while nobody sits at it."""
        place_id = self._parts.seat.place_id if self._parts.seat.is_taken else None
        place = self._places.get(place_id or self._parts.workstation.current.place_id or 0)
        tongue = language.language()
        return f"{place.site.said_in(tongue)} · {place.name.said_in(tongue)}" if place else say("desk.no_place")

    # language, theme, sound ----------------------------------------------------
    @Slot(str)
    def speak(self, tongue: str) -> None:
        self._parts.workstation.change(language=tongue)
        language.switch_language(tongue)
        self._show_places(list(self._places.values()))
        if self.window is not None:
            self._show_person()
            self._show_devices(self.window)

    @Slot(object)
    def _show_outage(self, outage: Outage | None) -> None:
        self.sign_in_view.outage.show_outage(outage)
        self.alarm.window.outage.show_outage(outage)
        self.sign_in_view.set_foot(self._parts.database_name, "stop" if outage else "ok")
        if self.window is not None:
            self.window.outage.show_outage(outage)
            self._show_database(self.window)

    @Slot(object)
    def _show_restored(self, over: Outage) -> None:
        self._show_outage(None)
        if not self._places:
            self._ask_places()
        if self.window is not None:
            minutes = lasted(self._parts.now() - over.since)
            self.window.say(spoken("live.back", minutes=minutes))

    def _show_database(self, window: MainWindow) -> None:
        is_cut = self._parts.newsroom.outage is not None
        note = say("live.cut.bar" if is_cut else "desk.database_ok")
        window.set_database(DeviceState(self._parts.database_name, note, "stop" if is_cut else "ok"))

    def _show_devices(self, window: MainWindow) -> None:
        window.outage.show_outage(self._parts.newsroom.outage)
        self._show_database(window)
        self.scanner_light.show_on(window)

    @Slot(bool)
    def dress(self, is_dark: bool) -> None:
        self._parts.workstation.change(is_dark=is_dark)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            theme.apply(app, dark=is_dark)

    @Slot(bool)
    def _switch_sound(self, is_on: bool) -> None:
        self._parts.workstation.change(has_sound=is_on)
        self._parts.sounds.is_on = is_on

    # scans and search -----------------------------------------------------------
    @Slot(str)
    def take_scan(self, raw: str) -> None:
        if self.window is None or self.alarm.is_ringing:
            self.sign_in_view.take_scan(raw)  # a scan neither answers an alarm nor does work behind it
            return
        self.scanner_light.read(raw)
        self.window.take_scan(raw)

    @Slot(str)
    def _look_up(self, raw: str) -> None:
        """No page had an answer: the code of a case or transfer opens it, anything else is looked up as a batch."""
        if self.window is None:
            return
        if raw.startswith("RD:CASE:"):
            self.window.open_page("recalls", raw.removeprefix("RD:CASE:"))
            return
        if raw.startswith(TRANSFER_CODE) and self.window.open_page("stores", ("transfer", raw[len(TRANSFER_CODE) :])):
            return
        page = self.window.open_page("batches")
        if page is not None:
            page.take_scan(raw)

    @Slot(object)
    def _open_found(self, found: Found) -> None:
        if self.window is not None:
            self.window.open_page(found.key, found.target)

    def _fail(self, error: AppError) -> None:
        words = describe(error, language.language())
        if self.window is not None:
            self.window.say(words, "stop")
        else:
            self.sign_in_view.set_foot(words, "stop")

    def close(self) -> None:
        """The program ends: no sound thread and no key filter stay behind."""
        self._recount.stop()
        self.locking.close()
        self._parts.newsroom.close()
        self.alarm.close()
        self._close_window()
        self.sign_in_view.hide()
        self._parts.sounds.close()
        app = QApplication.instance()
        if isinstance(app, QApplication):
            self._parts.scans.stop(app)

    def windows(self) -> list[QWidget]:
        """What stands on the screen, the foremost last; for the story and for tests."""
        below = self.window if self.window is not None else self.sign_in_view
        return [below, self.alarm.window] if self.alarm.is_ringing else [below]
