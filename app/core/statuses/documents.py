"""The kinds of paper that the program makes and keeps."""

from enum import Enum


class DocumentKind(Enum):
    """What ``document.kind`` holds."""

    NOTICE = "notice"
    TASK_SHEET = "task_sheet"
    QUARANTINE_LABELS = "quarantine_labels"
    QUARANTINE_LIST = "quarantine_list"
    RETURN_FORM = "return_form"
    CASE_REPORT = "case_report"
    RECEIPT_SLIP = "receipt_slip"
    BATCH_LABELS = "batch_labels"
    DEPARTURE_FORM = "departure_form"
    DISPOSAL_RECORD = "disposal_record"
    COUNT_SHEET = "count_sheet"
    COUNT_REPORT = "count_report"
    TRANSFER_SLIP = "transfer_slip"
