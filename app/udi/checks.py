"""Check digits and characters of the issuing agencies.

GS1: General Specifications 7.9 (mod 10, and mod 1021,32 for the Global Model Number). HIBC: ANSI/HIBC 2.6 appendix B.
MA: no official text is public; the rule follows published parsers and agrees with most, not all, printed codes.
"""

MOD43 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-. $/+%"
CSET82 = "!\"%&'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz"
_CSET32 = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
_PRIMES = (2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83)
_MOD43_VALUE = {letter: value for value, letter in enumerate(MOD43)}
_CSET82_VALUE = {letter: value for value, letter in enumerate(CSET82)}
_GTIN_LENGTHS = frozenset((8, 12, 13, 14))
# The published parsers number h to z from 45: 43 and 44 stand unused between g and h.
_MA_VALUE = (
    {str(digit): digit for digit in range(10)}
    | {chr(ord("A") + step): 10 + step for step in range(26)}
    | {chr(ord("a") + step): 36 + step for step in range(7)}
    | {chr(ord("h") + step): 45 + step for step in range(19)}
    | {"-": 64, ".": 65}
)


def is_digits(text: str) -> bool:
    """Only 0-9; ``str.isdigit`` would let other scripts' digits pass."""
    return text.isascii() and text.isdigit()


def gs1_check_digit(body: str) -> str:
    """The digit that completes ``body`` (digits without the check digit): weights 3, 1, 3 … from the right."""
    total = 3 * sum(map(int, body[::-2])) + sum(map(int, body[-2::-2]))
    return str(-total % 10)


def has_gs1_check_digit(digits: str) -> bool:
    """True where the last digit is the check digit of those before it."""
    return gs1_check_digit(digits[:-1]) == digits[-1]


def is_valid_gtin(text: str) -> bool:
    """8, 12, 13 or 14 digits with a right check digit."""
    return len(text) in _GTIN_LENGTHS and is_digits(text) and has_gs1_check_digit(text)


def gmn_check_pair(body: str) -> str:
    """The two check characters of a Global Model Number; ``body`` has at most 23 characters of set 82."""
    total = sum(_CSET82_VALUE[letter] * prime for letter, prime in zip(reversed(body), _PRIMES, strict=False)) % 1021
    return _CSET32[total >> 5] + _CSET32[total & 31]


def mod43(text: str) -> str | None:
    """The HIBC check character of ``text``, or None where a character lies outside the alphabet. It may be a space."""
    total = 0
    for letter in text:
        value = _MOD43_VALUE.get(letter)
        if value is None:
            return None
        total += value
    return MOD43[total % 43]


def ma_check_digit(body: str) -> str | None:
    """The check digit of an MA identifier part, or None where a character has no value.

    ``body`` is the DI from ``MA.`` without its last digit, or the PI part from its first dot to before ``.C``.
    """
    try:
        digits = "".join(str(_MA_VALUE[letter]) for letter in body)
    except KeyError:
        return None
    doubled = sum(sum(divmod(2 * int(digit), 10)) for digit in digits[-2::-2])
    return str(-(doubled + sum(map(int, digits[::-2]))) % 10)
