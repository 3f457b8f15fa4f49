"""The hospital's own rules are set by its executives; each change is audited with what stood before."""

from dataclasses import dataclass

from app.core.actor import Actor
from app.core.changes import Changes, Topic
from app.core.errors import ConflictError, RuleError
from app.core.permissions import Duty
from app.models.database import Database
from app.models.persons import Setting
from app.queries.house_rules import LIMIT_KEY, requisition_limit

MOST_UNITS = 1_000_000


class LimitRangeError(RuleError):
    """A limit is a whole number between 0 and ``most``."""

    code = "house_rules.limit_range"


@dataclass(frozen=True, slots=True)
class Regulated:
    """The rule as it holds for requisitions from now on."""

    units: int
    changes: Changes = frozenset({Topic.SETTINGS})


class RegulatingService:
    """Duty: SET_RULES."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def set_requisition_limit(self, *, actor: Actor, units: int, seen: int) -> Regulated:
        """Requisitions of more than ``units`` wait for the ward's head; 0: all of them. Those asked before stay.

        ``seen`` is the limit that the person saw. Raises LimitRangeError, ConflictError.
        """
        actor.demand(Duty.SET_RULES)
        if not 0 <= units <= MOST_UNITS:
            raise LimitRangeError(most=MOST_UNITS)
        with self._database.writing(actor.id) as session:
            setting = session.get(Setting, LIMIT_KEY, with_for_update=True)
            if requisition_limit(session).units != seen:
                raise ConflictError
            if setting is None:
                setting = Setting(key=LIMIT_KEY)
                session.add(setting)
            setting.value, setting.changed_by, setting.changed_at = str(units), actor.id, self._database.clock()
        return Regulated(units)
