"""Rows for the tests of paper; persons, firms, lots and certificate numbers are invented."""

from dataclasses import replace
from datetime import UTC, date, datetime

from app.reports.rows import (
    BalanceLine,
    BatchLabel,
    CaseHead,
    CaseReport,
    ControlSheet,
    DepartmentLine,
    EvidenceStamp,
    LotLine,
    NoticeSheet,
    Paper,
    QuarantineLabel,
    QuarantineLine,
    QuarantineList,
    ReceiptCheck,
    ReceiptLine,
    ReceiptSlip,
    ReturnForm,
    ReturnLine,
    TaskSheet,
    TimelineLine,
)

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

RETURN = ReturnForm(
    paper=PAPER,
    case=CASE,
    number="RT-2026-0009",
    supplier="江临康达医药有限公司",
    supplier_address="江临市滨河路 100 号 3 幢",
    supplier_contact="售后 何静 0000-8000000",
    authorisation="RMA-26-0312",
    carrier="江临冷链物流",
    waybill="JL20260315000817",
    cartons=2,
    shipped_at=datetime(2026, 3, 15, 2, 10, tzinfo=UTC),
    storage="常温，避光",
    handed_over_by="周敏",
    witnessed_by="陈立",
    lines=tuple(
        ReturnLine(
            product="一次性使用中心静脉导管包",
            ref="CVC-7F-20",
            lot=line.lot,
            quantity=line.expected,
            unit="套",
            expires_on=line.expires_on,
            carton=f"{index} / 3",
        )
        for index, line in enumerate(LOTS, 1)
    ),
)

QUARANTINE = QuarantineList(
    paper=PAPER,
    case=CASE,
    site="主院区",
    site_en="Main site",
    keeper="周敏",
    lines=tuple(
        QuarantineLine(
            product="一次性使用中心静脉导管包",
            ref="CVC-7F-20",
            lot=line.lot,
            quantity=line.expected,
            unit="套",
            expires_on=line.expires_on,
            place="主院区隔离区 A2",
            from_place="重症医学科",
            sealed_by="周敏",
            sealed_at=datetime(2026, 3, 12, 6, 22, tzinfo=UTC),
            label=f"{index} / 3",
        )
        for index, line in enumerate(LOTS, 1)
    ),
)

RECEIPT = ReceiptSlip(
    paper=PAPER,
    number="IN-2026-03-0118",
    supplier="江临康达医药有限公司",
    supplier_address="江临市滨河路 100 号 3 幢",
    supplier_contact="何静 0000-8000000",
    supplier_licence="江药监械经营许20260001号",
    order_number="PO-2026-0442",
    delivery_note="KD-260301-7",
    purchased_on=date(2026, 2, 27),
    received_at=datetime(2026, 3, 1, 1, 30, tzinfo=UTC),
    received_by="周敏",
    inspected_by="何静",
    inspected_at=datetime(2026, 3, 1, 3, 5, tzinfo=UTC),
    place="中心库 B3",
    temperature="18.5 ℃",
    waybill="JL20260301000211",
    lines=(
        ReceiptLine(
            product="一次性使用中心静脉导管包",
            specification="7F 双腔，20 cm",
            ref="CVC-7F-20",
            lot="2509A17",
            quantity=480,
            unit="套",
            produced_on=date(2025, 9, 1),
            expires_on=date(2028, 8, 31),
            registrant="泽岚医疗科技（江临）有限公司",
            contract_maker="江临精塑医疗器械有限公司",
            certificate="国械注准20213080000",
            state="released",
        ),
        ReceiptLine(
            product="植入式心脏起搏器",
            specification="双腔频率应答",
            ref="PM-DR-3",
            lot="PM26010",
            serial="PM26010-000417",
            quantity=1,
            unit="台",
            produced_on=date(2026, 1, 8),
            expires_on=date(2028, 1, 7),
            registrant="衡川医疗（江临）有限公司",
            certificate="国械注准20243120000",
            state="rejected",
            remark="外包装破损",
        ),
    ),
    checks=(
        ReceiptCheck(name="supplier", passed=True),
        ReceiptCheck(name="certificate", passed=True),
        ReceiptCheck(name="conformity", passed=True, note="附检验报告 2 份"),
        ReceiptCheck(name="storage", passed=True, note="到货 18.5 ℃"),
        ReceiptCheck(name="package", passed=False, note="起搏器 1 台外包装破损，已拒收"),
        ReceiptCheck(name="expiry"),
    ),
)

REPORT = CaseReport(
    paper=PAPER,
    case=CASE,
    state="reconciling",
    registered_at=datetime(2026, 3, 12, 0, 5, tzinfo=UTC),
    launched_at=AT,
    registered_by="林晓",
    approved_by="陈立",
    balance=(
        BalanceLine(
            lot="2509A17",
            received=480,
            in_stock=0,
            quarantined=264,
            expensed=0,
            used=150,
            returned=48,
            destroyed=16,
            unaccounted=2,
        ),
        BalanceLine(lot="2509A18", received=420, quarantined=222, used=150, returned=48),
        BalanceLine(lot="2510B02", received=340, quarantined=226, used=112, built_into_kit=2),
    ),
    evidence=(
        *EVIDENCE,
        EvidenceStamp(step="feedback", at=DUE, by="10 / 10"),
    ),
    departments=(
        DepartmentLine(
            department="重症医学科",
            site="主院区",
            state="done",
            expected=120,
            found=118,
            acknowledged_at=AT,
            done_at=DUE,
            note="2 套已拆封丢弃，有记录",
        ),
        DepartmentLine(department="急诊科", site="东院区", state="sent", expected=64),
    ),
    timeline=(
        TimelineLine(at=datetime(2026, 3, 12, 0, 5, tzinfo=UTC), what="接到注册人召回通知并登记。", by="林晓"),
        TimelineLine(at=AT, what="第二人批准，启动召回，锁定 3 个批次。", by="陈立"),
    ),
    differences="2509A17 差异 2 套：重症医学科拆封后丢弃，护士长书面说明。",
    root_cause="注册人告知：涂层固化工序温度偏低。",
    lessons="抢救车备用品纳入二级库盘点。",
)

QUARANTINE_LABEL = QuarantineLabel(
    case_number="RC-2026-0017",
    kind="voluntary",
    recall_class="I",
    product="中心静脉导管包",
    product_en="Central venous kit",
    ref="CVC-7F-20",
    lot="2509A17",
    expires_on=date(2028, 8, 31),
    quantity=44,
    unit="件",
    place="主院区 隔离区 A2",
    from_place="重症医学科",
    sealed_by="周敏",
    sealed_at=datetime(2026, 3, 12, 6, 22, tzinfo=UTC),
    index=3,
    count=6,
    zone="Asia/Shanghai",
)

BATCH_LABEL = BatchLabel(
    product="一次性使用中心静脉导管包",
    product_en="Central venous catheter kit",
    ref="CVC-7F-20",
    lot="2509A17",
    batch_code="B-000417",
    gtin="06900000000014",
    expires_on=date(2028, 8, 31),
    produced_on=date(2025, 9, 1),
    quantity=20,
    unit="套",
    supplier="江临康达医药有限公司",
    receipt_number="IN-2026-03-0118",
    place="中心库 B3",
    storage="常温，避光",
    hospital="江临大学附属医院",
)

CONTROLS = ControlSheet(paper=PAPER, places=(("A2", "隔离区 A2"), ("B3", "中心库 B3")))
