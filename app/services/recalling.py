"""A recall from the notice to the closed file: the use cases in their order, and where each of them is.

Every method takes ``actor`` and, where a person acts, ``op_id`` (made by the presenter when the person acted: the same
one twice writes nothing twice, ``ExistsError``). ``version`` is ``CaseHead.version`` or ``TaskRow.version`` as the
person saw it; another one raises ``ConflictError``. Every answer has ``changes``. Where a second person signs, the
presenter calls ``SigningInService.sign(first=…, op_id=…, meaning=…)`` first and hands the ``Actor`` over as ``second``;
meanings are the keys of ``[recalls.meaning]``.

1 registering   register(notice) · confirm_clauses · correct_clause · remove_clause · add_clause · add_product ·
                settle_doubt                                    registered → (any change ends assessment and approval)
2 assessing     assess · decide                                 → assessing
3 launching     hold (one person, at once) · approve · approve_in_place · launch           → active
  papers        print_launch, after the launch: what prints can fail, what is locked stays locked
4 answering     acknowledge · count · none_found · quarantine_here · finish · exempt · chase
5 collecting    collect (scan) · explain · explain_surplus · destroy
  returning     ship · confirm
  papers        print_return · print_quarantine_list · print_case_report
6 closing       reply · write_review · reconcile → reconciling · ask_review → closing_review · send_back ·
                close, close_in_place → closed · close_not_affected · withdraw · reopen
7 lifting       lift_holds · lift_recall, by two persons; nothing else ever lifts a lock of a case

Read with ``app.queries``: recalls (list), case_head, case_scope, impact, tasks, case_goods, case_documents,
case_timeline, case_closing.
"""

from app.models.database import Database
from app.services.answering import AnsweringService
from app.services.assessing import AssessingService
from app.services.closing import ClosingService
from app.services.collecting import CollectingService
from app.services.launching import LaunchingService
from app.services.lifting import LiftingService
from app.services.papers import PaperService
from app.services.registering import RegisteringService
from app.services.returning import ReturningService
from app.services.second_reading import SecondReadingService
from app.services.signing_in import SigningInService


class RecallingService:
    """All services of a recall over one database, for who builds the object graph."""

    def __init__(self, database: Database, signing: SigningInService) -> None:
        self.registering = RegisteringService(database)
        self.assessing = AssessingService(database, signing)
        self.second_reading = SecondReadingService(database, signing)
        self.launching = LaunchingService(database, signing)
        self.answering = AnsweringService(database)
        self.collecting = CollectingService(database)
        self.returning = ReturningService(database)
        self.closing = ClosingService(database, signing)
        self.lifting = LiftingService(database)
        self.papers = PaperService(database)
