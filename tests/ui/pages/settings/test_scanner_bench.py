"""The bench says of each scan what its scanner does wrong; lines are added, kept and left."""

from datetime import UTC, datetime

import pytest

from app.core.clock import SimulatedClock
from app.core.scanners import ScannerPlace
from app.core.settings import WorkstationFile
from app.devices.scanners import FoundPort, LineState
from app.devices.simulated import SimulatedScanner
from app.reports.setup_sheet import TEST
from app.services.receipt_papers import PaperNotSavedError
from app.udi.reader import read
from app.ui.language import switch_language
from app.ui.pages.settings.bench_findings import findings, steps
from app.ui.pages.settings.bench_parts import reading_words, spans_of
from app.ui.pages.settings.scanners_presenter import ScannersPresenter
from app.ui.pages.settings.scanners_tab import ScannersTab
from app.ui.plugged_scanners import PluggedScanners
from app.ui.scan_burst import Capture
from app.ui.scan_router import ScanRouter
from tests.fakes.immediate import ImmediateBackground

GS = "\x1d"
GOOD = f"]d2{TEST[0][0]}{TEST[0][1]}{TEST[1][0]}{TEST[1][1]}{GS}{TEST[2][0]}{TEST[2][1]}"
LOST = "0106999999012015102509A1717280831"
PORT = FoundPort("/dev/ttyACM0", "USB scanner", 0x0C2E, 0x0B61, "S-1")
TODAY = datetime(2026, 3, 12, tzinfo=UTC)


def capture(text, **changes):
    usual = {"mean_gap_ms": 1.2, "longest_gap_ms": 2.0, "ended_by": "\r", "is_composed": False}
    return Capture(text, **usual | changes)


def found(text, **changes):
    return findings(capture(text, **changes), read(text, today=TODAY.date()))


@pytest.mark.parametrize(
    ("text", "changes", "wanted"),
    [
        (GOOD, {}, []),
        (GOOD, {"source": "counter", "ended_by": "\n"}, []),
        (GOOD.replace(GS, ""), {}, ["separator"]),
        (LOST, {}, ["separator", "symbology"]),
        (GOOD.replace(GS, "<GS>"), {}, ["separator"]),
        (GOOD.swapcase(), {}, ["caps"]),
        (GOOD.translate({code: code + 0xFEE0 for code in range(33, 127)}), {"is_composed": True}, ["ime"]),
        (GOOD, {"ended_by": "silence"}, ["suffix"]),
        (GOOD, {"mean_gap_ms": 60.0}, ["speed"]),
        (GOOD + "\r" + GOOD, {}, ["one_code"]),
    ],
)
def test_each_damage_leads_to_the_setting_that_ends_it(text, changes, wanted):
    assert steps(found(text, **changes)) == wanted


def test_a_fault_before_the_keyboard_is_not_sought_in_a_serial_line():
    states = {one.check: one.state for one in found(GOOD, source="counter")}
    assert (states["layout"], states["separator"], states["symbology"]) == ("serial", "sent", "sent")


def test_what_is_certain_and_where_it_ends_is_marked_in_the_letters():
    reading = read(LOST, today=TODAY.date())
    spans = spans_of(reading)
    assert (spans[0].tone, LOST[spans[0].begin : spans[0].end]) == ("ok", "06999999012015")
    assert (spans[-1].tone, spans[-1].end) == ("attention", len(LOST))
    assert "2509A17 " in reading_words(reading)[0]


@pytest.fixture
def scanners():
    return []


@pytest.fixture
def router(qapp, scanners):
    router = ScanRouter()

    def make(place, hears, tells):
        scanners.append(SimulatedScanner(place, hears, tells))
        return scanners[-1]

    router.attach(PluggedScanners(make, router))
    yield router
    router.stop(qapp)


@pytest.fixture
def workstation(tmp_path):
    return WorkstationFile(tmp_path / "workstation.json")


@pytest.fixture
def presenter(router, workstation):
    def sheet():
        raise PaperNotSavedError(reason="disk full")

    ports = [PORT, FoundPort("COM9", "COM9")]
    presenter = ScannersPresenter(
        router.plugged, lambda: ports, workstation, SimulatedClock(TODAY), ImmediateBackground(), sheet
    )
    router.captured.connect(presenter.hear)
    presenter.set_visible(True)
    return presenter


@pytest.fixture
def tab(presenter, qtbot):
    tab = ScannersTab(presenter)
    qtbot.addWidget(tab)
    tab.resize(1138, 590)
    tab.show()
    tab.retranslate()
    yield tab
    switch_language("zh")


def test_a_line_is_added_kept_and_heard_until_it_is_removed(tab, presenter, router, scanners, workstation, qapp, qtbot):
    heard = []
    router.scanned.connect(heard.append)
    presenter.reload()
    tab.port.set_value(PORT.port)
    tab.add.click()
    assert "名称" in tab.problem.text()
    tab.name.set_value("收货台 1")
    tab.add.click()
    (kept,) = WorkstationFile(workstation._path).current.scanners
    assert (kept.name, kept.vid, kept.serial_number, kept.baud) == ("收货台 1", PORT.vid, "S-1", 9600)
    assert [option.key for option in tab.port.combo._options] == ["COM9"]
    qapp.processEvents()
    assert presenter.lines == {kept: LineState.READY}
    scanners[0].send(GOOD.encode() + b"\r")
    qapp.processEvents()
    assert heard == [GOOD]
    assert presenter.scans[0].capture.source == "收货台 1"
    scanners[0].unplug()
    qapp.processEvents()
    assert presenter.lines == {kept: LineState.SEEKING}
    presenter.remove(kept)
    assert (workstation.current.scanners, scanners[0].is_running) == ((), False)


def test_a_sheet_that_cannot_be_saved_says_why(tab):
    tab.print.click()
    assert "disk full" in tab.problem.text()


def test_one_line_is_not_listened_to_twice(presenter, workstation):
    refused = []
    presenter.refused.connect(refused.append)
    presenter.add("one", PORT, 9600)
    presenter.add("two", FoundPort("/dev/ttyACM7", "moved", PORT.vid, PORT.pid, PORT.serial_number), 115200)
    presenter.add("three", FoundPort("COM9", "COM9"), 9600)
    assert [error.code for error in refused] == ["bench.same_line"]
    assert [place.name for place in workstation.current.scanners] == ["one", "three"]


def test_scans_of_any_page_are_on_the_bench_in_the_language_of_the_screen(tab, presenter, router):
    router.hear(capture(LOST))
    assert tab.take_scan(LOST)
    assert len(presenter.scans) == 1, "the bench heard it already"
    assert "几种读法" in tab.heading.text()
    switch_language("en")
    tab.retranslate()
    assert "Several readings" in tab.heading.text()
    assert tab.take_scan("+A999CVC7F200/$$3280831XK22B1G")
    assert [scan.capture.text for scan in presenter.scans][1] == LOST
    for number in range(60):
        presenter.take_scan(f"]C1{number}")
    assert len(presenter.scans) == 50


def test_what_a_settings_file_says_of_scanners_is_taken_only_where_it_makes_sense(tmp_path):
    path = tmp_path / "workstation.json"
    path.write_text('{"language": "en", "scanners": [{"name": "a", "port": "COM3"}, {"name": "b"}, 7]}', "utf-8")
    file = WorkstationFile(path)
    assert file.current.scanners == (ScannerPlace("a", "COM3"),)
    file.change(is_dark=True)
    assert WorkstationFile(path).current == file.current
