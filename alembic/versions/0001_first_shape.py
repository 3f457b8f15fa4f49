"""The first shape: places, persons, catalogue, batches, ledger, locks, recalls, audit trail, and their wall."""

import sqlalchemy as sa
from alembic import op
from standing_wall import raise_wall, take_down_wall

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "agent_job",
        sa.Column("job", sa.String(length=64), nullable=False),
        sa.Column("ran_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "ended",
            sa.Enum("done", "failed", "unset", name="jobend", native_enum=False, create_constraint=True, length=24),
            nullable=False,
        ),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("late_seconds", sa.Integer(), nullable=False),
        sa.Column("fence", sa.Integer(), nullable=False),
        sa.Column("trouble_zh", sa.String(length=1000), nullable=False),
        sa.Column("trouble_en", sa.String(length=1000), nullable=False),
        sa.PrimaryKeyConstraint("job", name=op.f("pk_agent_job")),
    )
    op.create_table(
        "audit_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(length=64), nullable=False),
        sa.Column("table_name", sa.String(length=64), nullable=False),
        sa.Column("row_id", sa.String(length=64), nullable=False),
        sa.Column("action", sa.String(length=64), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.Column("previous", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_entry")),
        sa.UniqueConstraint("person_id", "sequence", name=op.f("uq_audit_entry_person_id_sequence")),
    )
    op.create_index("ix_audit_entry_row", "audit_entry", ["table_name", "row_id"], unique=False)
    op.create_table(
        "audit_head",
        sa.Column("person_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_audit_head")),
    )
    op.create_table(
        "audit_seal",
        sa.Column("n", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("heads", sa.Text(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_audit_seal")),
    )
    op.create_table(
        "mail",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.String(length=200), nullable=False),
        sa.Column("recipients", sa.String(length=1000), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("cause", sa.String(length=64), nullable=False),
        sa.Column("composed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "waiting",
                "sending",
                "sent",
                "unsure",
                "given_up",
                name="mailstate",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("next_try_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("claimed_fence", sa.Integer(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("trouble", sa.String(length=400), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mail")),
        sa.UniqueConstraint("message_id", name=op.f("uq_mail_message_id")),
    )
    op.create_index("ix_mail_state", "mail", ["state", "next_try_at"], unique=False)
    op.create_table(
        "manufacturer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name_zh", sa.String(length=200), nullable=False),
        sa.Column("name_en", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_manufacturer")),
        sa.UniqueConstraint("name_zh", name=op.f("uq_manufacturer_name_zh")),
    )
    op.create_table(
        "number_series",
        sa.Column("series", sa.String(length=64), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("series", name=op.f("pk_number_series")),
    )
    op.create_table(
        "region",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("name_zh", sa.String(length=200), nullable=False),
        sa.Column("name_en", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_region")),
        sa.UniqueConstraint("code", name=op.f("uq_region_code")),
    )
    op.create_table(
        "schema_info",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application", sa.String(length=64), nullable=False),
        sa.Column("loading", sa.Boolean(), nullable=False),
        sa.Column("loaded_by", sa.String(length=200), nullable=False),
        sa.Column("installation", sa.String(length=64), nullable=False),
        sa.Column("login_prefix", sa.String(length=64), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_schema_info_one_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_schema_info")),
    )
    op.create_table(
        "supplier",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("name_zh", sa.String(length=200), nullable=False),
        sa.Column("name_en", sa.String(length=200), nullable=False),
        sa.Column("licence_no", sa.String(length=64), nullable=False),
        sa.Column("licence_valid_from", sa.Date(), nullable=True),
        sa.Column("licence_valid_until", sa.Date(), nullable=False),
        sa.Column("licence_scope", sa.String(length=64), nullable=False),
        sa.Column("address", sa.String(length=200), nullable=False),
        sa.Column("phone", sa.String(length=64), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_supplier")),
        sa.UniqueConstraint("code", name=op.f("uq_supplier_code")),
    )
    op.create_table(
        "certificate",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=64), nullable=False),
        sa.Column("manufacturer_id", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["manufacturer_id"], ["manufacturer.id"], name=op.f("fk_certificate_manufacturer_id_manufacturer")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificate")),
        sa.UniqueConstraint("number", name=op.f("uq_certificate_number")),
    )
    op.create_index(op.f("ix_certificate_manufacturer_id"), "certificate", ["manufacturer_id"], unique=False)
    op.create_table(
        "site",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("name_zh", sa.String(length=200), nullable=False),
        sa.Column("name_en", sa.String(length=200), nullable=False),
        sa.Column("time_zone", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["region_id"], ["region.id"], name=op.f("fk_site_region_id_region")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_site")),
        sa.UniqueConstraint("code", name=op.f("uq_site_code")),
    )
    op.create_index(op.f("ix_site_region_id"), "site", ["region_id"], unique=False)
    op.create_table(
        "location",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "store",
                "department",
                "quarantine",
                name="locationkind",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("name_zh", sa.String(length=200), nullable=False),
        sa.Column("name_en", sa.String(length=200), nullable=False),
        sa.Column("keeps_stock", sa.Boolean(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("phone", sa.String(length=64), nullable=False),
        sa.CheckConstraint("length(code) > 0", name=op.f("ck_location_code_given")),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_location_site_id_site")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_location")),
        sa.UniqueConstraint("code", name=op.f("uq_location_code")),
    )
    op.create_index(op.f("ix_location_site_id"), "location", ["site_id"], unique=False)
    op.create_table(
        "product",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("name_zh", sa.String(length=200), nullable=False),
        sa.Column("name_en", sa.String(length=200), nullable=False),
        sa.Column("spec", sa.String(length=200), nullable=False),
        sa.Column("ref", sa.String(length=64), nullable=False),
        sa.Column(
            "product_class",
            sa.Enum("I", "II", "III", name="productclass", native_enum=False, create_constraint=True, length=24),
            nullable=False,
        ),
        sa.Column("category_code", sa.String(length=64), nullable=False),
        sa.Column("certificate_id", sa.Integer(), nullable=False),
        sa.Column("base_unit_zh", sa.String(length=64), nullable=False),
        sa.Column("base_unit_en", sa.String(length=64), nullable=False),
        sa.Column("is_implant", sa.Boolean(), nullable=False),
        sa.Column("is_contract_made", sa.Boolean(), nullable=False),
        sa.Column("contract_maker", sa.String(length=200), nullable=False),
        sa.Column("needs_lot", sa.Boolean(), nullable=False),
        sa.Column("needs_serial", sa.Boolean(), nullable=False),
        sa.Column("needs_expiry", sa.Boolean(), nullable=False),
        sa.Column("needs_production", sa.Boolean(), nullable=False),
        sa.Column("storage", sa.String(length=100), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.CheckConstraint("length(code) > 0", name=op.f("ck_product_code_given")),
        sa.ForeignKeyConstraint(
            ["certificate_id"], ["certificate.id"], name=op.f("fk_product_certificate_id_certificate")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_product")),
        sa.UniqueConstraint("code", name=op.f("uq_product_code")),
    )
    op.create_index(op.f("ix_product_certificate_id"), "product", ["certificate_id"], unique=False)
    op.create_table(
        "batch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("product_id", sa.Integer(), nullable=False),
        sa.Column("lot_no", sa.String(length=64), nullable=False),
        sa.Column("lot_key", sa.String(length=64), nullable=False),
        sa.Column("is_lot_unknown", sa.Boolean(), nullable=False),
        sa.Column("production_on", sa.Date(), nullable=True),
        sa.Column("expiry_on", sa.Date(), nullable=True),
        sa.Column(
            "expiry_precision",
            sa.Enum(
                "day", "month", "hour", name="expiryprecision", native_enum=False, create_constraint=True, length=24
            ),
            nullable=True,
        ),
        sa.Column("supplier_id", sa.Integer(), nullable=False),
        sa.Column("receipt_no", sa.String(length=32), nullable=False),
        sa.Column(
            "inspection",
            sa.Enum(
                "pending",
                "released",
                "rejected",
                name="inspection",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("length(lot_key) > 0", name=op.f("ck_batch_lot_given")),
        sa.CheckConstraint(
            "production_on IS NULL OR expiry_on IS NULL OR production_on <= expiry_on",
            name=op.f("ck_batch_dates_in_order"),
        ),
        sa.ForeignKeyConstraint(["product_id"], ["product.id"], name=op.f("fk_batch_product_id_product")),
        sa.ForeignKeyConstraint(["supplier_id"], ["supplier.id"], name=op.f("fk_batch_supplier_id_supplier")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_batch")),
        sa.UniqueConstraint("product_id", "lot_key", "receipt_no", name=op.f("uq_batch_product_id_lot_key_receipt_no")),
    )
    op.create_index("ix_batch_expiry_on", "batch", ["expiry_on"], unique=False)
    op.create_index("ix_batch_lot_key", "batch", ["lot_key"], unique=False)
    op.create_index(op.f("ix_batch_supplier_id"), "batch", ["supplier_id"], unique=False)
    op.create_table(
        "packaging_level",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("product_id", sa.Integer(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("name_zh", sa.String(length=64), nullable=False),
        sa.Column("name_en", sa.String(length=64), nullable=False),
        sa.Column("units", sa.Integer(), nullable=False),
        sa.CheckConstraint("units > 0", name=op.f("ck_packaging_level_units_positive")),
        sa.ForeignKeyConstraint(["product_id"], ["product.id"], name=op.f("fk_packaging_level_product_id_product")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_packaging_level")),
        sa.UniqueConstraint("product_id", "level", name=op.f("uq_packaging_level_product_id_level")),
    )
    op.create_table(
        "person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("login", sa.String(length=64), nullable=False),
        sa.Column("name_zh", sa.String(length=200), nullable=False),
        sa.Column("name_en", sa.String(length=200), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("failed_tries", sa.Integer(), nullable=False),
        sa.Column("locked_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("location_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("must_change", sa.Boolean(), nullable=False),
        sa.Column("password_set_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("badge_no", sa.String(length=64), nullable=True),
        sa.CheckConstraint("length(badge_no) > 0", name=op.f("ck_person_badge_given")),
        sa.CheckConstraint("length(login) > 0", name=op.f("ck_person_login_given")),
        sa.ForeignKeyConstraint(["location_id"], ["location.id"], name=op.f("fk_person_location_id_location")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("badge_no", name=op.f("uq_person_badge_no")),
        sa.UniqueConstraint("login", name=op.f("uq_person_login")),
    )
    op.create_index(op.f("ix_person_location_id"), "person", ["location_id"], unique=False)
    op.create_table(
        "shelf_place",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("location_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.CheckConstraint("length(code) > 0", name=op.f("ck_shelf_place_code_given")),
        sa.ForeignKeyConstraint(["location_id"], ["location.id"], name=op.f("fk_shelf_place_location_id_location")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shelf_place")),
        sa.UniqueConstraint("location_id", "code", name=op.f("uq_shelf_place_location_id_code")),
    )
    op.create_table(
        "agent_lease",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("holder", sa.String(length=64), nullable=False),
        sa.Column("machine", sa.String(length=200), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("agent", "client", name="holder", native_enum=False, create_constraint=True, length=24),
            nullable=False,
        ),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("fence", sa.Integer(), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("renewed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("held_until", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_agent_lease_one_row")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_agent_lease_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agent_lease")),
    )
    op.create_table(
        "attachment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "photo",
                "certificate",
                "conformity",
                "delivery_note",
                "invoice",
                "other",
                name="attachmentkind",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("media_type", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("added_by", sa.Integer(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("size > 0", name=op.f("ck_attachment_size_positive")),
        sa.ForeignKeyConstraint(["added_by"], ["person.id"], name=op.f("fk_attachment_added_by_person")),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name=op.f("fk_attachment_batch_id_batch")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachment")),
        sa.UniqueConstraint("batch_id", "content_hash", name=op.f("uq_attachment_batch_id_content_hash")),
    )
    op.create_table(
        "balance",
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("location_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "in_stock",
                "in_transit",
                "par",
                "quarantined",
                "expensed",
                "used",
                "returned",
                "destroyed",
                "built_into_kit",
                "unaccounted",
                name="stockstate",
                native_enum=False,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("last_movement_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("quantity >= 0 OR state = 'unaccounted'", name=op.f("ck_balance_not_negative")),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name=op.f("fk_balance_batch_id_batch")),
        sa.ForeignKeyConstraint(["location_id"], ["location.id"], name=op.f("fk_balance_location_id_location")),
        sa.PrimaryKeyConstraint("batch_id", "location_id", "state", name=op.f("pk_balance")),
    )
    op.create_index("ix_balance_location_id", "balance", ["location_id", "state", "batch_id"], unique=False)
    op.create_table(
        "batch_supplement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column(
            "field",
            sa.Enum(
                "lot_no",
                "production_on",
                "expiry_on",
                "supplier_address",
                "supplier_phone",
                "licence_no",
                "licence_from",
                "licence_until",
                "licence_scope",
                "certificate_from",
                "certificate_until",
                "spec",
                "ref",
                "contract_maker",
                name="field",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("old_value", sa.String(length=200), nullable=False),
        sa.Column("new_value", sa.String(length=200), nullable=False),
        sa.Column("old_key", sa.String(length=64), nullable=True),
        sa.Column("new_key", sa.String(length=64), nullable=True),
        sa.Column("op_id", sa.String(length=64), nullable=False),
        sa.Column("reason", sa.String(length=400), nullable=False),
        sa.Column("added_by", sa.Integer(), nullable=False),
        sa.Column("second_person_id", sa.Integer(), nullable=True),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(field = 'lot_no') = (new_key IS NOT NULL)", name=op.f("ck_batch_supplement_lot_has_key")),
        sa.CheckConstraint("length(reason) > 0", name=op.f("ck_batch_supplement_reason_given")),
        sa.CheckConstraint("old_value <> new_value", name=op.f("ck_batch_supplement_changes_something")),
        sa.ForeignKeyConstraint(["added_by"], ["person.id"], name=op.f("fk_batch_supplement_added_by_person")),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name=op.f("fk_batch_supplement_batch_id_batch")),
        sa.ForeignKeyConstraint(
            ["second_person_id"], ["person.id"], name=op.f("fk_batch_supplement_second_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_batch_supplement")),
        sa.UniqueConstraint("op_id", name=op.f("uq_batch_supplement_op_id")),
    )
    op.create_index("ix_batch_supplement_batch_id", "batch_supplement", ["batch_id", "field"], unique=False)
    op.create_index("ix_batch_supplement_old_key", "batch_supplement", ["old_key"], unique=False)
    op.create_table(
        "delivery",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=32), nullable=False),
        sa.Column("supplier_id", sa.Integer(), nullable=False),
        sa.Column("location_id", sa.Integer(), nullable=False),
        sa.Column("order_no", sa.String(length=32), nullable=False),
        sa.Column("note_no", sa.String(length=32), nullable=False),
        sa.Column("waybill", sa.String(length=64), nullable=False),
        sa.Column("temperature_tenths", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("receipt_no", sa.String(length=32), nullable=True),
        sa.Column("created_by", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("posted_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["created_by"], ["person.id"], name=op.f("fk_delivery_created_by_person")),
        sa.ForeignKeyConstraint(["location_id"], ["location.id"], name=op.f("fk_delivery_location_id_location")),
        sa.ForeignKeyConstraint(["supplier_id"], ["supplier.id"], name=op.f("fk_delivery_supplier_id_supplier")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery")),
        sa.UniqueConstraint("number", name=op.f("uq_delivery_number")),
        sa.UniqueConstraint("receipt_no", name=op.f("uq_delivery_receipt_no")),
    )
    op.create_index(op.f("ix_delivery_supplier_id"), "delivery", ["supplier_id"], unique=False)
    op.create_table(
        "departure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=32), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("return", "disposal", name="departurekind", native_enum=False, create_constraint=True, length=24),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "handed_over",
                "received",
                "settled",
                "destroyed",
                "cancelled",
                "reversed",
                name="departurestate",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("supplier_id", sa.Integer(), nullable=True),
        sa.Column("carrier", sa.String(length=200), nullable=False),
        sa.Column("waybill", sa.String(length=64), nullable=False),
        sa.Column("method", sa.String(length=64), nullable=False),
        sa.Column("place", sa.String(length=64), nullable=False),
        sa.Column("list_version", sa.String(length=64), nullable=False),
        sa.Column("reason", sa.String(length=400), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("handed_by", sa.Integer(), nullable=True),
        sa.Column("second_person_id", sa.Integer(), nullable=True),
        sa.Column("handed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("received_by", sa.Integer(), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("received_note", sa.String(length=200), nullable=False),
        sa.Column("settled_op_id", sa.String(length=64), nullable=False),
        sa.Column("settled_by", sa.Integer(), nullable=True),
        sa.Column("settled_second_id", sa.Integer(), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_reason", sa.String(length=400), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(kind = 'return') = (supplier_id IS NOT NULL)", name=op.f("ck_departure_return_names_supplier")
        ),
        sa.CheckConstraint(
            "kind <> 'disposal' OR state IN ('draft', 'cancelled') OR (length(method) > 0 AND length(place) > 0)",
            name=op.f("ck_departure_method_given"),
        ),
        sa.CheckConstraint(
            "kind <> 'return' OR state IN ('draft', 'cancelled') OR (length(carrier) > 0 AND length(waybill) > 0)",
            name=op.f("ck_departure_waybill_given"),
        ),
        sa.CheckConstraint(
            "state = 'reversed' OR (state = 'received') = (received_at IS NOT NULL)",
            name=op.f("ck_departure_receipt_dated"),
        ),
        sa.CheckConstraint(
            "state = 'reversed' OR (state = 'settled') = (settled_at IS NOT NULL)",
            name=op.f("ck_departure_settlement_dated"),
        ),
        sa.CheckConstraint(
            "state IN ('draft', 'cancelled') OR handed_by IS NOT NULL", name=op.f("ck_departure_handed_by_somebody")
        ),
        sa.CheckConstraint("handed_by IS NULL OR handed_by <> second_person_id", name=op.f("ck_departure_two_persons")),
        sa.CheckConstraint(
            "settled_at IS NULL OR (length(settled_reason) > 0 AND settled_by <> settled_second_id)",
            name=op.f("ck_departure_settled_by_two"),
        ),
        sa.ForeignKeyConstraint(["created_by"], ["person.id"], name=op.f("fk_departure_created_by_person")),
        sa.ForeignKeyConstraint(["handed_by"], ["person.id"], name=op.f("fk_departure_handed_by_person")),
        sa.ForeignKeyConstraint(["received_by"], ["person.id"], name=op.f("fk_departure_received_by_person")),
        sa.ForeignKeyConstraint(["second_person_id"], ["person.id"], name=op.f("fk_departure_second_person_id_person")),
        sa.ForeignKeyConstraint(["settled_by"], ["person.id"], name=op.f("fk_departure_settled_by_person")),
        sa.ForeignKeyConstraint(
            ["settled_second_id"], ["person.id"], name=op.f("fk_departure_settled_second_id_person")
        ),
        sa.ForeignKeyConstraint(["supplier_id"], ["supplier.id"], name=op.f("fk_departure_supplier_id_supplier")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_departure")),
        sa.UniqueConstraint("number", name=op.f("uq_departure_number")),
    )
    op.create_index("ix_departure_state", "departure", ["state"], unique=False)
    op.create_index(op.f("ix_departure_supplier_id"), "departure", ["supplier_id"], unique=False)
    op.create_table(
        "device_identifier",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("product_id", sa.Integer(), nullable=False),
        sa.Column("packaging_level_id", sa.Integer(), nullable=False),
        sa.Column("agency", sa.String(length=64), nullable=False),
        sa.Column("di", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["packaging_level_id"],
            ["packaging_level.id"],
            name=op.f("fk_device_identifier_packaging_level_id_packaging_level"),
        ),
        sa.ForeignKeyConstraint(["product_id"], ["product.id"], name=op.f("fk_device_identifier_product_id_product")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_device_identifier")),
        sa.UniqueConstraint("di", name=op.f("uq_device_identifier_di")),
    )
    op.create_index(op.f("ix_device_identifier_product_id"), "device_identifier", ["product_id"], unique=False)
    op.create_table(
        "ended_session",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pid", sa.Integer(), nullable=False),
        sa.Column("login", sa.String(length=64), nullable=False),
        sa.Column("address", sa.String(length=64), nullable=False),
        sa.Column("program", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=64), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_for", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["ended_for"], ["person.id"], name=op.f("fk_ended_session_ended_for_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ended_session")),
    )
    op.create_table(
        "inspection_check",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("op_id", sa.String(length=64), nullable=False),
        sa.Column("list_version", sa.String(length=64), nullable=False),
        sa.Column("item", sa.String(length=64), nullable=False),
        sa.Column("passed", sa.Boolean(), nullable=True),
        sa.Column("note", sa.String(length=400), nullable=False),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name=op.f("fk_inspection_check_batch_id_batch")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inspection_check")),
        sa.UniqueConstraint("op_id", "item", name=op.f("uq_inspection_check_op_id_item")),
    )
    op.create_index("ix_inspection_check_batch_id", "inspection_check", ["batch_id"], unique=False)
    op.create_table(
        "kit_recipe",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("product_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("note", sa.String(length=400), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("version > 0", name=op.f("ck_kit_recipe_version_counts")),
        sa.ForeignKeyConstraint(["made_by"], ["person.id"], name=op.f("fk_kit_recipe_made_by_person")),
        sa.ForeignKeyConstraint(["product_id"], ["product.id"], name=op.f("fk_kit_recipe_product_id_product")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kit_recipe")),
        sa.UniqueConstraint("product_id", "version", name=op.f("uq_kit_recipe_product_id_version")),
    )
    op.create_table(
        "operation",
        sa.Column("op_id", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_operation_person_id_person")),
        sa.PrimaryKeyConstraint("op_id", name=op.f("pk_operation")),
    )
    op.create_table(
        "part_rejection",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("op_id", sa.String(length=64), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=400), nullable=False),
        sa.Column("rejected_by", sa.Integer(), nullable=False),
        sa.Column("rejected_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("length(reason) > 0", name=op.f("ck_part_rejection_reason_given")),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_part_rejection_quantity_positive")),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name=op.f("fk_part_rejection_batch_id_batch")),
        sa.ForeignKeyConstraint(["rejected_by"], ["person.id"], name=op.f("fk_part_rejection_rejected_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_part_rejection")),
        sa.UniqueConstraint("batch_id", name=op.f("uq_part_rejection_batch_id")),
    )
    op.create_table(
        "past_password",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_past_password_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_past_password")),
    )
    op.create_index(op.f("ix_past_password_person_id"), "past_password", ["person_id"], unique=False)
    op.create_table(
        "patient_look",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=400), nullable=False),
        sa.CheckConstraint("length(reason) > 0", name=op.f("ck_patient_look_reason_given")),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name=op.f("fk_patient_look_batch_id_batch")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_patient_look_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_patient_look")),
    )
    op.create_index(op.f("ix_patient_look_batch_id"), "patient_look", ["batch_id"], unique=False)
    op.create_table(
        "person_role",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "storekeeper",
                "buyer",
                "quality_inspector",
                "dept_liaison",
                "dept_head",
                "recall_coordinator",
                "executive",
                "clinical_affairs",
                "auditor",
                "it_admin",
                "security_admin",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("granted_by", sa.Integer(), nullable=True),
        sa.Column("granted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("scope", sa.String(length=400), nullable=False),
        sa.ForeignKeyConstraint(["granted_by"], ["person.id"], name=op.f("fk_person_role_granted_by_person")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_person_role_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_role")),
    )
    op.create_index("ix_person_role_person_id", "person_role", ["person_id", "ended_at"], unique=False)
    op.create_table(
        "purchase_order",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=32), nullable=False),
        sa.Column("supplier_id", sa.Integer(), nullable=False),
        sa.Column("expected_on", sa.Date(), nullable=True),
        sa.Column("note", sa.String(length=400), nullable=False),
        sa.Column("ordered_by", sa.Integer(), nullable=False),
        sa.Column("ordered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("cancelled_by", sa.Integer(), nullable=True),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cancel_reason", sa.String(length=400), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(cancelled_at IS NULL) = (cancelled_by IS NULL)", name=op.f("ck_purchase_order_cancelled_by_somebody")
        ),
        sa.ForeignKeyConstraint(["cancelled_by"], ["person.id"], name=op.f("fk_purchase_order_cancelled_by_person")),
        sa.ForeignKeyConstraint(["ordered_by"], ["person.id"], name=op.f("fk_purchase_order_ordered_by_person")),
        sa.ForeignKeyConstraint(["supplier_id"], ["supplier.id"], name=op.f("fk_purchase_order_supplier_id_supplier")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_purchase_order")),
        sa.UniqueConstraint("number", name=op.f("uq_purchase_order_number")),
    )
    op.create_index(op.f("ix_purchase_order_supplier_id"), "purchase_order", ["supplier_id"], unique=False)
    op.create_table(
        "put_away",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("op_id", sa.String(length=64), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("location_id", sa.Integer(), nullable=False),
        sa.Column("shelf_id", sa.Integer(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("quantity >= 0", name=op.f("ck_put_away_quantity_not_negative")),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name=op.f("fk_put_away_batch_id_batch")),
        sa.ForeignKeyConstraint(["location_id"], ["location.id"], name=op.f("fk_put_away_location_id_location")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_put_away_person_id_person")),
        sa.ForeignKeyConstraint(["shelf_id"], ["shelf_place.id"], name=op.f("fk_put_away_shelf_id_shelf_place")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_put_away")),
        sa.UniqueConstraint("op_id", name=op.f("uq_put_away_op_id")),
    )
    op.create_index("ix_put_away_batch_id", "put_away", ["batch_id", "location_id", "id"], unique=False)
    op.create_index(op.f("ix_put_away_shelf_id"), "put_away", ["shelf_id"], unique=False)
    op.create_table(
        "recall_case",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=32), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "voluntary",
                "mandatory",
                "internal_hold",
                "advisory",
                "drill",
                name="casekind",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column(
            "recall_class",
            sa.Enum(
                "I",
                "II",
                "III",
                "unclassified",
                name="recallclass",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column(
            "treatment",
            sa.Enum(
                "warn",
                "check",
                "repair",
                "relabel",
                "revise_ifu",
                "software_update",
                "replace",
                "retrieve",
                "destroy",
                name="treatment",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("manufacturer", sa.String(length=200), nullable=False),
        sa.Column("hazard", sa.String(length=1000), nullable=False),
        sa.Column("notice_text", sa.Text(), nullable=False),
        sa.Column("notice_hash", sa.String(length=64), nullable=False),
        sa.Column("notice_key", sa.String(length=64), nullable=False),
        sa.Column("notice_no", sa.String(length=200), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("notice_received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "registered",
                "assessing",
                "not_affected",
                "active",
                "reconciling",
                "closing_review",
                "closed",
                "withdrawn",
                "reopened",
                name="casestate",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("registered_by", sa.Integer(), nullable=False),
        sa.Column("registered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("approved_by", sa.Integer(), nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("launched_by", sa.Integer(), nullable=True),
        sa.Column("launched_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("launched_after", sa.Integer(), nullable=True),
        sa.Column("review_by", sa.Integer(), nullable=True),
        sa.Column("review_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_by", sa.Integer(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("snapshot", sa.Text(), nullable=False),
        sa.Column("snapshot_hash", sa.String(length=64), nullable=False),
        sa.Column("assessed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("assessed_count", sa.Integer(), nullable=False),
        sa.Column("assessed_until", sa.Integer(), nullable=False),
        sa.Column("root_cause", sa.String(length=4000), nullable=False),
        sa.Column("lessons", sa.String(length=4000), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "approved_by IS NULL OR approved_by <> registered_by", name=op.f("ck_recall_case_approved_by_another")
        ),
        sa.CheckConstraint(
            "closed_by IS NULL OR closed_by <> review_by", name=op.f("ck_recall_case_closed_by_another")
        ),
        sa.ForeignKeyConstraint(["approved_by"], ["person.id"], name=op.f("fk_recall_case_approved_by_person")),
        sa.ForeignKeyConstraint(["closed_by"], ["person.id"], name=op.f("fk_recall_case_closed_by_person")),
        sa.ForeignKeyConstraint(["launched_by"], ["person.id"], name=op.f("fk_recall_case_launched_by_person")),
        sa.ForeignKeyConstraint(["parent_id"], ["recall_case.id"], name=op.f("fk_recall_case_parent_id_recall_case")),
        sa.ForeignKeyConstraint(["registered_by"], ["person.id"], name=op.f("fk_recall_case_registered_by_person")),
        sa.ForeignKeyConstraint(["review_by"], ["person.id"], name=op.f("fk_recall_case_review_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recall_case")),
        sa.UniqueConstraint("number", name=op.f("uq_recall_case_number")),
    )
    op.create_index(op.f("ix_recall_case_notice_key"), "recall_case", ["notice_key"], unique=False)
    op.create_index(op.f("ix_recall_case_parent_id"), "recall_case", ["parent_id"], unique=False)
    op.create_table(
        "requisition",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=32), nullable=False),
        sa.Column("department_id", sa.Integer(), nullable=False),
        sa.Column("store_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "asked",
                "approved",
                "partly",
                "issued",
                "refused",
                "withdrawn",
                name="requisitionstate",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("note", sa.String(length=400), nullable=False),
        sa.Column("asked_by", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_reason", sa.String(length=400), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "decided_by IS NULL OR decided_by <> asked_by", name=op.f("ck_requisition_decided_by_another")
        ),
        sa.ForeignKeyConstraint(["asked_by"], ["person.id"], name=op.f("fk_requisition_asked_by_person")),
        sa.ForeignKeyConstraint(["decided_by"], ["person.id"], name=op.f("fk_requisition_decided_by_person")),
        sa.ForeignKeyConstraint(["department_id"], ["location.id"], name=op.f("fk_requisition_department_id_location")),
        sa.ForeignKeyConstraint(["store_id"], ["location.id"], name=op.f("fk_requisition_store_id_location")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_requisition")),
        sa.UniqueConstraint("number", name=op.f("uq_requisition_number")),
    )
    op.create_index(op.f("ix_requisition_department_id"), "requisition", ["department_id"], unique=False)
    op.create_index("ix_requisition_state", "requisition", ["state", "store_id"], unique=False)
    op.create_table(
        "serial_unit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("product_id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("serial_no", sa.String(length=64), nullable=False),
        sa.Column("serial_key", sa.String(length=64), nullable=False),
        sa.Column("location_id", sa.Integer(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "in_stock",
                "in_transit",
                "par",
                "quarantined",
                "expensed",
                "used",
                "returned",
                "destroyed",
                "built_into_kit",
                "unaccounted",
                name="stockstate",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=True,
        ),
        sa.Column("last_movement_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name=op.f("fk_serial_unit_batch_id_batch")),
        sa.ForeignKeyConstraint(["location_id"], ["location.id"], name=op.f("fk_serial_unit_location_id_location")),
        sa.ForeignKeyConstraint(["product_id"], ["product.id"], name=op.f("fk_serial_unit_product_id_product")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_serial_unit")),
    )
    op.create_index(op.f("ix_serial_unit_batch_id"), "serial_unit", ["batch_id"], unique=False)
    op.create_index("ix_serial_unit_serial", "serial_unit", ["product_id", "serial_key"], unique=False)
    op.create_index(
        "uq_serial_unit_here",
        "serial_unit",
        ["product_id", "serial_key"],
        unique=True,
        sqlite_where=sa.text("last_movement_id = 0 OR state <> 'returned'"),
        postgresql_where=sa.text("last_movement_id = 0 OR state <> 'returned'"),
    )
    op.create_table(
        "service_person",
        sa.Column("person_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_service_person_person_id_person")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_service_person")),
    )
    op.create_table(
        "setting",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("value", sa.String(length=4000), nullable=False),
        sa.Column("changed_by", sa.Integer(), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["changed_by"], ["person.id"], name=op.f("fk_setting_changed_by_person")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_setting")),
    )
    op.create_table(
        "signature",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("op_id", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("meaning", sa.String(length=64), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("reason", sa.String(length=400), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_signature_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signature")),
        sa.UniqueConstraint("op_id", "person_id", name=op.f("uq_signature_op_id_person_id")),
    )
    op.create_index(op.f("ix_signature_person_id"), "signature", ["person_id"], unique=False)
    op.create_table(
        "stock_count",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=32), nullable=False),
        sa.Column("op_id", sa.String(length=64), nullable=False),
        sa.Column("location_id", sa.Integer(), nullable=False),
        sa.Column("products", sa.String(length=2000), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "counting",
                "review",
                "recounting",
                "posted",
                "cancelled",
                name="countstate",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("started_by", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_by", sa.Integer(), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("posted_by", sa.Integer(), nullable=True),
        sa.Column("approved_by", sa.Integer(), nullable=True),
        sa.Column("posted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("post_op_id", sa.String(length=64), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["approved_by"], ["person.id"], name=op.f("fk_stock_count_approved_by_person")),
        sa.ForeignKeyConstraint(["finished_by"], ["person.id"], name=op.f("fk_stock_count_finished_by_person")),
        sa.ForeignKeyConstraint(["location_id"], ["location.id"], name=op.f("fk_stock_count_location_id_location")),
        sa.ForeignKeyConstraint(["posted_by"], ["person.id"], name=op.f("fk_stock_count_posted_by_person")),
        sa.ForeignKeyConstraint(["started_by"], ["person.id"], name=op.f("fk_stock_count_started_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stock_count")),
        sa.UniqueConstraint("number", name=op.f("uq_stock_count_number")),
        sa.UniqueConstraint("op_id", name=op.f("uq_stock_count_op_id")),
    )
    op.create_index("ix_stock_count_location_id", "stock_count", ["location_id", "state"], unique=False)
    op.create_table(
        "transfer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=32), nullable=False),
        sa.Column("op_id", sa.String(length=64), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("target_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "sent",
                "short",
                "received",
                "settled",
                "taken_back",
                name="transferstate",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.String(length=400), nullable=False),
        sa.Column("sent_by", sa.Integer(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_by", sa.Integer(), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("second_person_id", sa.Integer(), nullable=True),
        sa.Column("finish_reason", sa.String(length=400), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("source_id <> target_id", name=op.f("ck_transfer_two_stores")),
        sa.ForeignKeyConstraint(["finished_by"], ["person.id"], name=op.f("fk_transfer_finished_by_person")),
        sa.ForeignKeyConstraint(["second_person_id"], ["person.id"], name=op.f("fk_transfer_second_person_id_person")),
        sa.ForeignKeyConstraint(["sent_by"], ["person.id"], name=op.f("fk_transfer_sent_by_person")),
        sa.ForeignKeyConstraint(["source_id"], ["location.id"], name=op.f("fk_transfer_source_id_location")),
        sa.ForeignKeyConstraint(["target_id"], ["location.id"], name=op.f("fk_transfer_target_id_location")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transfer")),
        sa.UniqueConstraint("number", name=op.f("uq_transfer_number")),
        sa.UniqueConstraint("op_id", name=op.f("uq_transfer_op_id")),
    )
    op.create_index(op.f("ix_transfer_source_id"), "transfer", ["source_id"], unique=False)
    op.create_index("ix_transfer_target_id", "transfer", ["target_id", "state"], unique=False)
    op.create_table(
        "workstation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("login", sa.String(length=64), nullable=False),
        sa.Column("location_id", sa.Integer(), nullable=True),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("added_by", sa.Integer(), nullable=True),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("length(login) > 0", name=op.f("ck_workstation_login_given")),
        sa.ForeignKeyConstraint(["added_by"], ["person.id"], name=op.f("fk_workstation_added_by_person")),
        sa.ForeignKeyConstraint(["location_id"], ["location.id"], name=op.f("fk_workstation_location_id_location")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workstation")),
        sa.UniqueConstraint("login", name=op.f("uq_workstation_login")),
    )
    op.create_table(
        "delivery_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("delivery_id", sa.Integer(), nullable=False),
        sa.Column("line_no", sa.Integer(), nullable=False),
        sa.Column("raw", sa.String(length=8192), nullable=False),
        sa.Column("product_id", sa.Integer(), nullable=True),
        sa.Column("di", sa.String(length=64), nullable=False),
        sa.Column("lot_no", sa.String(length=64), nullable=True),
        sa.Column("serial_no", sa.String(length=64), nullable=True),
        sa.Column("production_on", sa.Date(), nullable=True),
        sa.Column("expiry_on", sa.Date(), nullable=True),
        sa.Column(
            "expiry_precision",
            sa.Enum(
                "day", "month", "hour", name="expiryprecision", native_enum=False, create_constraint=True, length=24
            ),
            nullable=True,
        ),
        sa.Column("packages", sa.Integer(), nullable=False),
        sa.Column("units", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("problem", sa.String(length=200), nullable=False),
        sa.Column("typed", sa.String(length=200), nullable=False),
        sa.Column("override_by", sa.Integer(), nullable=True),
        sa.Column("override_reason", sa.String(length=400), nullable=False),
        sa.Column("override_op_id", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["delivery_id"], ["delivery.id"], name=op.f("fk_delivery_line_delivery_id_delivery")),
        sa.ForeignKeyConstraint(["override_by"], ["person.id"], name=op.f("fk_delivery_line_override_by_person")),
        sa.ForeignKeyConstraint(["product_id"], ["product.id"], name=op.f("fk_delivery_line_product_id_product")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery_line")),
        sa.UniqueConstraint("delivery_id", "line_no", name=op.f("uq_delivery_line_delivery_id_line_no")),
    )
    op.create_table(
        "department_task",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=32), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("location_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "sent",
                "acknowledged",
                "locating",
                "found",
                "none_found",
                "quarantined",
                "handed_over",
                "done",
                "exempted",
                name="taskstate",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("expected", sa.Integer(), nullable=False),
        sa.Column("found", sa.Integer(), nullable=True),
        sa.Column("acknowledge_by", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_by", sa.DateTime(timezone=True), nullable=False),
        sa.Column("acknowledged_by", sa.Integer(), nullable=True),
        sa.Column("acknowledged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("counted_by", sa.Integer(), nullable=True),
        sa.Column("counted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_by", sa.Integer(), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("note", sa.String(length=400), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("found IS NULL OR found >= 0", name=op.f("ck_department_task_found_not_negative")),
        sa.ForeignKeyConstraint(
            ["acknowledged_by"], ["person.id"], name=op.f("fk_department_task_acknowledged_by_person")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["recall_case.id"], name=op.f("fk_department_task_case_id_recall_case")),
        sa.ForeignKeyConstraint(["counted_by"], ["person.id"], name=op.f("fk_department_task_counted_by_person")),
        sa.ForeignKeyConstraint(["finished_by"], ["person.id"], name=op.f("fk_department_task_finished_by_person")),
        sa.ForeignKeyConstraint(["location_id"], ["location.id"], name=op.f("fk_department_task_location_id_location")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_department_task")),
        sa.UniqueConstraint("case_id", "location_id", name=op.f("uq_department_task_case_id_location_id")),
        sa.UniqueConstraint("number", name=op.f("uq_department_task_number")),
    )
    op.create_index(op.f("ix_department_task_location_id"), "department_task", ["location_id"], unique=False)
    op.create_table(
        "departure_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("departure_id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("location_id", sa.Integer(), nullable=False),
        sa.Column(
            "source_state",
            sa.Enum(
                "in_stock",
                "in_transit",
                "par",
                "quarantined",
                "expensed",
                "used",
                "returned",
                "destroyed",
                "built_into_kit",
                "unaccounted",
                name="stockstate",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("serial_unit_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_departure_line_quantity_positive")),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name=op.f("fk_departure_line_batch_id_batch")),
        sa.ForeignKeyConstraint(
            ["departure_id"], ["departure.id"], name=op.f("fk_departure_line_departure_id_departure")
        ),
        sa.ForeignKeyConstraint(["location_id"], ["location.id"], name=op.f("fk_departure_line_location_id_location")),
        sa.ForeignKeyConstraint(
            ["serial_unit_id"], ["serial_unit.id"], name=op.f("fk_departure_line_serial_unit_id_serial_unit")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_departure_line")),
        sa.UniqueConstraint(
            "departure_id",
            "batch_id",
            "location_id",
            "source_state",
            "serial_unit_id",
            name=op.f("uq_departure_line_departure_id_batch_id_location_id_source_state_serial_unit_id"),
        ),
    )
    op.create_index(op.f("ix_departure_line_batch_id"), "departure_line", ["batch_id"], unique=False)
    op.create_table(
        "document",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("location_id", sa.Integer(), nullable=True),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("seal", sa.String(length=64), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name=op.f("fk_document_batch_id_batch")),
        sa.ForeignKeyConstraint(["case_id"], ["recall_case.id"], name=op.f("fk_document_case_id_recall_case")),
        sa.ForeignKeyConstraint(["location_id"], ["location.id"], name=op.f("fk_document_location_id_location")),
        sa.ForeignKeyConstraint(["made_by"], ["person.id"], name=op.f("fk_document_made_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document")),
        sa.UniqueConstraint("number", name=op.f("uq_document_number")),
    )
    op.create_index(op.f("ix_document_batch_id"), "document", ["batch_id"], unique=False)
    op.create_index(op.f("ix_document_case_id"), "document", ["case_id"], unique=False)
    op.create_table(
        "kit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("recipe_id", sa.Integer(), nullable=False),
        sa.Column("op_id", sa.String(length=64), nullable=False),
        sa.Column("document_no", sa.String(length=32), nullable=False),
        sa.Column("built_by", sa.Integer(), nullable=False),
        sa.Column("built_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name=op.f("fk_kit_batch_id_batch")),
        sa.ForeignKeyConstraint(["built_by"], ["person.id"], name=op.f("fk_kit_built_by_person")),
        sa.ForeignKeyConstraint(["recipe_id"], ["kit_recipe.id"], name=op.f("fk_kit_recipe_id_kit_recipe")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kit")),
        sa.UniqueConstraint("batch_id", name=op.f("uq_kit_batch_id")),
    )
    op.create_index(op.f("ix_kit_recipe_id"), "kit", ["recipe_id"], unique=False)
    op.create_table(
        "kit_component",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("recipe_id", sa.Integer(), nullable=False),
        sa.Column("product_id", sa.Integer(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_kit_component_quantity_positive")),
        sa.ForeignKeyConstraint(["product_id"], ["product.id"], name=op.f("fk_kit_component_product_id_product")),
        sa.ForeignKeyConstraint(["recipe_id"], ["kit_recipe.id"], name=op.f("fk_kit_component_recipe_id_kit_recipe")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kit_component")),
        sa.UniqueConstraint("recipe_id", "product_id", name=op.f("uq_kit_component_recipe_id_product_id")),
    )
    op.create_index(op.f("ix_kit_component_product_id"), "kit_component", ["product_id"], unique=False)
    op.create_table(
        "kit_content",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kit_batch_id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("serial_unit_id", sa.Integer(), nullable=True),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.CheckConstraint("kit_batch_id <> batch_id", name=op.f("ck_kit_content_not_itself")),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_kit_content_quantity_positive")),
        sa.CheckConstraint("serial_unit_id IS NULL OR quantity = 1", name=op.f("ck_kit_content_serial_is_one")),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name=op.f("fk_kit_content_batch_id_batch")),
        sa.ForeignKeyConstraint(["kit_batch_id"], ["batch.id"], name=op.f("fk_kit_content_kit_batch_id_batch")),
        sa.ForeignKeyConstraint(
            ["serial_unit_id"], ["serial_unit.id"], name=op.f("fk_kit_content_serial_unit_id_serial_unit")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kit_content")),
        sa.UniqueConstraint(
            "kit_batch_id",
            "batch_id",
            "serial_unit_id",
            name=op.f("uq_kit_content_kit_batch_id_batch_id_serial_unit_id"),
        ),
    )
    op.create_index("ix_kit_content_batch_id", "kit_content", ["batch_id", "kit_batch_id"], unique=False)
    op.create_table(
        "lot_lock",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("product_id", sa.Integer(), nullable=False),
        sa.Column("lot_key", sa.String(length=64), nullable=True),
        sa.Column("layer", sa.String(length=64), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(length=400), nullable=False),
        sa.Column("locked_by", sa.Integer(), nullable=False),
        sa.Column("locked_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("layer = 'on_hold' OR case_id IS NOT NULL", name=op.f("ck_lot_lock_recall_names_case")),
        sa.CheckConstraint("layer IN ('on_hold', 'recall_quarantine')", name=op.f("ck_lot_lock_layer_known")),
        sa.CheckConstraint("length(reason) > 0", name=op.f("ck_lot_lock_reason_given")),
        sa.ForeignKeyConstraint(["case_id"], ["recall_case.id"], name=op.f("fk_lot_lock_case_id_recall_case")),
        sa.ForeignKeyConstraint(["locked_by"], ["person.id"], name=op.f("fk_lot_lock_locked_by_person")),
        sa.ForeignKeyConstraint(["product_id"], ["product.id"], name=op.f("fk_lot_lock_product_id_product")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lot_lock")),
    )
    op.create_index(op.f("ix_lot_lock_case_id"), "lot_lock", ["case_id"], unique=False)
    op.create_index("ix_lot_lock_product_id", "lot_lock", ["product_id", "lot_key"], unique=False)
    op.create_table(
        "movement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("op_id", sa.String(length=64), nullable=False),
        sa.Column("line_no", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "receipt",
                "inspection",
                "transfer",
                "arrival",
                "issue",
                "use",
                "ward_return",
                "quarantine",
                "unquarantine",
                "return_to_supplier",
                "disposal",
                "stock_gain",
                "stock_loss",
                "kit_build",
                "kit_open",
                "reversal",
                name="movementkind",
                native_enum=False,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("serial_unit_id", sa.Integer(), nullable=True),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=True),
        sa.Column(
            "source_state",
            sa.Enum(
                "in_stock",
                "in_transit",
                "par",
                "quarantined",
                "expensed",
                "used",
                "returned",
                "destroyed",
                "built_into_kit",
                "unaccounted",
                name="stockstate",
                native_enum=False,
                length=24,
            ),
            nullable=True,
        ),
        sa.Column("target_id", sa.Integer(), nullable=True),
        sa.Column(
            "target_state",
            sa.Enum(
                "in_stock",
                "in_transit",
                "par",
                "quarantined",
                "expensed",
                "used",
                "returned",
                "destroyed",
                "built_into_kit",
                "unaccounted",
                name="stockstate",
                native_enum=False,
                length=24,
            ),
            nullable=True,
        ),
        sa.Column(
            "outcome",
            sa.Enum(
                "pending",
                "released",
                "rejected",
                name="inspection",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=True,
        ),
        sa.Column("document_no", sa.String(length=32), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("reverses_id", sa.Integer(), nullable=True),
        sa.Column("despite_lock", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(length=400), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=False),
        sa.Column("second_person_id", sa.Integer(), nullable=True),
        sa.Column("acted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(kind = 'inspection') = (outcome IS NOT NULL)", name=op.f("ck_movement_inspection_has_outcome")
        ),
        sa.CheckConstraint(
            "(kind = 'reversal') = (reverses_id IS NOT NULL)", name=op.f("ck_movement_reversal_names_original")
        ),
        sa.CheckConstraint("(source_state IS NULL) = (source_id IS NULL)", name=op.f("ck_movement_source_whole")),
        sa.CheckConstraint("(target_state IS NULL) = (target_id IS NULL)", name=op.f("ck_movement_target_whole")),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_movement_quantity_positive")),
        sa.CheckConstraint("serial_unit_id IS NULL OR quantity = 1", name=op.f("ck_movement_serial_is_one")),
        sa.ForeignKeyConstraint(["actor_id"], ["person.id"], name=op.f("fk_movement_actor_id_person")),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name=op.f("fk_movement_batch_id_batch")),
        sa.ForeignKeyConstraint(["case_id"], ["recall_case.id"], name=op.f("fk_movement_case_id_recall_case")),
        sa.ForeignKeyConstraint(["reverses_id"], ["movement.id"], name=op.f("fk_movement_reverses_id_movement")),
        sa.ForeignKeyConstraint(["second_person_id"], ["person.id"], name=op.f("fk_movement_second_person_id_person")),
        sa.ForeignKeyConstraint(
            ["serial_unit_id"], ["serial_unit.id"], name=op.f("fk_movement_serial_unit_id_serial_unit")
        ),
        sa.ForeignKeyConstraint(["source_id"], ["location.id"], name=op.f("fk_movement_source_id_location")),
        sa.ForeignKeyConstraint(["target_id"], ["location.id"], name=op.f("fk_movement_target_id_location")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_movement")),
        sa.UniqueConstraint("op_id", "line_no", name=op.f("uq_movement_op_id_line_no")),
        sa.UniqueConstraint("reverses_id", name=op.f("uq_movement_reverses_id")),
    )
    op.create_index("ix_movement_batch_id", "movement", ["batch_id", "id"], unique=False)
    op.create_index("ix_movement_case_id", "movement", ["case_id"], unique=False)
    op.create_index("ix_movement_document_no", "movement", ["document_no"], unique=False)
    op.create_index("ix_movement_recorded_at", "movement", ["recorded_at"], unique=False)
    op.create_index(op.f("ix_movement_serial_unit_id"), "movement", ["serial_unit_id"], unique=False)
    op.create_table(
        "news",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("media_type", sa.String(length=200), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("arrived_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "waiting", "taken", "aside", name="newsstate", native_enum=False, create_constraint=True, length=24
            ),
            nullable=False,
        ),
        sa.Column("trouble", sa.String(length=64), nullable=False),
        sa.Column("settled_by", sa.Integer(), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_reason", sa.String(length=400), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["recall_case.id"], name=op.f("fk_news_case_id_recall_case")),
        sa.ForeignKeyConstraint(["settled_by"], ["person.id"], name=op.f("fk_news_settled_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_news")),
        sa.UniqueConstraint("content_hash", "part", name=op.f("uq_news_content_hash_part")),
    )
    op.create_index(op.f("ix_news_case_id"), "news", ["case_id"], unique=False)
    op.create_index("ix_news_state", "news", ["state"], unique=False)
    op.create_table(
        "purchase_order_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("line_no", sa.Integer(), nullable=False),
        sa.Column("product_id", sa.Integer(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_purchase_order_line_quantity_positive")),
        sa.ForeignKeyConstraint(
            ["order_id"], ["purchase_order.id"], name=op.f("fk_purchase_order_line_order_id_purchase_order")
        ),
        sa.ForeignKeyConstraint(["product_id"], ["product.id"], name=op.f("fk_purchase_order_line_product_id_product")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_purchase_order_line")),
        sa.UniqueConstraint("order_id", "line_no", name=op.f("uq_purchase_order_line_order_id_line_no")),
    )
    op.create_index(op.f("ix_purchase_order_line_product_id"), "purchase_order_line", ["product_id"], unique=False)
    op.create_table(
        "recall_clause",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("form", sa.String(length=64), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("confirmed_by", sa.Integer(), nullable=True),
        sa.Column("second_by", sa.Integer(), nullable=True),
        sa.Column("removed_by", sa.Integer(), nullable=True),
        sa.Column("entered_by", sa.Integer(), nullable=True),
        sa.Column("news_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "second_by IS NULL OR (confirmed_by IS NOT NULL AND second_by <> confirmed_by AND "
            "(entered_by IS NULL OR second_by <> entered_by))",
            name=op.f("ck_recall_clause_second_reader_another"),
        ),
        sa.ForeignKeyConstraint(["case_id"], ["recall_case.id"], name=op.f("fk_recall_clause_case_id_recall_case")),
        sa.ForeignKeyConstraint(["confirmed_by"], ["person.id"], name=op.f("fk_recall_clause_confirmed_by_person")),
        sa.ForeignKeyConstraint(["entered_by"], ["person.id"], name=op.f("fk_recall_clause_entered_by_person")),
        sa.ForeignKeyConstraint(["news_id"], ["news.id"], name=op.f("fk_recall_clause_news_id_news")),
        sa.ForeignKeyConstraint(["removed_by"], ["person.id"], name=op.f("fk_recall_clause_removed_by_person")),
        sa.ForeignKeyConstraint(["second_by"], ["person.id"], name=op.f("fk_recall_clause_second_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recall_clause")),
    )
    op.create_index(op.f("ix_recall_clause_case_id"), "recall_clause", ["case_id"], unique=False)
    op.create_table(
        "requisition_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("requisition_id", sa.Integer(), nullable=False),
        sa.Column("line_no", sa.Integer(), nullable=False),
        sa.Column("product_id", sa.Integer(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_requisition_line_quantity_positive")),
        sa.ForeignKeyConstraint(["product_id"], ["product.id"], name=op.f("fk_requisition_line_product_id_product")),
        sa.ForeignKeyConstraint(
            ["requisition_id"], ["requisition.id"], name=op.f("fk_requisition_line_requisition_id_requisition")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_requisition_line")),
        sa.UniqueConstraint("requisition_id", "line_no", name=op.f("uq_requisition_line_requisition_id_line_no")),
    )
    op.create_index(op.f("ix_requisition_line_product_id"), "requisition_line", ["product_id"], unique=False)
    op.create_table(
        "return_shipment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=32), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("supplier_id", sa.Integer(), nullable=False),
        sa.Column("carrier", sa.String(length=200), nullable=False),
        sa.Column("waybill", sa.String(length=64), nullable=False),
        sa.Column("handed_by", sa.Integer(), nullable=False),
        sa.Column("second_person_id", sa.Integer(), nullable=False),
        sa.Column("handed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("received_note", sa.String(length=200), nullable=False),
        sa.CheckConstraint("length(waybill) > 0", name=op.f("ck_return_shipment_waybill_given")),
        sa.ForeignKeyConstraint(["case_id"], ["recall_case.id"], name=op.f("fk_return_shipment_case_id_recall_case")),
        sa.ForeignKeyConstraint(["handed_by"], ["person.id"], name=op.f("fk_return_shipment_handed_by_person")),
        sa.ForeignKeyConstraint(
            ["second_person_id"], ["person.id"], name=op.f("fk_return_shipment_second_person_id_person")
        ),
        sa.ForeignKeyConstraint(["supplier_id"], ["supplier.id"], name=op.f("fk_return_shipment_supplier_id_supplier")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_return_shipment")),
        sa.UniqueConstraint("number", name=op.f("uq_return_shipment_number")),
    )
    op.create_index(op.f("ix_return_shipment_case_id"), "return_shipment", ["case_id"], unique=False)
    op.create_table(
        "scope_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("supplement_id", sa.Integer(), nullable=True),
        sa.Column(
            "before",
            sa.Enum(
                "affected",
                "not_affected",
                "need_info",
                name="before",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column(
            "after",
            sa.Enum(
                "affected",
                "not_affected",
                "need_info",
                name="after",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.String(length=400), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "supplement_id IS NOT NULL OR length(reason) > 0", name=op.f("ck_scope_change_decision_says_why")
        ),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name=op.f("fk_scope_change_batch_id_batch")),
        sa.ForeignKeyConstraint(["case_id"], ["recall_case.id"], name=op.f("fk_scope_change_case_id_recall_case")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_scope_change_person_id_person")),
        sa.ForeignKeyConstraint(
            ["supplement_id"], ["batch_supplement.id"], name=op.f("fk_scope_change_supplement_id_batch_supplement")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scope_change")),
    )
    op.create_index("ix_scope_change_case_id", "scope_change", ["case_id", "batch_id"], unique=False)
    op.create_table(
        "scope_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column(
            "verdict",
            sa.Enum(
                "affected",
                "not_affected",
                "need_info",
                name="verdict",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("because", sa.Text(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_reason", sa.String(length=400), nullable=False),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name=op.f("fk_scope_line_batch_id_batch")),
        sa.ForeignKeyConstraint(["case_id"], ["recall_case.id"], name=op.f("fk_scope_line_case_id_recall_case")),
        sa.ForeignKeyConstraint(["decided_by"], ["person.id"], name=op.f("fk_scope_line_decided_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scope_line")),
        sa.UniqueConstraint("case_id", "batch_id", name=op.f("uq_scope_line_case_id_batch_id")),
    )
    op.create_index(op.f("ix_scope_line_batch_id"), "scope_line", ["batch_id"], unique=False)
    op.create_table(
        "stock_count_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("op_id", sa.String(length=64), nullable=False),
        sa.Column("count_id", sa.Integer(), nullable=False),
        sa.Column("round_no", sa.Integer(), nullable=False),
        sa.Column("product_id", sa.Integer(), nullable=True),
        sa.Column("lot_no", sa.String(length=64), nullable=False),
        sa.Column("lot_key", sa.String(length=64), nullable=False),
        sa.Column("serial_no", sa.String(length=64), nullable=False),
        sa.Column("serial_unit_id", sa.Integer(), nullable=True),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column(
            "source",
            sa.Enum("scan", "typed", name="countsource", native_enum=False, create_constraint=True, length=24),
            nullable=False,
        ),
        sa.Column("raw", sa.String(length=200), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["count_id"], ["stock_count.id"], name=op.f("fk_stock_count_entry_count_id_stock_count")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_stock_count_entry_person_id_person")),
        sa.ForeignKeyConstraint(["product_id"], ["product.id"], name=op.f("fk_stock_count_entry_product_id_product")),
        sa.ForeignKeyConstraint(
            ["serial_unit_id"], ["serial_unit.id"], name=op.f("fk_stock_count_entry_serial_unit_id_serial_unit")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stock_count_entry")),
        sa.UniqueConstraint("op_id", name=op.f("uq_stock_count_entry_op_id")),
    )
    op.create_index("ix_stock_count_entry_count_id", "stock_count_entry", ["count_id", "id"], unique=False)
    op.create_table(
        "stock_count_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("count_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.Column("product_id", sa.Integer(), nullable=True),
        sa.Column("lot_no", sa.String(length=64), nullable=False),
        sa.Column("lot_key", sa.String(length=64), nullable=False),
        sa.Column("serial_no", sa.String(length=64), nullable=False),
        sa.Column("serial_unit_id", sa.Integer(), nullable=True),
        sa.Column("round_no", sa.Integer(), nullable=False),
        sa.Column("expected", sa.Integer(), nullable=False),
        sa.Column("found", sa.Integer(), nullable=True),
        sa.Column("first_found", sa.Integer(), nullable=True),
        sa.Column("seen_movement_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=64), nullable=False),
        sa.Column("note", sa.String(length=400), nullable=False),
        sa.Column("is_posted", sa.Boolean(), nullable=False),
        sa.CheckConstraint("length(key) > 0", name=op.f("ck_stock_count_line_key_given")),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name=op.f("fk_stock_count_line_batch_id_batch")),
        sa.ForeignKeyConstraint(
            ["count_id"], ["stock_count.id"], name=op.f("fk_stock_count_line_count_id_stock_count")
        ),
        sa.ForeignKeyConstraint(["product_id"], ["product.id"], name=op.f("fk_stock_count_line_product_id_product")),
        sa.ForeignKeyConstraint(
            ["serial_unit_id"], ["serial_unit.id"], name=op.f("fk_stock_count_line_serial_unit_id_serial_unit")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stock_count_line")),
        sa.UniqueConstraint("count_id", "key", name=op.f("uq_stock_count_line_count_id_key")),
    )
    op.create_index(op.f("ix_stock_count_line_batch_id"), "stock_count_line", ["batch_id"], unique=False)
    op.create_table(
        "case_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("op_id", sa.String(length=64), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column(
            "act",
            sa.Enum(
                "registered",
                "assessed",
                "clauses_confirmed",
                "clause_corrected",
                "clause_removed",
                "clause_added",
                "doubt_settled",
                "line_decided",
                "held",
                "approved",
                "launched",
                "acknowledged",
                "counted",
                "none_found",
                "quarantined",
                "handed_over",
                "task_done",
                "exempted",
                "chased",
                "collected",
                "explained",
                "shipped",
                "shipment_confirmed",
                "destroyed",
                "replied",
                "reviewed",
                "reconciling",
                "review_asked",
                "sent_back",
                "closed",
                "reopened",
                "withdrawn",
                "not_affected",
                "lifted",
                "scope_changed",
                "change_decided",
                "read_again",
                "line_excluded",
                "file_added",
                "expanded",
                "arrived_later",
                name="caseact",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("task_id", sa.Integer(), nullable=True),
        sa.Column("quantity", sa.Integer(), nullable=True),
        sa.Column("document_no", sa.String(length=32), nullable=False),
        sa.Column("note", sa.String(length=1000), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("second_person_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("length(op_id) > 0", name=op.f("ck_case_entry_op_given")),
        sa.ForeignKeyConstraint(["case_id"], ["recall_case.id"], name=op.f("fk_case_entry_case_id_recall_case")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_case_entry_person_id_person")),
        sa.ForeignKeyConstraint(
            ["second_person_id"], ["person.id"], name=op.f("fk_case_entry_second_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["task_id"], ["department_task.id"], name=op.f("fk_case_entry_task_id_department_task")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_entry")),
        sa.UniqueConstraint("op_id", name=op.f("uq_case_entry_op_id")),
    )
    op.create_index(op.f("ix_case_entry_case_id"), "case_entry", ["case_id"], unique=False)
    op.create_table(
        "lock_lift",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("lock_id", sa.Integer(), nullable=False),
        sa.Column("op_id", sa.String(length=64), nullable=False),
        sa.Column("reason", sa.String(length=400), nullable=False),
        sa.Column("lifted_by", sa.Integer(), nullable=False),
        sa.Column("second_person_id", sa.Integer(), nullable=False),
        sa.Column("lifted_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("length(reason) > 0", name=op.f("ck_lock_lift_reason_given")),
        sa.CheckConstraint("lifted_by <> second_person_id", name=op.f("ck_lock_lift_two_persons")),
        sa.ForeignKeyConstraint(["lifted_by"], ["person.id"], name=op.f("fk_lock_lift_lifted_by_person")),
        sa.ForeignKeyConstraint(["lock_id"], ["lot_lock.id"], name=op.f("fk_lock_lift_lock_id_lot_lock")),
        sa.ForeignKeyConstraint(["second_person_id"], ["person.id"], name=op.f("fk_lock_lift_second_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lock_lift")),
        sa.UniqueConstraint("lock_id", name=op.f("uq_lock_lift_lock_id")),
    )
    op.create_table(
        "patient_use",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("movement_id", sa.Integer(), nullable=False),
        sa.Column("visit_no", sa.String(length=64), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["movement_id"], ["movement.id"], name=op.f("fk_patient_use_movement_id_movement")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_patient_use")),
        sa.UniqueConstraint("movement_id", name=op.f("uq_patient_use_movement_id")),
    )
    op.create_index("ix_patient_use_visit_no", "patient_use", ["visit_no"], unique=False)
    op.create_table(
        "reminder",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(length=64), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=True),
        sa.Column(
            "clock",
            sa.Enum(
                "launch", "acknowledge", "done", name="clockkind", native_enum=False, create_constraint=True, length=24
            ),
            nullable=False,
        ),
        sa.Column("percent", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("late_seconds", sa.Integer(), nullable=False),
        sa.CheckConstraint("late_seconds >= 0", name=op.f("ck_reminder_late_not_negative")),
        sa.ForeignKeyConstraint(["case_id"], ["recall_case.id"], name=op.f("fk_reminder_case_id_recall_case")),
        sa.ForeignKeyConstraint(["task_id"], ["department_task.id"], name=op.f("fk_reminder_task_id_department_task")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder")),
        sa.UniqueConstraint("subject", "clock", "percent", name=op.f("uq_reminder_subject_clock_percent")),
    )
    op.create_index(op.f("ix_reminder_case_id"), "reminder", ["case_id"], unique=False)
    op.create_index(op.f("ix_reminder_task_id"), "reminder", ["task_id"], unique=False)
    op.create_table(
        "requisition_issue",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("line_id", sa.Integer(), nullable=False),
        sa.Column("movement_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["line_id"], ["requisition_line.id"], name=op.f("fk_requisition_issue_line_id_requisition_line")
        ),
        sa.ForeignKeyConstraint(
            ["movement_id"], ["movement.id"], name=op.f("fk_requisition_issue_movement_id_movement")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_requisition_issue")),
        sa.UniqueConstraint("movement_id", name=op.f("uq_requisition_issue_movement_id")),
    )
    op.create_index(op.f("ix_requisition_issue_line_id"), "requisition_issue", ["line_id"], unique=False)
    op.create_table(
        "reservation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("line_id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("location_id", sa.Integer(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "ended_why",
            sa.Enum(
                "issued",
                "locked",
                "withdrawn",
                "gone",
                name="reservationend",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=True,
        ),
        sa.Column("lock_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("(ended_at IS NULL) = (ended_why IS NULL)", name=op.f("ck_reservation_end_whole")),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_reservation_quantity_positive")),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name=op.f("fk_reservation_batch_id_batch")),
        sa.ForeignKeyConstraint(
            ["line_id"], ["requisition_line.id"], name=op.f("fk_reservation_line_id_requisition_line")
        ),
        sa.ForeignKeyConstraint(["location_id"], ["location.id"], name=op.f("fk_reservation_location_id_location")),
        sa.ForeignKeyConstraint(["lock_id"], ["lot_lock.id"], name=op.f("fk_reservation_lock_id_lot_lock")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reservation")),
    )
    op.create_index("ix_reservation_batch_id", "reservation", ["batch_id", "location_id"], unique=False)
    op.create_index(op.f("ix_reservation_line_id"), "reservation", ["line_id"], unique=False)
    op.create_index(op.f("ix_reservation_lock_id"), "reservation", ["lock_id"], unique=False)
    op.create_table(
        "task_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("expected", sa.Integer(), nullable=False),
        sa.Column("found", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name=op.f("fk_task_line_batch_id_batch")),
        sa.ForeignKeyConstraint(["task_id"], ["department_task.id"], name=op.f("fk_task_line_task_id_department_task")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task_line")),
        sa.UniqueConstraint("task_id", "batch_id", name=op.f("uq_task_line_task_id_batch_id")),
    )
    op.create_table(
        "transfer_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("transfer_id", sa.Integer(), nullable=False),
        sa.Column("line_no", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("serial_unit_id", sa.Integer(), nullable=True),
        sa.Column("movement_id", sa.Integer(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("received", sa.Integer(), nullable=False),
        sa.Column("damaged", sa.Integer(), nullable=False),
        sa.Column("lost", sa.Integer(), nullable=False),
        sa.CheckConstraint("received + damaged + lost <= quantity", name=op.f("ck_transfer_line_not_more_than_sent")),
        sa.CheckConstraint("received >= 0 AND damaged >= 0 AND lost >= 0", name=op.f("ck_transfer_line_not_negative")),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name=op.f("fk_transfer_line_batch_id_batch")),
        sa.ForeignKeyConstraint(["movement_id"], ["movement.id"], name=op.f("fk_transfer_line_movement_id_movement")),
        sa.ForeignKeyConstraint(
            ["serial_unit_id"], ["serial_unit.id"], name=op.f("fk_transfer_line_serial_unit_id_serial_unit")
        ),
        sa.ForeignKeyConstraint(["transfer_id"], ["transfer.id"], name=op.f("fk_transfer_line_transfer_id_transfer")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transfer_line")),
        sa.UniqueConstraint("transfer_id", "line_no", name=op.f("uq_transfer_line_transfer_id_line_no")),
    )
    op.create_index(op.f("ix_transfer_line_batch_id"), "transfer_line", ["batch_id"], unique=False)
    op.execute(
        "INSERT INTO schema_info (id, application, loading, loaded_by, installation, login_prefix) "
        "VALUES (1, 'recalldesk', false, '', '', '')"
    )
    raise_wall("0001")


def downgrade() -> None:
    take_down_wall()
    op.drop_index(op.f("ix_transfer_line_batch_id"), table_name="transfer_line")
    op.drop_table("transfer_line")
    op.drop_table("task_line")
    op.drop_index(op.f("ix_reservation_lock_id"), table_name="reservation")
    op.drop_index(op.f("ix_reservation_line_id"), table_name="reservation")
    op.drop_index("ix_reservation_batch_id", table_name="reservation")
    op.drop_table("reservation")
    op.drop_index(op.f("ix_requisition_issue_line_id"), table_name="requisition_issue")
    op.drop_table("requisition_issue")
    op.drop_index(op.f("ix_reminder_task_id"), table_name="reminder")
    op.drop_index(op.f("ix_reminder_case_id"), table_name="reminder")
    op.drop_table("reminder")
    op.drop_index("ix_patient_use_visit_no", table_name="patient_use")
    op.drop_table("patient_use")
    op.drop_table("lock_lift")
    op.drop_index(op.f("ix_case_entry_case_id"), table_name="case_entry")
    op.drop_table("case_entry")
    op.drop_index(op.f("ix_stock_count_line_batch_id"), table_name="stock_count_line")
    op.drop_table("stock_count_line")
    op.drop_index("ix_stock_count_entry_count_id", table_name="stock_count_entry")
    op.drop_table("stock_count_entry")
    op.drop_index(op.f("ix_scope_line_batch_id"), table_name="scope_line")
    op.drop_table("scope_line")
    op.drop_index("ix_scope_change_case_id", table_name="scope_change")
    op.drop_table("scope_change")
    op.drop_index(op.f("ix_return_shipment_case_id"), table_name="return_shipment")
    op.drop_table("return_shipment")
    op.drop_index(op.f("ix_requisition_line_product_id"), table_name="requisition_line")
    op.drop_table("requisition_line")
    op.drop_index(op.f("ix_recall_clause_case_id"), table_name="recall_clause")
    op.drop_table("recall_clause")
    op.drop_index(op.f("ix_purchase_order_line_product_id"), table_name="purchase_order_line")
    op.drop_table("purchase_order_line")
    op.drop_index("ix_news_state", table_name="news")
    op.drop_index(op.f("ix_news_case_id"), table_name="news")
    op.drop_table("news")
    op.drop_index(op.f("ix_movement_serial_unit_id"), table_name="movement")
    op.drop_index("ix_movement_recorded_at", table_name="movement")
    op.drop_index("ix_movement_document_no", table_name="movement")
    op.drop_index("ix_movement_case_id", table_name="movement")
    op.drop_index("ix_movement_batch_id", table_name="movement")
    op.drop_table("movement")
    op.drop_index("ix_lot_lock_product_id", table_name="lot_lock")
    op.drop_index(op.f("ix_lot_lock_case_id"), table_name="lot_lock")
    op.drop_table("lot_lock")
    op.drop_index("ix_kit_content_batch_id", table_name="kit_content")
    op.drop_table("kit_content")
    op.drop_index(op.f("ix_kit_component_product_id"), table_name="kit_component")
    op.drop_table("kit_component")
    op.drop_index(op.f("ix_kit_recipe_id"), table_name="kit")
    op.drop_table("kit")
    op.drop_index(op.f("ix_document_case_id"), table_name="document")
    op.drop_index(op.f("ix_document_batch_id"), table_name="document")
    op.drop_table("document")
    op.drop_index(op.f("ix_departure_line_batch_id"), table_name="departure_line")
    op.drop_table("departure_line")
    op.drop_index(op.f("ix_department_task_location_id"), table_name="department_task")
    op.drop_table("department_task")
    op.drop_table("delivery_line")
    op.drop_table("workstation")
    op.drop_index("ix_transfer_target_id", table_name="transfer")
    op.drop_index(op.f("ix_transfer_source_id"), table_name="transfer")
    op.drop_table("transfer")
    op.drop_index("ix_stock_count_location_id", table_name="stock_count")
    op.drop_table("stock_count")
    op.drop_index(op.f("ix_signature_person_id"), table_name="signature")
    op.drop_table("signature")
    op.drop_table("setting")
    op.drop_table("service_person")
    op.drop_index(
        "uq_serial_unit_here",
        table_name="serial_unit",
        sqlite_where=sa.text("last_movement_id = 0 OR state <> 'returned'"),
        postgresql_where=sa.text("last_movement_id = 0 OR state <> 'returned'"),
    )
    op.drop_index("ix_serial_unit_serial", table_name="serial_unit")
    op.drop_index(op.f("ix_serial_unit_batch_id"), table_name="serial_unit")
    op.drop_table("serial_unit")
    op.drop_index("ix_requisition_state", table_name="requisition")
    op.drop_index(op.f("ix_requisition_department_id"), table_name="requisition")
    op.drop_table("requisition")
    op.drop_index(op.f("ix_recall_case_parent_id"), table_name="recall_case")
    op.drop_index(op.f("ix_recall_case_notice_key"), table_name="recall_case")
    op.drop_table("recall_case")
    op.drop_index(op.f("ix_put_away_shelf_id"), table_name="put_away")
    op.drop_index("ix_put_away_batch_id", table_name="put_away")
    op.drop_table("put_away")
    op.drop_index(op.f("ix_purchase_order_supplier_id"), table_name="purchase_order")
    op.drop_table("purchase_order")
    op.drop_index("ix_person_role_person_id", table_name="person_role")
    op.drop_table("person_role")
    op.drop_index(op.f("ix_patient_look_batch_id"), table_name="patient_look")
    op.drop_table("patient_look")
    op.drop_index(op.f("ix_past_password_person_id"), table_name="past_password")
    op.drop_table("past_password")
    op.drop_table("part_rejection")
    op.drop_table("operation")
    op.drop_table("kit_recipe")
    op.drop_index("ix_inspection_check_batch_id", table_name="inspection_check")
    op.drop_table("inspection_check")
    op.drop_table("ended_session")
    op.drop_index(op.f("ix_device_identifier_product_id"), table_name="device_identifier")
    op.drop_table("device_identifier")
    op.drop_index(op.f("ix_departure_supplier_id"), table_name="departure")
    op.drop_index("ix_departure_state", table_name="departure")
    op.drop_table("departure")
    op.drop_index(op.f("ix_delivery_supplier_id"), table_name="delivery")
    op.drop_table("delivery")
    op.drop_index("ix_batch_supplement_old_key", table_name="batch_supplement")
    op.drop_index("ix_batch_supplement_batch_id", table_name="batch_supplement")
    op.drop_table("batch_supplement")
    op.drop_index("ix_balance_location_id", table_name="balance")
    op.drop_table("balance")
    op.drop_table("attachment")
    op.drop_table("agent_lease")
    op.drop_table("shelf_place")
    op.drop_index(op.f("ix_person_location_id"), table_name="person")
    op.drop_table("person")
    op.drop_table("packaging_level")
    op.drop_index(op.f("ix_batch_supplier_id"), table_name="batch")
    op.drop_index("ix_batch_lot_key", table_name="batch")
    op.drop_index("ix_batch_expiry_on", table_name="batch")
    op.drop_table("batch")
    op.drop_index(op.f("ix_product_certificate_id"), table_name="product")
    op.drop_table("product")
    op.drop_index(op.f("ix_location_site_id"), table_name="location")
    op.drop_table("location")
    op.drop_index(op.f("ix_site_region_id"), table_name="site")
    op.drop_table("site")
    op.drop_index(op.f("ix_certificate_manufacturer_id"), table_name="certificate")
    op.drop_table("certificate")
    op.drop_table("supplier")
    op.drop_table("schema_info")
    op.drop_table("region")
    op.drop_table("number_series")
    op.drop_table("manufacturer")
    op.drop_index("ix_mail_state", table_name="mail")
    op.drop_table("mail")
    op.drop_table("audit_seal")
    op.drop_table("audit_head")
    op.drop_index("ix_audit_entry_row", table_name="audit_entry")
    op.drop_table("audit_entry")
    op.drop_table("agent_job")
