"""What the frame of a case and its tabs know of each other."""

from abc import abstractmethod
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from app.queries.case_head import CaseHead
from app.ui.background import Background
from app.ui.language import Caption
from app.ui.presented_view import PresentedView
from app.ui.presenter import Presenter


@dataclass(frozen=True, slots=True)
class TabAction:
    """A tab's own primary action; the frame draws it in the head of the page, under F9.

    Without one the frame offers the next step of the case itself.
    """

    text: Caption
    icon: str = ""
    is_enabled: bool = True


class CaseTabPresenter(Presenter):
    """Knows which case its tab shows; loads when the tab is seen, and again when the case or a topic changes."""

    def __init__(self, background: Background, parent: QObject | None = None) -> None:
        super().__init__(background, parent)
        self._case_id: int | None = None

    @property
    def case_id(self) -> int | None:
        return self._case_id

    @Slot(int)
    def show_case(self, case_id: int) -> None:
        """Show another case, or the same one again; loads at once where the tab is seen."""
        if case_id == self._case_id:
            return
        self._case_id = case_id
        self.forget()
        self._is_stale = True
        if self._is_visible:
            self._refresh()

    def forget(self) -> None:
        """Drop what belongs to the case shown before."""

    @Slot()
    def reload(self) -> None:
        if self._case_id is not None:
            self.load_case(self._case_id)

    @abstractmethod
    def load_case(self, case_id: int) -> None:
        """Fetch what the tab shows of this case."""


class CaseTab(PresentedView):
    """One tab of a case. Texts in ``retranslate``, which a switch of language calls; the frame calls ``show_case``."""

    asked_to_open = Signal(str, object)
    """A door (another page) and what to show there."""
    asked_for_tab = Signal(str)
    """The key of another tab of the same case."""
    said = Signal(str, str)
    """A sentence for a toast and its tone."""
    count_changed = Signal(int)
    """How much work waits behind the tab; 0 shows no number."""
    action_changed = Signal()
    """``action`` answers something else now."""

    def __init__(self, presenter: CaseTabPresenter | None = None, parent: QWidget | None = None) -> None:
        super().__init__(presenter, parent)
        self._tab_presenter = presenter

    def show_case(self, case: CaseHead) -> None:
        """Show this case; called again with a new row of the same case whenever it changed."""
        if self._tab_presenter is not None:
            self._tab_presenter.show_case(case.id)

    def action(self) -> TabAction | None:
        """What the button in the head of the page does while this tab is shown."""
        return None

    def act(self) -> None:
        """The person pressed it."""

    def take_scan(self, raw: str) -> bool:
        """Answer a scan; False lets the frame answer it."""
        return False


@dataclass(frozen=True, slots=True)
class TabPlan:
    """A tab of a case: ``key`` of ``[recalls.tab]``, and how it is built when it is first opened."""

    key: str
    build: Callable[[], CaseTab]
