"""The desk over the full house: its file, built once, and a fresh copy of it for each test."""

import shutil
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtWidgets import QFileDialog

from app import bootstrap
from app.core.clock import SimulatedClock
from app.core.settings import WorkstationFile
from app.models.database import Database
from tests.databases import sqlite_copy
from tests.ui.desks import Stage
from tests.ui.full_house import AGE, FullHouse, fill


@dataclass
class Template:
    """The full house as a file, and what lies in it."""

    path: Path
    house: FullHouse
    now: datetime


@pytest.fixture(scope="session")
def template(tmp_path_factory, sqlite_template) -> Template:
    start = datetime.now(UTC).replace(microsecond=0) - AGE
    folder = tmp_path_factory.mktemp("house")
    clock = SimulatedClock(start)
    with sqlite_copy(sqlite_template, folder, clock) as database:
        house = fill(database, clock)
    path = folder / "full.db"
    source, target = sqlite3.connect(folder / "recalldesk.db"), sqlite3.connect(path)
    with source, target:
        source.backup(target)
    source.close()
    target.close()
    return Template(path, house, clock())


@pytest.fixture
def outside(monkeypatch, tmp_path) -> list[str]:
    """What the pages asked the system for: files, printers, other programs; all are answered, none opens."""
    asked: list[str] = []
    answers = [str(tmp_path / "kept.pdf"), ""]

    def save(*_args, **_kwargs) -> tuple[str, str]:
        asked.append("save")
        return answers[len(asked) % 2], ""

    def open_url(url: QUrl) -> bool:
        asked.append(url.toString())
        return True

    def print_nothing(_dialog) -> QPrintDialog.DialogCode:
        asked.append("print")
        return QPrintDialog.DialogCode.Rejected

    monkeypatch.setattr(QFileDialog, "getSaveFileName", save)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", save)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_args: str(tmp_path))
    monkeypatch.setattr(QDesktopServices, "openUrl", open_url)
    monkeypatch.setattr(QPrintDialog, "exec", print_nothing)
    monkeypatch.setenv("RECALLDESK_PAPERS", str(tmp_path / "papers"))
    return asked


@pytest.fixture
def stage(template, tmp_path, qapp, outside) -> Iterator[Stage]:
    path = tmp_path / "recalldesk.db"
    shutil.copy(template.path, path)
    database = Database(f"sqlite:///{path}", SimulatedClock(template.now))
    workstation = WorkstationFile(tmp_path / "workstation.json")
    desk, background = bootstrap.build_desk(database, workstation)
    desk.alarm.watch.stop()
    template.house.hospital.database = database
    desk.start()
    stage = Stage(template.house.hospital, desk, background, workstation)
    stage.settle()
    yield stage
    stage.close()
    database.close()


def targets(key: str, house: FullHouse) -> list[object]:
    """What one can come to a page for."""
    batches, cases = house.batches, house.cases
    return {
        "recalls": [None, "new", cases["launched"], cases["assessed"]],
        "batches": [None, batches["held"], batches["free"]],
        "receiving": [None, house.delivery],
        "ward": ["check", "tasks", "stock", "use", "return"],
        "requisitions": [None, "new", *house.requisitions.values()],
        "orders": [None, "new", "suppliers"],
        "stores": [
            "send",
            ("transfer", house.transfers["incoming"]),
            "outgoing",
            "shelves",
            "counts",
            ("count", house.counts["review"]),
            ("count", house.counts["blind"]),
        ],
        "settings": [
            "workstation",
            "scanners",
            "persons",
            "stations",
            "duties",
            "signatures",
            "rules",
            "agent",
            "database",
        ],
        "leaving": [None, *house.departures.values(), "under_way", "finished"],
        "kits": [None, "kits", "recipes", *house.kits.values()],
        "inspection": [None, batches["pending"]],
    }.get(key, [None])
