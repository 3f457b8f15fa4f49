"""A real line of the system (a pseudo terminal) with a scanner that is unplugged and put into another socket."""

import os
import queue
import tty
from dataclasses import replace

import pytest
import serial

from app.core.scanners import ScannerPlace, place_of
from app.devices.scanners import FoundPort, LineState
from app.devices.serial_scanner import SerialScanner, found_ports

PLACE = ScannerPlace("counter", vid=0x0C2E, pid=0x0B61, serial_number="S-1")
CODE = b"\x5dd2010699999901201510A100\x1d17280831"
WITHIN = 10.0


class Line:
    """Both ends of a pseudo terminal."""

    def __init__(self) -> None:
        self.here, there = os.openpty()
        tty.setraw(there)
        self.port = os.ttyname(there)
        self._there = there
        self.is_plugged = True

    def found(self, **changes) -> FoundPort:
        usb = {"vid": PLACE.vid, "pid": PLACE.pid, "serial_number": PLACE.serial_number} | changes
        return FoundPort(self.port, "USB scanner", **usb)

    def unplug(self) -> None:
        if self.is_plugged:
            self.is_plugged = False
            os.close(self._there)
            os.close(self.here)


class Bench:
    """What a scanner is plugged into, and what came of it."""

    def __init__(self) -> None:
        self.ports: list[FoundPort] = []
        self.heard: queue.Queue = queue.Queue()
        self.told: queue.Queue = queue.Queue()

    def scanner(self, place: ScannerPlace = PLACE, **more) -> SerialScanner:
        return SerialScanner(
            place,
            lambda _place, frame: self.heard.put(frame),
            lambda _place, state: self.told.put(state),
            ports=lambda: list(self.ports),
            retry_seconds=0.01,
            **more,
        )


@pytest.fixture
def line():
    line = Line()
    yield line
    line.unplug()


def test_a_scanner_is_unplugged_in_a_scan_and_found_again_in_another_socket(line):
    bench, other = Bench(), Line()
    scanner = bench.scanner()
    scanner.start()
    assert bench.told.get(timeout=WITHIN) is LineState.SEEKING
    bench.ports = [line.found()]
    assert bench.told.get(timeout=WITHIN) is LineState.READY
    os.write(line.here, CODE[:20])
    os.write(line.here, CODE[20:] + b"\r\n")
    frame = bench.heard.get(timeout=WITHIN)
    assert (frame.content, frame.ended_by) == (CODE, "\r")
    os.write(line.here, CODE[:20])
    bench.ports = []
    line.unplug()
    assert bench.told.get(timeout=WITHIN) is LineState.SEEKING
    bench.ports = [line.found(serial_number="S-9"), other.found()]
    assert bench.told.get(timeout=WITHIN) is LineState.READY
    os.write(other.here, b"+A123BJC5D6E71G\r")
    assert bench.heard.get(timeout=WITHIN).content == b"+A123BJC5D6E71G", "the half scan is gone, not glued"
    scanner.stop()
    other.unplug()
    assert bench.heard.empty()


def test_a_scanner_without_a_suffix_is_heard_after_a_silence(line):
    bench = Bench()
    scanner = bench.scanner(ScannerPlace("old", port=line.port, silence_ms=20))
    scanner.start()
    assert bench.told.get(timeout=WITHIN) is LineState.READY
    os.write(line.here, CODE)
    assert bench.heard.get(timeout=WITHIN).content == CODE
    scanner.stop()


def test_two_scanners_at_once_are_told_apart(line):
    other = Line()
    heard: queue.Queue = queue.Queue()
    told: queue.Queue = queue.Queue()
    scanners = [
        SerialScanner(
            ScannerPlace(name, port=one.port),
            lambda place, frame: heard.put((place.name, frame.content)),
            lambda _place, state: told.put(state),
            retry_seconds=0.01,
        )
        for name, one in (("left", line), ("right", other))
    ]
    for scanner in scanners:
        scanner.start()
        assert told.get(timeout=WITHIN) is LineState.READY
    os.write(line.here, b"LEFT-1\r")
    os.write(other.here, b"RIGHT-1\r")
    assert {heard.get(timeout=WITHIN), heard.get(timeout=WITHIN)} == {("left", b"LEFT-1"), ("right", b"RIGHT-1")}
    for scanner in scanners:
        scanner.stop()
    other.unplug()


@pytest.mark.parametrize(
    ("error", "state"),
    [
        (serial.SerialException(16, "could not open port: Device or resource busy"), LineState.IN_USE),
        (
            serial.SerialException("could not open port 'COM3': PermissionError(13, 'Access is denied.')"),
            LineState.IN_USE,
        ),
        (serial.SerialException("could not open port 'COM3': FileNotFoundError"), LineState.SEEKING),
        (ValueError("invalid URL"), LineState.SEEKING),
    ],
)
def test_a_port_that_cannot_be_opened_is_told_apart_from_one_that_is_not_there(error, state):
    def refuse(_place, _port):
        raise error

    bench = Bench()
    scanner = bench.scanner(ScannerPlace("x", port="COM3"), open_port=refuse)
    scanner.start()
    assert bench.told.get(timeout=WITHIN) is state
    scanner.stop()


def test_a_line_over_the_network_of_the_house_is_a_line():
    bench = Bench()
    scanner = bench.scanner(ScannerPlace("loop", port="loop://"))
    scanner.start()
    assert bench.told.get(timeout=WITHIN) is LineState.READY
    scanner.stop()
    assert isinstance(found_ports(), list)


def test_settings_that_make_no_sense_are_no_scanner():
    kept = {"name": "counter", "vid": 3118, "pid": 2913, "serial_number": "S-1", "baud": 9600}
    assert place_of(kept) == replace(PLACE, vid=3118, pid=2913)
    for wrong in (None, [], {}, {"name": "x"}, kept | {"baud": 1}, kept | {"parity": "?"}, kept | {"silence_ms": 0}):
        assert place_of(wrong) is None
    assert place_of(kept | {"vid": "3118", "port": "COM3"}) == replace(PLACE, vid=0, pid=2913, port="COM3")
