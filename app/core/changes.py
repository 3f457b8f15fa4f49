"""What a finished write has touched, so open pages know whether to reload."""

from enum import Enum, auto


class Topic(Enum):
    """One family of records."""

    CATALOGUE = auto()
    DELIVERIES = auto()
    STOCK = auto()
    LOCKS = auto()
    RECALLS = auto()
    TASKS = auto()
    DOCUMENTS = auto()
    DEPARTURES = auto()
    PERSONS = auto()
    SETTINGS = auto()


Changes = frozenset[Topic]
