"""What the printed codes say, so that a scan finds its way back into the program.

Everything of ours starts with ``RD:``. No label of locked goods carries a product identifier: it could be scanned
into use. GS1 strings follow the General Specifications: lot and serial up to 20 characters of set 82.
"""

import re
from datetime import date
from enum import Enum

GS1_TEXT = re.compile(r"[!\"%&'()*+,\-./0-9:;<=>?A-Z_a-z]{1,20}")
GTIN = re.compile(r"\d{14}")


class Control(Enum):
    """The control barcodes of the bench: the value is what follows ``RD:CTL:``."""

    CONFIRM = "CONFIRM"
    CANCEL = "CANCEL"
    NEXT = "NEXT"
    PRINT = "PRINT"
    QUANTITY_TEN = "QTY10"
    CHANGE_PLACE = "PLACE"


def case_code(number: str) -> str:
    """Opens the recall case."""
    return f"RD:CASE:{number}"


def task_code(code: str) -> str:
    """Opens one department's task."""
    return f"RD:TASK:{code}"


def return_code(number: str) -> str:
    """Opens the return to the supplier."""
    return f"RD:RETURN:{number}"


def transfer_code(number: str) -> str:
    """Opens the transfer between stores."""
    return f"RD:TRANSFER:{number}"


def receipt_code(number: str) -> str:
    """Opens the receipt."""
    return f"RD:RECEIPT:{number}"


def batch_code(code: str) -> str:
    """Names a batch of goods that carry no GS1 identifier."""
    return f"RD:BATCH:{code}"


def place_code(code: str) -> str:
    """Names a storage place."""
    return f"RD:PLACE:{code}"


def shelf_code(code: str) -> str:
    """Names a shelf or bin of the store whose page is open."""
    return f"RD:SHELF:{code}"


def control_code(control: Control) -> str:
    """Says a key press to the page that is open."""
    return f"RD:CTL:{control.value}"


def gs1_elements(*, gtin: str, lot: str, expires_on: date | None, serial: str) -> tuple[tuple[str, str], ...]:
    """The element strings of a batch label, or nothing where GS1 cannot carry them unchanged.

    Nothing for a DI that is no GTIN-14 and for a lot or serial with characters outside set 82 or longer than 20.
    """
    texts = [text for text in (lot, serial) if text]
    if not GTIN.fullmatch(gtin) or not all(GS1_TEXT.fullmatch(text) for text in texts):
        return ()
    expiry = f"{expires_on:%y%m%d}" if expires_on else ""
    parts = (("01", gtin), ("17", expiry), ("10", lot), ("21", serial))
    return tuple((identifier, value) for identifier, value in parts if value)


def bracketed(elements: tuple[tuple[str, str], ...]) -> str:
    """The elements for the encoder, in square brackets, which no GS1 text may hold."""
    return "".join(f"[{identifier}]{value}" for identifier, value in elements)


def human_readable(elements: tuple[tuple[str, str], ...]) -> tuple[str, ...]:
    """The elements as printed under the symbol, each in round brackets."""
    return tuple(f"({identifier}){value}" for identifier, value in elements)
