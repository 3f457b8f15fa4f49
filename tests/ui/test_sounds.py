"""Sounds are played beside the work, and their absence disturbs nobody."""

import wave

import miniaudio
import pytest

from app.core.places import resources
from app.ui import sounds
from app.ui.sounds import Sounds

NAMES = ("taken", "look", "stop", "alarm")


@pytest.fixture
def device(monkeypatch):
    """A sound device that remembers what it was given."""

    class Device:
        def __init__(self, *_args, **_kwargs):
            self.played, self.closed = [], False

        def start(self, frames):
            heard, piece = b"", frames.send(441)
            try:
                while True:
                    heard += piece
                    piece = frames.send(441)
            except StopIteration:
                self.played.append(heard)

        def stop(self):
            """Nothing plays for long here."""

        def close(self):
            self.closed = True

    made = Device()
    monkeypatch.setattr(miniaudio, "PlaybackDevice", lambda *_args, **_kwargs: made)
    return made


@pytest.mark.parametrize("name", NAMES)
def test_each_sound_is_short_and_mono(name):
    with wave.open(str(resources() / "sounds" / f"{name}.wav")) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, sounds.RATE)
        assert file.getnframes() / sounds.RATE < 1


def test_sounds_are_played_whole_and_in_order(device):
    player = Sounds()
    for name in NAMES:
        player.play(name)
    player.close()
    assert device.played == [sounds.samples(name) for name in NAMES]
    assert device.closed


def test_without_a_device_nothing_happens(monkeypatch, capfd):
    def no_device(*_args, **_kwargs):
        raise miniaudio.MiniaudioError("no device")

    monkeypatch.setattr(miniaudio, "PlaybackDevice", no_device)
    player = Sounds()
    player.play("stop")
    player.close()
    assert capfd.readouterr().err == ""


def test_a_device_that_goes_away_is_given_up(device, monkeypatch):
    def unplugged(_frames):
        raise miniaudio.MiniaudioError("unplugged")

    device.start = unplugged
    player = Sounds()
    player.play("stop")
    player.play("look")
    player.close()
    assert device.played == []


def test_the_real_device_if_there_is_one_makes_no_noise_on_the_terminal(capfd):
    player = Sounds()
    player.play("taken")
    player.close()
    assert capfd.readouterr().err == ""


def test_switched_off_nothing_is_started(device):
    player = Sounds(is_on=False)
    player.play("stop")
    player.close()
    assert device.played == []
