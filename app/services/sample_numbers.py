"""The sample hospital as written, and the numbers that stand on the labels of its products."""

import tomllib
from functools import cache
from typing import Any

from app.core.places import resources
from app.udi.checks import gs1_check_digit


@cache
def hospital_file() -> dict[str, Any]:
    """The sample hospital as written; to be read only."""
    with (resources() / "sample" / "hospital.toml").open("rb") as file:
        return tomllib.load(file)


def sample_number(ref: str) -> int:
    """The number of a product of the sample, by its REF. Raises ValueError for one that is not there."""
    refs = [variant[0] for family in hospital_file()["families"] for variant in family["variants"]]
    return refs.index(ref) + 1


def sample_di(ref: str, agency: str) -> str:
    """The HIBC or MA identifier of a product of the sample."""
    return next(told["di"] for told in hospital_file()["identifiers"] if (told["ref"], told["agency"]) == (ref, agency))


def sample_gtin(number: int, level: int = 0) -> str:
    """A GTIN-14 with a right check digit under a company prefix that no firm has."""
    body = f"{level}69999990{number:04d}"
    return body + gs1_check_digit(body)
