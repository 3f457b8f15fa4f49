"""A task of a department, straight into the tables."""

from app.core.statuses.recall import TaskState
from app.models.recalls import DepartmentTask


def send_task(watch, case_id, start, acknowledge, done) -> int:
    """Sent to the ICU; returns its id."""
    with watch.database.writing(watch.hospital.persons["coordinator"]) as session:
        task = DepartmentTask(
            number="RW-1",
            case_id=case_id,
            location_id=watch.hospital.places["icu"],
            state=TaskState.SENT,
            expected=1,
            acknowledge_by=start + acknowledge,
            done_by=start + done,
            note="",
        )
        session.add(task)
        session.flush()
        return task.id
