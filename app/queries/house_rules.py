"""The hospital's own rules: what the executives have set, and what holds until they do."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.actor import Bilingual
from app.models.persons import Person, Setting

LIMIT_KEY = "requisition.limit"
USUAL_LIMIT = 100
"""Base units of one requisition that need no approval, unless the setting says otherwise."""


@dataclass(frozen=True, slots=True)
class LimitRow:
    """Above ``units`` a requisition waits for the ward's head; nobody has set it where ``changed_by`` is None."""

    units: int
    changed_by: Bilingual | None
    changed_at: datetime | None


def requisition_limit(session: Session) -> LimitRow:
    """The limit in force; a value that is no number counts as none."""
    found = session.execute(
        select(Setting, Person).outerjoin(Person, Person.id == Setting.changed_by).where(Setting.key == LIMIT_KEY)
    ).first()
    if found is None or not found[0].value.isdecimal():
        return LimitRow(USUAL_LIMIT, None, None)
    setting, person = found
    return LimitRow(
        int(setting.value), Bilingual(person.name_zh, person.name_en) if person else None, setting.changed_at
    )
