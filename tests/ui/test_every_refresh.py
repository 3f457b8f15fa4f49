"""News from other workstations come while a person types: on no page do they take away input, place or choice."""

import pytest
from PySide6.QtWidgets import QAbstractItemView, QAbstractScrollArea

from app.core.changes import Topic
from tests.ui import eyes
from tests.ui.fingers import Fingers
from tests.ui.full_house import EVERYONE
from tests.ui.full_house_desk import targets
from tests.ui.test_every_look import PAGES, searching, typed


def places(page) -> dict[QAbstractScrollArea, tuple[int, int]]:
    """How far everything is scrolled, and which row of each table is chosen."""
    areas = [area for area in eyes.seen(page) if isinstance(area, QAbstractScrollArea)]
    return {
        area: (
            area.verticalScrollBar().value(),
            area.currentIndex().row() if isinstance(area, QAbstractItemView) else 0,
        )
        for area in areas
    }


def scroll_and_choose(page) -> None:
    """As far down as it goes; of each table the last row."""
    for area in eyes.seen(page):
        if isinstance(area, QAbstractItemView) and area.model() is not None and area.model().rowCount():
            area.selectRow(area.model().rowCount() - 1) if hasattr(area, "selectRow") else None
        if isinstance(area, QAbstractScrollArea):
            area.verticalScrollBar().setValue(area.verticalScrollBar().maximum())


@pytest.mark.parametrize("key", PAGES)
def test_news_from_elsewhere_disturb_nobody(key, stage, template, qtbot):
    stage.enter(EVERYONE)
    stage.desk.window.resize(1366, 768)
    fingers = Fingers(stage)
    wrong: list[str] = []
    for target in targets(key, template.house):
        fingers.open(key, target)
        page = stage.desk.window.current_page()
        scroll_and_choose(page)
        fingers.settle()
        fingers.type_into_all("keep-7")
        qtbot.waitUntil(lambda: not searching(stage.desk.window.current_page()))
        fingers.settle()
        kept, stood = typed(page), places(page)
        stage.background.announce(frozenset(Topic))
        fingers.settle()
        now, stands = typed(page), places(page)
        lost = [f"{old!r} -> {new!r}" for old, new in zip(kept, now, strict=False) if old != new]
        wrong += [f"{key}/{target}: typed {lost or (kept, now)}"] if now != kept else []
        for area, place in stood.items():
            moved = f"{type(area).__name__} {area.accessibleName()!r} stood {place} -> {stands.get(area)}"
            wrong += [f"{key}/{target}: {moved}"] if stands.get(area) != place else []
    assert not wrong, "\n".join(["", *wrong])
