"""The one key under which a manufacturer's lot number is stored and compared.

The lot as printed is kept for ever beside its key. Only what no label means is dropped: width, case, spaces,
invisible characters, the kind of dash. Leading zeros, slashes and dots belong to the lot and stay.
"""

import unicodedata

_DASHES = frozenset("\u02d7\u2043\u2212\u2500\u2501")
_INVISIBLE = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0\u2800") | {
    chr(code) for code in range(0xFE00, 0xFE10)
}
_DROPPED = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zs", "Zl", "Zp"})
_ASCII_DROPPED = dict.fromkeys([*range(33), 127])
_SETTLING_ROUNDS = 4
_ASCII = dict.fromkeys([*range(33), 127])


def lot_key(raw: str) -> str:
    """The comparison and database key of a lot or serial number; empty if nothing visible was written.

    Never raises, and ``lot_key(lot_key(x)) == lot_key(x)``. Two lots with one key are the same lot; two lots with
    different keys are never matched by the machine (see ``app.notices.lots`` for what a person is shown).
    """
    if raw.isascii():
        return raw.translate(_ASCII).upper()
    key = _pass(raw)
    for _ in range(_SETTLING_ROUNDS):
        settled = _pass(key)
        if settled == key:
            break
        key = settled
    return key


def _pass(text: str) -> str:
    wide = unicodedata.normalize("NFKC", text)
    return "".join(_one_dash(letter) for letter in wide if not _is_dropped(letter)).upper()


def _is_dropped(letter: str) -> bool:
    return letter in _INVISIBLE or unicodedata.category(letter) in _DROPPED


def _one_dash(letter: str) -> str:
    return "-" if letter in _DASHES or unicodedata.category(letter) == "Pd" else letter
