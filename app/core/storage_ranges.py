"""At which temperature cold goods are kept, read from the words of the catalogue ("2–8 ℃ 冷藏", "keep below -18 °C").

Source: 医疗器械使用质量监督管理办法 (order 18) art. 8: with special demands on transport and storage, the conditions
are checked at receipt.
"""

import re
import unicodedata
from dataclasses import dataclass

WARMEST_COLD_TENTHS = 150
"""Above it goods are not cold-chain goods: a lorry's temperature says nothing of gauze kept at 10–30 °C."""
_DASHES = str.maketrans(dict.fromkeys("−–—‒﹣", "-"))
_NUMBER = r"([-+]?\d{1,3}(?:\.\d)?)"
_UNIT = r"\s*(?:°\s*c|度)"
_BETWEEN = re.compile(rf"{_NUMBER}(?:{_UNIT})?\s*(?:~|-|至|到|to|and|…)\s*{_NUMBER}{_UNIT}")
_BELOW_BEFORE = re.compile(rf"(?:≤|<=|<|不高于|不超过|低于|at most|not above|below|under|max\.?)\s*{_NUMBER}{_UNIT}")
_BELOW_AFTER = re.compile(rf"{_NUMBER}{_UNIT}\s*(?:以下|及以下|or below|or less|or colder)")


@dataclass(frozen=True, slots=True)
class StorageRange:
    """Tenths of a degree Celsius, both ends included; ``lowest`` None: however cold."""

    lowest: int | None
    highest: int

    def holds(self, tenths: int) -> bool:
        return tenths <= self.highest and (self.lowest is None or tenths >= self.lowest)


def cold_range(storage: str) -> StorageRange | None:
    """The range of cold-chain goods; None for others, and where the words give no numbers: nothing is guessed."""
    words = unicodedata.normalize("NFKC", storage).casefold().translate(_DASHES)
    found = _range(words)
    return found if found is not None and found.highest <= WARMEST_COLD_TENTHS else None


def has_arrived_cold(storage: str, tenths: int | None) -> bool | None:
    """Whether cold-chain goods arrived within their range; None where goods are not cold or nobody measured."""
    wanted = cold_range(storage)
    return None if wanted is None or tenths is None else wanted.holds(tenths)


def _range(words: str) -> StorageRange | None:
    between = _BETWEEN.search(words)
    if between is not None:
        ends = sorted(_tenths(end) for end in between.groups())
        return StorageRange(ends[0], ends[1])
    below = _BELOW_BEFORE.search(words) or _BELOW_AFTER.search(words)
    return StorageRange(None, _tenths(below.group(1))) if below is not None else None


def _tenths(number: str) -> int:
    return round(float(number) * 10)
