"""Uses on patients as anybody may read them: one number per visit, and the tail of it that a screen shows.

Whose number it is stays in ``patient_use``, which only a look that says why may open.
"""

from typing import Any

from sqlalchemy import ColumnClause, Integer, String, TableClause, column, table

_COLUMNS: tuple[ColumnClause[Any], ...] = (
    column("movement_id", Integer),
    column("patient", Integer),
    column("shown", String),
)
MARKS: TableClause = table("patient_mark", *_COLUMNS)
"""``movement_id``; ``patient``, the same for all uses of one visit; ``shown``, dots and the last characters."""
