"""What a recall notice says about one unit."""

from enum import Enum


class Verdict(Enum):
    """Three answers; doubt is an answer of its own and never becomes ``NOT_AFFECTED``."""

    AFFECTED = "affected"
    NOT_AFFECTED = "not_affected"
    NEED_INFO = "need_info"
