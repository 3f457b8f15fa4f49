"""Three sounds: taken, look, stop. Played on a thread of their own; silent where there is no sound device."""

import ctypes
import ctypes.util
import logging
import queue
import sys
import threading
import wave
from collections.abc import Generator
from functools import cache
from typing import Any, Literal

import miniaudio

from app.core.places import resources

log = logging.getLogger(__name__)
Sound = Literal["taken", "look", "stop", "alarm"]
RATE, BUFFER_MS = 44_100, 40
_LINUX_BACKENDS = [miniaudio.Backend.PULSEAUDIO, miniaudio.Backend.ALSA]


@cache
def samples(sound: Sound) -> bytes:
    """The sound as 16-bit mono samples at 44.1 kHz."""
    with wave.open(str(resources() / "sounds" / f"{sound}.wav"), "rb") as file:
        return file.readframes(file.getnframes())


class Sounds:
    """``play`` returns at once; a newer sound cuts the older one off. ``close`` ends the thread."""

    def __init__(self, *, is_on: bool = True) -> None:
        self.is_on = is_on
        self._wanted: queue.SimpleQueue[Sound | None] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None

    def play(self, sound: Sound, *, always: bool = False) -> None:
        """``always``: also where somebody has switched the sounds of the scans off."""
        if not (self.is_on or always):
            return
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="sounds", daemon=True)
            self._thread.start()
        self._wanted.put(sound)

    def close(self) -> None:
        if self._thread is not None:
            self._wanted.put(None)
            self._thread.join(2)
            self._thread = None

    def _run(self) -> None:
        device = _open_device()
        while (sound := self._wanted.get()) is not None:
            if device is None:
                continue
            try:
                device.stop()
                device.start(_frames(samples(sound)))
            except miniaudio.MiniaudioError as error:
                log.info("No sound any more: %s", error)
                device = None
        if device is not None:
            device.close()


def _open_device() -> miniaudio.PlaybackDevice | None:
    _hush_alsa()
    try:
        return miniaudio.PlaybackDevice(
            miniaudio.SampleFormat.SIGNED16,
            nchannels=1,
            sample_rate=RATE,
            buffersize_msec=BUFFER_MS,
            backends=_LINUX_BACKENDS if sys.platform == "linux" else None,
        )
    except miniaudio.MiniaudioError as error:
        log.info("No sound device: %s", error)
        return None


def _frames(pcm: bytes) -> Generator[bytes, int, None]:
    """Feed a device as much as it asks for, then end."""
    feeding = _feed(pcm)
    next(feeding)
    return feeding


def _feed(pcm: bytes) -> Generator[bytes, int, None]:
    at = 0
    wanted = yield b""
    while at < len(pcm):
        piece = pcm[at : at + wanted * 2]
        at += wanted * 2
        wanted = yield piece


_kept: list[Any] = []


def _hush_alsa() -> None:
    """ALSA prints to stderr where there is no device; give it a handler that says nothing."""
    name = ctypes.util.find_library("asound") if sys.platform == "linux" and not _kept else None
    if name is None:
        return
    kind = ctypes.CFUNCTYPE(None, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p)
    quiet = kind(lambda *_: None)
    _kept.append(quiet)  # ALSA keeps only the address
    ctypes.CDLL(name).snd_lib_error_set_handler(quiet)
