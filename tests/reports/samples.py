"""Rows for the tests of paper; persons, firms, lots and certificate numbers are invented."""

from dataclasses import replace
from datetime import UTC, date, datetime

from app.reports.rows import CaseHead, EvidenceStamp, LotLine, NoticeSheet, Paper, TaskSheet

AT = datetime(2026, 3, 12, 0, 52, tzinfo=UTC)
DUE = datetime(2026, 3, 12, 12, 52, tzinfo=UTC)

PAPER = Paper(
    hospital="江临大学附属医院",
    hospital_en="Jianglin University Hospital",
    office="物资科",
    office_en="Materials Department",
    printed_at=AT,
    printed_by="林晓",
    seal="9f3c71ae20b6e5d8a1b2c3d4e5f60718293a4b5c6d7e8f9001122334455604d2",
    seal_number=18442,
    zone="Asia/Shanghai",
)

CASE = CaseHead(
    number="RC-2026-0017",
    kind="voluntary",
    recall_class="I",
    product="一次性使用中心静脉导管包",
    product_en="Central venous catheter kit",
    ref="CVC-7F-20 / CVC-7F-30",
    certificate="国械注准20213080000",
    manufacturer="泽岚医疗科技（江临）有限公司",
    supplier="江临康达医药有限公司",
    reason="导丝亲水涂层可能脱落，碎屑会进入血管。",
    reason_en="The hydrophilic coating of the guide wire may shed; particles can enter the vessel.",
    treatment=("warn", "retrieve", "destroy"),
)

LOTS = (
    LotLine(lot="2509A17", expires_on=date(2028, 8, 31), received=128, used=58, expected=70, unit="套"),
    LotLine(lot="2509A18", expires_on=date(2028, 9, 7), received=74, used=38, expected=36, unit="套"),
    LotLine(lot="2510B02", expires_on=date(2028, 10, 10), received=36, used=22, expected=14, unit="套"),
)

EVIDENCE = (
    EvidenceStamp(step="received", at=datetime(2026, 3, 12, 0, 5, tzinfo=UTC), by="林晓"),
    EvidenceStamp(step="distributed", at=AT, by="林晓"),
)

NOTICE = NoticeSheet(
    paper=PAPER,
    case=CASE,
    department="重症医学科",
    department_en="Intensive care",
    site="主院区",
    site_en="Main site",
    lines=LOTS,
    issued_at=AT,
    issued_by="陈立（科长）",
    registered_by="林晓",
    due_at=DUE,
    task_number=3,
    task_count=10,
    contact="物资科召回台 8120，林晓",
    substitutes=("CVC-7F-20S，本科室 12 套，中心库可送 60 套（可用约 6 天）",),
    evidence=EVIDENCE,
)


def paper(language: str) -> Paper:
    return replace(PAPER, language=language)


TASK = TaskSheet(
    paper=PAPER,
    case=CASE,
    department="重症医学科",
    department_en="Intensive care",
    site="主院区",
    site_en="Main site",
    task_code="RC-2026-0017/03",
    lines=tuple(replace(line, place=f"治疗室 {index} 号柜") for index, line in enumerate(LOTS, 1)),
    due_at=DUE,
    acknowledge_by=datetime(2026, 3, 12, 4, 52, tzinfo=UTC),
    liaison="周敏",
    contact="物资科召回台 8120，林晓",
    substitutes=("CVC-7F-20S，中心库可送 60 套",),
)
