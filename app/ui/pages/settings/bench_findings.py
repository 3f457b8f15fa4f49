"""What one scan shows of its scanner, and what to change there; knows no widget.

The order of the steps is that of the harm: a lost separator spoils lots, a missing identifier only costs certainty.
"""

from dataclasses import dataclass

from app.udi.reading import Reading
from app.ui.scan_burst import GS, Capture, ScanTiming

TONES = {"ok": "ok", "off": "attention", "bad": "stop"}
_SEPARATOR = {"separator_lost": "bad", "separator_replaced": "bad", "separator_as_text": "off"}
_CASE = {"case_inverted": "bad", "case_lost": "bad", "lower_case": "off", "small_letters": "off"}
_SUFFIX = {"\r": "cr", "\t": "tab", "\n": "lf", "\x03": "etx"}


@dataclass(frozen=True, slots=True)
class Finding:
    """``check`` and ``state`` are keys at ``bench``; ``tone`` is an ink, ``step`` what to change, if anything."""

    check: str
    state: str
    tone: str = "ok"
    step: str = ""
    value: str = ""


def findings(capture: Capture, reading: Reading) -> tuple[Finding, ...]:
    """In the order of the screen."""
    kinds = {problem.kind for problem in reading.problems}
    return (
        _layout(capture, kinds),
        _worst("case", _CASE, kinds, "caps"),
        _suffix(capture),
        _separator(capture, kinds),
        _symbology(reading),
        _gap(capture),
        _codes(kinds),
    )


def steps(found: tuple[Finding, ...]) -> list[str]:
    """Keys at ``bench.step``, the most harmful first, each once; empty where the scanner is set right."""
    order = ("separator", "caps", "layout", "ime", "one_code", "symbology", "suffix", "speed")
    wanted = {one.step for one in found}
    return [step for step in order if step in wanted]


def _worst(check: str, table: dict[str, str], kinds: set[str], step: str, fine: str = "ok") -> Finding:
    for level in ("bad", "off"):
        for kind, how in table.items():
            if kind in kinds and how == level:
                return Finding(check, kind, TONES[level], step)
    return Finding(check, fine)


def _layout(capture: Capture, kinds: set[str]) -> Finding:
    if capture.source:
        return Finding("layout", "serial")
    if "keyboard_layout" in kinds:
        return Finding("layout", "wrong", "stop", "layout")
    if "full_width" in kinds or capture.is_composed:
        return Finding("layout", "ime", "attention", "ime")
    return Finding("layout", "ok")


def _suffix(capture: Capture) -> Finding:
    if capture.ended_by in _SUFFIX:
        return Finding("suffix", _SUFFIX[capture.ended_by])
    return Finding("suffix", "none", "attention", "suffix")


def _separator(capture: Capture, kinds: set[str]) -> Finding:
    return _worst("separator", _SEPARATOR, kinds, "separator", "sent" if GS in capture.text else "not_needed")


def _symbology(reading: Reading) -> Finding:
    if reading.symbology:
        return Finding("symbology", "sent", value=reading.symbology)
    return Finding("symbology", "missing", "attention", "symbology")


def _gap(capture: Capture) -> Finding:
    shown = f"{capture.mean_gap_ms:.1f}"
    if capture.mean_gap_ms > ScanTiming().mean_gap_ms:
        return Finding("gap", "slow", "attention", "speed", shown)
    return Finding("gap", "ok", value=shown)


def _codes(kinds: set[str]) -> Finding:
    if kinds & {"several_codes", "repeated_scan"}:
        return Finding("codes", "several", "attention", "one_code")
    return Finding("codes", "one")
