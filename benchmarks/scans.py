"""From the scan to the answer on the screen, in the real windows over the sample hospital; floor: one SQL statement."""

import os
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from benchmarks.registry import Figure, benchmark, compare
from benchmarks.stage import Stage

SCANS = 40
QUESTION = (
    "SELECT batch.id FROM batch JOIN device_identifier AS di ON di.product_id = batch.product_id "
    "WHERE di.di = ? AND batch.lot_key = ?"
)


@benchmark("scan")
def scan(stage: Stage) -> Iterator[Figure]:
    """A ward's box and a storekeeper's carton, from the scanner's last key to the painted answer."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from app import bootstrap
    from app.core.clock import system_clock
    from app.core.settings import WorkstationFile
    from app.models.database import Database
    from app.queries.reader import Reader
    from app.services.sample_data import SampleDataService
    from app.services.sample_story import write_script
    from app.services.upgrading import upgrade
    from app.ui.application import make_application
    from app.ui.story_facts import StoryFacts
    from app.ui.story_goods import begin_delivery
    from app.ui.story_stage import StoryStage

    database = Database(f"sqlite:///{stage.folder / 'scans.db'}", system_clock)
    upgrade(database)
    SampleDataService(database).fill(stage.seed)
    workstation = WorkstationFile(stage.folder / "scans.json")
    make_application(workstation)
    desk, background = bootstrap.build_desk(database, workstation)
    desk.start()
    facts, script = StoryFacts(Reader(database), system_clock), write_script(stage.seed, date.today())
    hands = StoryStage(desk, background, stage.folder, "Sample-2026")
    box = next(iter(script.unit_scans.values()))
    with database.reading() as session:
        connection: Any = session.connection()

        def floor(_turn: int) -> None:
            connection.exec_driver_sql(QUESTION, ("06999999000013", script.recalled_lots[0])).all()

        hands.sign_in("bailu", facts.places()["ICU"])
        hands.open("ward", "check")
        yield compare("scan to sign (ward)", _verdict(desk, background, box), floor, SCANS)
        hands.sign_in("zhoumin", facts.places()["ZXK"])
        page = begin_delivery(hands, script, facts.supplier(script.supplier))
        yield compare("scan to line (receiving)", _line(desk, page, box), floor, SCANS)
    desk.close()
    database.close()


def _verdict(desk: Any, background: Any, raw: str) -> Callable[[int], object]:
    from PySide6.QtCore import QCoreApplication, QEventLoop

    from app.ui.widgets.verdict_screen import VerdictScreen

    wait = QEventLoop.ProcessEventsFlag.WaitForMoreEvents  # a loop without rest would starve the workers

    def once(_turn: int) -> None:
        for sign in desk.window.findChildren(VerdictScreen):
            sign.hide()
        desk.take_scan(raw)
        while not any(sign.isVisible() for sign in desk.window.findChildren(VerdictScreen)):
            QCoreApplication.processEvents(wait)
        QCoreApplication.processEvents()  # paints what the answer has changed

    return once


def _line(desk: Any, page: Any, box: str) -> Callable[[int], object]:
    """Cartons of the box's product, every second one of a new lot, so that the delivery grows."""
    from PySide6.QtCore import QCoreApplication, QEventLoop

    from app.udi.reader import read

    di = read(box).di

    wait = QEventLoop.ProcessEventsFlag.WaitForMoreEvents
    answered: list[object] = []
    page._presenter.answered.connect(answered.append)

    def once(turn: int) -> None:
        answered.clear()
        desk.take_scan(f"]d201{di}179912311126010110B{turn // 2:04}")
        while not answered:
            QCoreApplication.processEvents(wait)
        QCoreApplication.processEvents()  # paints what the answer has changed

    return once
