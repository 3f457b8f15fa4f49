-- The wall on SQLite. Statements end with a line of four dashes. Codes after "wall:" are what app.models.refusals reads.
CREATE VIEW batch_layer AS
  SELECT id AS batch_id, inspection AS layer FROM batch WHERE inspection IN ('pending', 'rejected')
  UNION
  SELECT batch.id, lot_lock.layer FROM batch JOIN lot_lock
    ON lot_lock.product_id = batch.product_id AND (lot_lock.lot_key IS NULL OR lot_lock.lot_key = batch.lot_key)
  WHERE NOT EXISTS (SELECT 1 FROM lock_lift WHERE lock_lift.lock_id = lot_lock.id)
  UNION -- an earlier spelling of the lot holds the batch like the present one
  SELECT batch.id, lot_lock.layer FROM batch_supplement JOIN batch ON batch.id = batch_supplement.batch_id JOIN lot_lock
    ON lot_lock.product_id = batch.product_id AND lot_lock.lot_key = batch_supplement.old_key
  WHERE NOT EXISTS (SELECT 1 FROM lock_lift WHERE lock_lift.lock_id = lot_lock.id)
  UNION -- a component's lock is the kit's lock
  SELECT kit_content.kit_batch_id, batch.inspection FROM kit_content JOIN batch ON batch.id = kit_content.batch_id
  WHERE batch.inspection IN ('pending', 'rejected')
  UNION
  SELECT kit_content.kit_batch_id, lot_lock.layer FROM kit_content JOIN batch ON batch.id = kit_content.batch_id JOIN lot_lock
    ON lot_lock.product_id = batch.product_id AND (lot_lock.lot_key IS NULL OR lot_lock.lot_key = batch.lot_key)
  WHERE NOT EXISTS (SELECT 1 FROM lock_lift WHERE lock_lift.lock_id = lot_lock.id)
  UNION
  SELECT kit_content.kit_batch_id, lot_lock.layer FROM kit_content JOIN batch ON batch.id = kit_content.batch_id
    JOIN batch_supplement ON batch_supplement.batch_id = batch.id JOIN lot_lock
    ON lot_lock.product_id = batch.product_id AND lot_lock.lot_key = batch_supplement.old_key
  WHERE NOT EXISTS (SELECT 1 FROM lock_lift WHERE lock_lift.lock_id = lot_lock.id)
----
-- A batch is released and rejected by who has signed for it; a kit by who builds it.
CREATE TRIGGER signed_inspection BEFORE INSERT ON movement
WHEN NEW.kind = 'inspection' AND (SELECT loading FROM schema_info WHERE id = 1) IS NOT 1
  AND NOT EXISTS (SELECT 1 FROM kit_content WHERE kit_batch_id = NEW.batch_id)
  AND NOT EXISTS (SELECT 1 FROM signature WHERE op_id = NEW.op_id AND person_id = NEW.actor_id
    AND meaning = CASE NEW.outcome WHEN 'released' THEN 'inspection_release' ELSE 'inspection_reject' END)
BEGIN SELECT RAISE(ABORT, 'wall:unsigned'); END
----
-- SQLite fires the trigger made last first: these seven are written in the reverse order of their numbers.
CREATE TRIGGER movement_wall_7_kit BEFORE INSERT ON movement
WHEN NEW.kind IN ('kit_build', 'kit_open') AND (NEW.source_state IS NULL OR NEW.target_state IS NULL)
BEGIN
  -- A kit's own line: one unit, once, and only with the lines of everything that stands in it.
  SELECT RAISE(ABORT, 'wall:path') WHERE NEW.quantity <> 1
    OR NOT EXISTS (SELECT 1 FROM kit_content WHERE kit_batch_id = NEW.batch_id)
    OR (NEW.kind = 'kit_build' AND EXISTS (SELECT 1 FROM movement WHERE batch_id = NEW.batch_id))
    OR EXISTS (SELECT 1 FROM movement WHERE op_id = NEW.op_id AND kind = NEW.kind
      AND (source_state IS NULL OR target_state IS NULL))
    OR EXISTS (SELECT 1 FROM kit_content AS part WHERE part.kit_batch_id = NEW.batch_id AND NOT EXISTS
      (SELECT 1 FROM movement WHERE op_id = NEW.op_id AND kind = NEW.kind AND batch_id = part.batch_id
        AND quantity = part.quantity AND serial_unit_id IS part.serial_unit_id));
END
----
CREATE TRIGGER movement_wall_6_short BEFORE INSERT ON movement
WHEN NEW.source_state IS NOT NULL AND NEW.source_state <> 'unaccounted'
BEGIN
  SELECT RAISE(ABORT, 'wall:short') WHERE NEW.quantity > coalesce((SELECT quantity FROM balance
    WHERE batch_id = NEW.batch_id AND location_id = NEW.source_id AND state = NEW.source_state), 0);
END
----
CREATE TRIGGER movement_wall_5_serial BEFORE INSERT ON movement
WHEN NEW.kind <> 'inspection'
BEGIN
  SELECT RAISE(ABORT, 'wall:serial_missing') WHERE NEW.serial_unit_id IS NULL AND EXISTS
    (SELECT 1 FROM batch JOIN product ON product.id = batch.product_id WHERE batch.id = NEW.batch_id AND needs_serial);
  SELECT RAISE(ABORT, 'wall:serial_elsewhere') WHERE NEW.serial_unit_id IS NOT NULL AND NOT EXISTS
    (SELECT 1 FROM serial_unit WHERE id = NEW.serial_unit_id AND batch_id = NEW.batch_id
      AND state IS NEW.source_state AND location_id IS NEW.source_id);
END
----
CREATE TRIGGER movement_wall_4_inspection BEFORE INSERT ON movement
WHEN NEW.kind = 'inspection' AND (SELECT loading FROM schema_info WHERE id = 1) IS NOT 1
BEGIN
  SELECT RAISE(ABORT, 'wall:not_pending')
    WHERE (SELECT inspection FROM batch WHERE id = NEW.batch_id) <> 'pending' OR NEW.outcome NOT IN ('released', 'rejected');
  SELECT RAISE(ABORT, 'wall:own_receipt') WHERE EXISTS
    (SELECT 1 FROM movement WHERE batch_id = NEW.batch_id AND kind = 'receipt' AND actor_id = NEW.actor_id);
END
----
CREATE TRIGGER movement_wall_3_locks BEFORE INSERT ON movement
WHEN (SELECT loading FROM schema_info WHERE id = 1) IS NOT 1 AND EXISTS (
  SELECT 1 FROM batch_layer WHERE batch_id = NEW.batch_id
  UNION ALL SELECT 1 FROM batch WHERE id IN (SELECT NEW.batch_id
      UNION ALL SELECT batch_id FROM kit_content WHERE kit_batch_id = NEW.batch_id) AND expiry_on < site_today((SELECT time_zone FROM site
    JOIN location ON location.site_id = site.id WHERE location.id = coalesce(NEW.source_id, NEW.target_id))))
BEGIN
  SELECT RAISE(ABORT, 'wall:locked') WHERE 'refuse' IN (SELECT effect FROM rule_lock WHERE kind = NEW.kind
    AND NOT (kind = 'kit_build' AND layer = 'pending' AND NEW.source_state IS NULL) AND layer IN (
    SELECT layer FROM batch_layer WHERE batch_id = NEW.batch_id
    UNION ALL SELECT 'expired' FROM batch WHERE id IN (SELECT NEW.batch_id
      UNION ALL SELECT batch_id FROM kit_content WHERE kit_batch_id = NEW.batch_id) AND expiry_on < site_today((SELECT time_zone FROM site
      JOIN location ON location.site_id = site.id WHERE location.id = coalesce(NEW.source_id, NEW.target_id)))));
  SELECT RAISE(ABORT, 'wall:must_quarantine') WHERE NEW.target_state IS NOT 'quarantined'
    AND NOT (NEW.kind = 'kit_open' AND NEW.target_state IS NULL) AND EXISTS (
    SELECT 1 FROM rule_lock WHERE kind = NEW.kind AND effect IN ('quarantine', 'second_quarantine') AND layer IN (
      SELECT layer FROM batch_layer WHERE batch_id = NEW.batch_id
      UNION ALL SELECT 'expired' FROM batch WHERE id IN (SELECT NEW.batch_id
      UNION ALL SELECT batch_id FROM kit_content WHERE kit_batch_id = NEW.batch_id) AND expiry_on < site_today((SELECT time_zone
        FROM site JOIN location ON location.site_id = site.id WHERE location.id = coalesce(NEW.source_id, NEW.target_id)))));
  SELECT RAISE(ABORT, 'wall:must_quarantine') WHERE NEW.target_state IN (SELECT state FROM rule_free) AND EXISTS (
    SELECT 1 FROM rule_lock WHERE kind = NEW.kind AND effect = 'second_not_free');
  SELECT RAISE(ABORT, 'wall:second_missing') WHERE (NEW.second_person_id IS NULL OR length(trim(NEW.reason)) = 0)
    AND EXISTS (SELECT 1 FROM rule_lock WHERE kind = NEW.kind
      AND effect IN ('second', 'second_quarantine', 'second_not_free') AND layer IN (
      SELECT layer FROM batch_layer WHERE batch_id = NEW.batch_id
      UNION ALL SELECT 'expired' FROM batch WHERE id IN (SELECT NEW.batch_id
      UNION ALL SELECT batch_id FROM kit_content WHERE kit_batch_id = NEW.batch_id) AND expiry_on < site_today((SELECT time_zone
        FROM site JOIN location ON location.site_id = site.id WHERE location.id = coalesce(NEW.source_id, NEW.target_id)))));
END
----
CREATE TRIGGER movement_wall_1_who BEFORE INSERT ON movement
WHEN (SELECT loading FROM schema_info WHERE id = 1) IS NOT 1
BEGIN
  SELECT RAISE(ABORT, 'wall:not_signed_in')
    WHERE current_actor() IS NULL OR current_actor() <> NEW.actor_id
      OR NOT EXISTS (SELECT 1 FROM person WHERE id = NEW.actor_id AND is_active);
  SELECT RAISE(ABORT, 'wall:clock') WHERE abs(julianday(NEW.recorded_at) - julianday(utc_now())) > 0.0035;
  -- An operation is posted at once or not at all: no line is added later under the same signatures.
  SELECT RAISE(ABORT, 'wall:exists') WHERE EXISTS (SELECT 1 FROM movement WHERE op_id = NEW.op_id)
    AND NEW.op_id <> (SELECT op_id FROM movement ORDER BY id DESC LIMIT 1);
  SELECT RAISE(ABORT, 'wall:own_second') WHERE NEW.second_person_id = NEW.actor_id;
  SELECT RAISE(ABORT, 'wall:unsigned')
    WHERE NEW.second_person_id IS NOT NULL AND NOT EXISTS
      (SELECT 1 FROM signature WHERE op_id = NEW.op_id AND person_id = NEW.second_person_id);
  SELECT RAISE(ABORT, 'wall:second_missing')
    WHERE NEW.second_person_id IS NULL
      AND EXISTS (SELECT 1 FROM rule_need WHERE kind = NEW.kind AND need = 'second');
  SELECT RAISE(ABORT, 'wall:reason_missing')
    WHERE length(trim(NEW.reason)) = 0
      AND EXISTS (SELECT 1 FROM rule_need WHERE kind = NEW.kind AND need = 'reason');
END
----
CREATE TRIGGER movement_wall_2_path BEFORE INSERT ON movement
BEGIN
  SELECT RAISE(ABORT, 'wall:path')
    WHERE NEW.kind <> 'reversal' AND NOT EXISTS (SELECT 1 FROM rule_path WHERE kind = NEW.kind
      AND source = coalesce(NEW.source_state, '') AND target = coalesce(NEW.target_state, ''));
  SELECT RAISE(ABORT, 'wall:path')
    WHERE NEW.source_id = NEW.target_id AND NEW.source_state = NEW.target_state AND NEW.kind <> 'inspection';
  SELECT RAISE(ABORT, 'wall:path') WHERE NEW.kind = 'inspection' AND NEW.source_id <> NEW.target_id;
  SELECT RAISE(ABORT, 'wall:path') WHERE NEW.kind = 'reversal' AND NOT EXISTS (
    SELECT 1 FROM movement AS original WHERE original.id = NEW.reverses_id AND original.batch_id = NEW.batch_id
      AND original.quantity = NEW.quantity AND original.kind NOT IN ('inspection', 'reversal', 'kit_build', 'kit_open')
      AND original.serial_unit_id IS NEW.serial_unit_id
      AND original.target_id = NEW.source_id AND original.target_state = NEW.source_state
      AND original.source_id IS NEW.target_id
      AND (original.source_state IS NEW.target_state OR NEW.target_state = 'quarantined'));
  SELECT RAISE(ABORT, 'wall:place')
    WHERE NEW.source_state IN ('in_stock', 'par') AND NOT EXISTS (SELECT 1 FROM location
      WHERE id = NEW.source_id AND (kind = 'store') = (NEW.source_state = 'in_stock'));
  SELECT RAISE(ABORT, 'wall:place')
    WHERE NEW.target_state IN ('in_stock', 'in_transit', 'par') AND NOT EXISTS (SELECT 1 FROM location
      WHERE id = NEW.target_id AND kind <> 'quarantine' AND (kind = 'store') = (NEW.target_state <> 'par'));
END
----
-- What CHECK and REFERENCES say too: a prompt can switch those off for its connection.
CREATE TRIGGER movement_wall_0_form BEFORE INSERT ON movement
BEGIN
  SELECT RAISE(ABORT, 'wall:path') WHERE typeof(NEW.quantity) <> 'integer' OR NEW.quantity <= 0
    OR (NEW.source_state IS NULL) <> (NEW.source_id IS NULL) OR (NEW.target_state IS NULL) <> (NEW.target_id IS NULL)
    OR (NEW.kind = 'reversal') <> (NEW.reverses_id IS NOT NULL) OR (NEW.kind = 'inspection') <> (NEW.outcome IS NOT NULL)
    OR (NEW.serial_unit_id IS NOT NULL AND NEW.quantity <> 1)
    OR NOT EXISTS (SELECT 1 FROM batch WHERE id = NEW.batch_id)
    OR (NEW.source_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM location WHERE id = NEW.source_id))
    OR (NEW.target_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM location WHERE id = NEW.target_id));
END
----
CREATE TRIGGER movement_balance AFTER INSERT ON movement
WHEN NEW.kind <> 'inspection'
BEGIN
  INSERT INTO balance (batch_id, location_id, state, quantity, last_movement_id)
    SELECT NEW.batch_id, NEW.source_id, NEW.source_state, 0, 0 WHERE NEW.source_state = 'unaccounted' AND NOT EXISTS
      (SELECT 1 FROM balance WHERE batch_id = NEW.batch_id AND location_id = NEW.source_id AND state = NEW.source_state);
  UPDATE balance SET quantity = quantity - NEW.quantity, last_movement_id = NEW.id
    WHERE batch_id = NEW.batch_id AND location_id = NEW.source_id AND state = NEW.source_state;
  INSERT INTO balance (batch_id, location_id, state, quantity, last_movement_id)
    SELECT NEW.batch_id, NEW.target_id, NEW.target_state, 0, 0 WHERE NEW.target_state IS NOT NULL AND NOT EXISTS
      (SELECT 1 FROM balance WHERE batch_id = NEW.batch_id AND location_id = NEW.target_id AND state = NEW.target_state);
  UPDATE balance SET quantity = quantity + NEW.quantity, last_movement_id = NEW.id
    WHERE batch_id = NEW.batch_id AND location_id = NEW.target_id AND state = NEW.target_state;
  UPDATE serial_unit SET state = NEW.target_state, location_id = NEW.target_id, last_movement_id = NEW.id
    WHERE id = NEW.serial_unit_id;
END
----
CREATE TRIGGER movement_in_order AFTER INSERT ON movement
WHEN (SELECT loading FROM schema_info WHERE id = 1) IS NOT 1
BEGIN
  SELECT RAISE(ABORT, 'wall:append_only')
    WHERE NEW.id <> 1 + coalesce((SELECT max(id) FROM movement WHERE id < NEW.id), 0)
      OR EXISTS (SELECT 1 FROM movement WHERE id > NEW.id);
END
----
CREATE TRIGGER movement_outcome AFTER INSERT ON movement
WHEN NEW.kind = 'inspection'
BEGIN
  UPDATE batch SET inspection = NEW.outcome WHERE id = NEW.batch_id;
END
----
CREATE TRIGGER balance_is_ledger_insert BEFORE INSERT ON balance
WHEN NEW.quantity <> 0 OR NEW.last_movement_id <> 0 OR NOT EXISTS
  (SELECT 1 FROM movement WHERE id = (SELECT max(id) FROM movement) AND kind <> 'inspection' AND batch_id = NEW.batch_id
    AND ((target_id = NEW.location_id AND target_state = NEW.state)
      OR (source_id = NEW.location_id AND source_state = NEW.state)))
BEGIN SELECT RAISE(ABORT, 'wall:balance'); END
----
CREATE TRIGGER balance_is_ledger_update BEFORE UPDATE ON balance
BEGIN
  SELECT RAISE(ABORT, 'wall:balance') WHERE NEW.batch_id <> OLD.batch_id OR NEW.location_id <> OLD.location_id
    OR NEW.state <> OLD.state OR NEW.last_movement_id <= OLD.last_movement_id
    OR NEW.last_movement_id <> (SELECT max(id) FROM movement)
    OR NOT EXISTS (SELECT 1 FROM movement WHERE id = NEW.last_movement_id AND kind <> 'inspection' AND batch_id = NEW.batch_id AND (
      (target_id = NEW.location_id AND target_state = NEW.state AND NEW.quantity - OLD.quantity = quantity)
      OR (source_id = NEW.location_id AND source_state = NEW.state AND OLD.quantity - NEW.quantity = quantity)));
END
----
CREATE TRIGGER serial_unit_is_ledger_insert BEFORE INSERT ON serial_unit
WHEN NEW.state IS NOT NULL OR NEW.location_id IS NOT NULL OR NEW.last_movement_id <> 0
  OR NEW.product_id IS NOT (SELECT product_id FROM batch WHERE id = NEW.batch_id)
BEGIN SELECT RAISE(ABORT, 'wall:balance'); END
----
CREATE TRIGGER serial_unit_is_ledger_update BEFORE UPDATE ON serial_unit
BEGIN
  SELECT RAISE(ABORT, 'wall:balance') WHERE NEW.id <> OLD.id OR NEW.product_id <> OLD.product_id
    OR NEW.batch_id <> OLD.batch_id OR NEW.serial_no <> OLD.serial_no OR NEW.serial_key <> OLD.serial_key
    OR NEW.last_movement_id <= OLD.last_movement_id OR NOT EXISTS
      (SELECT 1 FROM movement WHERE id = NEW.last_movement_id AND id = (SELECT max(id) FROM movement)
        AND kind <> 'inspection' AND serial_unit_id = NEW.id AND target_id IS NEW.location_id AND target_state IS NEW.state);
END
----
-- A unit that left may come in again, but one serial number is in the hospital once; OR REPLACE would delete the other.
CREATE TRIGGER serial_unit_here_insert BEFORE INSERT ON serial_unit
WHEN EXISTS (SELECT 1 FROM serial_unit WHERE product_id = NEW.product_id AND serial_key = NEW.serial_key
  AND (last_movement_id = 0 OR state <> 'returned'))
BEGIN SELECT RAISE(ABORT, 'wall:serial_here'); END
----
CREATE TRIGGER serial_unit_here_update BEFORE UPDATE ON serial_unit
WHEN (NEW.last_movement_id = 0 OR NEW.state <> 'returned') AND EXISTS (SELECT 1 FROM serial_unit WHERE id <> NEW.id
  AND product_id = NEW.product_id AND serial_key = NEW.serial_key AND (last_movement_id = 0 OR state <> 'returned'))
BEGIN SELECT RAISE(ABORT, 'wall:serial_here'); END
----
CREATE TRIGGER batch_starts_pending BEFORE INSERT ON batch
WHEN NEW.inspection <> 'pending'
BEGIN SELECT RAISE(ABORT, 'wall:not_pending'); END
----
CREATE TRIGGER batch_keeps_identity BEFORE UPDATE ON batch
BEGIN
  SELECT RAISE(ABORT, 'wall:append_only') WHERE NEW.id <> OLD.id OR NEW.product_id <> OLD.product_id
    OR NEW.supplier_id <> OLD.supplier_id OR NEW.receipt_no <> OLD.receipt_no OR NEW.received_at <> OLD.received_at;
  -- Lot and dates follow the newest supplement, and only from what it says was there before.
  SELECT RAISE(ABORT, 'wall:append_only') WHERE (NEW.lot_no <> OLD.lot_no OR NEW.lot_key <> OLD.lot_key
      OR NEW.is_lot_unknown <> OLD.is_lot_unknown) AND NOT EXISTS (SELECT 1 FROM batch_supplement
    WHERE id = (SELECT max(id) FROM batch_supplement) AND batch_id = OLD.id AND field = 'lot_no'
      AND old_value = OLD.lot_no AND old_key = OLD.lot_key AND new_value = NEW.lot_no AND new_key = NEW.lot_key
      AND NOT NEW.is_lot_unknown);
  SELECT RAISE(ABORT, 'wall:append_only') WHERE NEW.production_on IS NOT OLD.production_on AND NOT EXISTS
    (SELECT 1 FROM batch_supplement WHERE id = (SELECT max(id) FROM batch_supplement) AND batch_id = OLD.id
      AND field = 'production_on' AND old_value = coalesce(OLD.production_on, '') AND new_value = NEW.production_on);
  SELECT RAISE(ABORT, 'wall:append_only') WHERE (NEW.expiry_on IS NOT OLD.expiry_on
      OR NEW.expiry_precision IS NOT OLD.expiry_precision) AND NOT EXISTS
    (SELECT 1 FROM batch_supplement WHERE id = (SELECT max(id) FROM batch_supplement) AND batch_id = OLD.id
      AND field = 'expiry_on' AND old_value = coalesce(OLD.expiry_on, '') AND new_value = NEW.expiry_on
      AND NEW.expiry_precision IS 'day');
  SELECT RAISE(ABORT, 'wall:not_pending') WHERE NEW.inspection <> OLD.inspection AND NEW.inspection IS NOT (SELECT outcome
    FROM movement WHERE batch_id = NEW.id AND kind = 'inspection' ORDER BY id DESC LIMIT 1);
END
----
-- The rejected part of a released batch leaves the hospital, it does not come back to a shelf.
CREATE TRIGGER movement_part_rejected BEFORE INSERT ON movement
WHEN NEW.source_state = 'quarantined' AND NEW.target_state IN (SELECT state FROM rule_free)
  AND EXISTS (SELECT 1 FROM part_rejection WHERE batch_id = NEW.batch_id)
BEGIN
  SELECT RAISE(ABORT, 'wall:part_rejected') WHERE NEW.quantity
    + (SELECT quantity FROM part_rejection WHERE batch_id = NEW.batch_id)
    - (SELECT coalesce(sum(CASE WHEN target_state IN ('returned', 'destroyed') THEN quantity ELSE -quantity END), 0)
      FROM movement WHERE batch_id = NEW.batch_id
      AND (target_state IN ('returned', 'destroyed')) <> coalesce(source_state IN ('returned', 'destroyed'), 0)
      AND id > (SELECT max(id) FROM movement WHERE op_id = (SELECT op_id FROM part_rejection WHERE batch_id = NEW.batch_id)))
    > (SELECT coalesce(sum(quantity), 0) FROM balance WHERE batch_id = NEW.batch_id AND state = 'quarantined');
END
----
CREATE TRIGGER part_rejection_wall BEFORE INSERT ON part_rejection
WHEN (SELECT loading FROM schema_info WHERE id = 1) IS NOT 1
BEGIN
  SELECT RAISE(ABORT, 'wall:not_signed_in') WHERE NEW.rejected_by IS NOT current_actor();
  SELECT RAISE(ABORT, 'wall:not_pending') WHERE (SELECT inspection FROM batch WHERE id = NEW.batch_id) IS NOT 'pending';
  SELECT RAISE(ABORT, 'wall:own_receipt') WHERE EXISTS
    (SELECT 1 FROM movement WHERE batch_id = NEW.batch_id AND kind = 'receipt' AND actor_id = NEW.rejected_by);
END
----
CREATE TRIGGER attachment_wall BEFORE INSERT ON attachment
WHEN (SELECT loading FROM schema_info WHERE id = 1) IS NOT 1
BEGIN SELECT RAISE(ABORT, 'wall:not_signed_in') WHERE NEW.added_by IS NOT current_actor(); END
----
CREATE TRIGGER purchase_order_starts BEFORE INSERT ON purchase_order
WHEN (SELECT loading FROM schema_info WHERE id = 1) IS NOT 1
BEGIN SELECT RAISE(ABORT, 'wall:not_signed_in') WHERE NEW.ordered_by IS NOT current_actor(); END
----
CREATE TRIGGER requisition_starts BEFORE INSERT ON requisition
WHEN (SELECT loading FROM schema_info WHERE id = 1) IS NOT 1
BEGIN SELECT RAISE(ABORT, 'wall:not_signed_in') WHERE NEW.asked_by IS NOT current_actor() OR NEW.decided_by IS NOT NULL; END
----
CREATE TRIGGER requisition_wall BEFORE UPDATE ON requisition
BEGIN
  SELECT RAISE(ABORT, 'wall:append_only') WHERE NEW.id <> OLD.id OR NEW.number <> OLD.number OR NEW.asked_by <> OLD.asked_by
    OR NEW.department_id <> OLD.department_id OR NEW.store_id <> OLD.store_id OR NEW.asked_at <> OLD.asked_at
    OR (OLD.decided_by IS NOT NULL AND NEW.decided_by IS NOT OLD.decided_by);
  SELECT RAISE(ABORT, 'wall:own_step') WHERE NEW.decided_by IS NOT OLD.decided_by
    AND (NEW.decided_by IS NOT current_actor() OR NEW.decided_by = NEW.asked_by);
END
----
CREATE TRIGGER reservation_wall BEFORE UPDATE ON reservation
BEGIN
  SELECT RAISE(ABORT, 'wall:append_only') WHERE NEW.id <> OLD.id OR NEW.line_id <> OLD.line_id OR NEW.batch_id <> OLD.batch_id
    OR NEW.location_id <> OLD.location_id OR NEW.quantity <> OLD.quantity OR NEW.made_at <> OLD.made_at
    OR OLD.ended_at IS NOT NULL;
END
----
-- A lock ends what was kept of the lot for wards, in its own transaction, whoever sets it.
CREATE TRIGGER lot_lock_ends_reservations AFTER INSERT ON lot_lock
BEGIN
  UPDATE reservation SET ended_at = NEW.locked_at, ended_why = 'locked', lock_id = NEW.id
    WHERE ended_at IS NULL AND batch_id IN (SELECT id FROM batch WHERE product_id = NEW.product_id AND (
      NEW.lot_key IS NULL OR lot_key = NEW.lot_key
      OR id IN (SELECT batch_id FROM batch_supplement WHERE old_key = NEW.lot_key))
    UNION SELECT kit_batch_id FROM kit_content JOIN batch ON batch.id = kit_content.batch_id
      WHERE batch.product_id = NEW.product_id AND (NEW.lot_key IS NULL OR batch.lot_key = NEW.lot_key
      OR batch.id IN (SELECT batch_id FROM batch_supplement WHERE old_key = NEW.lot_key)));
END
----
CREATE TRIGGER batch_supplement_wall BEFORE INSERT ON batch_supplement
WHEN (SELECT loading FROM schema_info WHERE id = 1) IS NOT 1
BEGIN
  SELECT RAISE(ABORT, 'wall:not_signed_in') WHERE NEW.added_by IS NOT current_actor();
  SELECT RAISE(ABORT, 'wall:reason_missing') WHERE length(trim(NEW.reason)) = 0;
  SELECT RAISE(ABORT, 'wall:own_second') WHERE NEW.second_person_id = NEW.added_by;
  SELECT RAISE(ABORT, 'wall:second_missing') WHERE NEW.second_person_id IS NULL AND NEW.field IN ('lot_no', 'expiry_on');
  SELECT RAISE(ABORT, 'wall:exists') WHERE EXISTS (SELECT 1 FROM movement WHERE op_id = NEW.op_id);
  SELECT RAISE(ABORT, 'wall:unsigned') WHERE NEW.second_person_id IS NOT NULL AND NOT EXISTS
    (SELECT 1 FROM signature WHERE op_id = NEW.op_id AND person_id = NEW.second_person_id);
  -- A date that came with the goods stays; a date that was added may be set right.
  SELECT RAISE(ABORT, 'wall:append_only') WHERE NOT EXISTS (SELECT 1 FROM batch WHERE id = NEW.batch_id AND CASE NEW.field
    WHEN 'lot_no' THEN lot_no = NEW.old_value AND lot_key = NEW.old_key AND length(NEW.new_key) > 0
    WHEN 'production_on' THEN coalesce(production_on, '') = NEW.old_value
    WHEN 'expiry_on' THEN coalesce(expiry_on, '') = NEW.old_value ELSE 1 END);
  SELECT RAISE(ABORT, 'wall:append_only') WHERE NEW.field IN ('production_on', 'expiry_on') AND NEW.old_value <> ''
    AND NOT EXISTS (SELECT 1 FROM batch_supplement WHERE batch_id = NEW.batch_id AND field = NEW.field);
END
----
CREATE TRIGGER batch_supplement_written AFTER INSERT ON batch_supplement
WHEN (SELECT loading FROM schema_info WHERE id = 1) IS NOT 1
BEGIN
  UPDATE batch SET lot_no = NEW.new_value, lot_key = NEW.new_key, is_lot_unknown = 0
    WHERE id = NEW.batch_id AND NEW.field = 'lot_no';
  UPDATE batch SET production_on = NEW.new_value WHERE id = NEW.batch_id AND NEW.field = 'production_on';
  UPDATE batch SET expiry_on = NEW.new_value, expiry_precision = 'day'
    WHERE id = NEW.batch_id AND NEW.field = 'expiry_on';
END
----
CREATE TRIGGER lot_lock_wall BEFORE INSERT ON lot_lock
WHEN (SELECT loading FROM schema_info WHERE id = 1) IS NOT 1
BEGIN
  SELECT RAISE(ABORT, 'wall:not_signed_in') WHERE NEW.locked_by IS NOT current_actor();
  SELECT RAISE(ABORT, 'wall:not_approved') WHERE NEW.layer NOT IN ('on_hold', 'recall_quarantine');
  SELECT RAISE(ABORT, 'wall:not_approved') WHERE NEW.layer = 'recall_quarantine' AND NOT EXISTS
    (SELECT 1 FROM recall_case WHERE id = NEW.case_id AND state = 'active' AND approved_by IS NOT NULL);
  SELECT RAISE(ABORT, 'wall:reason_missing') WHERE length(trim(NEW.reason)) = 0;
END
----
CREATE TRIGGER lock_lift_wall BEFORE INSERT ON lock_lift
WHEN (SELECT loading FROM schema_info WHERE id = 1) IS NOT 1
BEGIN
  SELECT RAISE(ABORT, 'wall:not_signed_in') WHERE NEW.lifted_by IS NOT current_actor();
  SELECT RAISE(ABORT, 'wall:own_second') WHERE NEW.second_person_id = NEW.lifted_by;
  SELECT RAISE(ABORT, 'wall:reason_missing') WHERE length(trim(NEW.reason)) = 0;
  SELECT RAISE(ABORT, 'wall:exists') WHERE EXISTS (SELECT 1 FROM movement WHERE op_id = NEW.op_id);
  SELECT RAISE(ABORT, 'wall:unsigned') WHERE NOT EXISTS
    (SELECT 1 FROM signature WHERE op_id = NEW.op_id AND person_id = NEW.second_person_id);
END
----
CREATE TRIGGER signature_wall BEFORE INSERT ON signature
WHEN (SELECT loading FROM schema_info WHERE id = 1) IS NOT 1
BEGIN SELECT RAISE(ABORT, 'wall:not_signed_in') WHERE NEW.person_id IS NOT current_actor(); END
----
CREATE TRIGGER patient_use_wall BEFORE INSERT ON patient_use
BEGIN SELECT RAISE(ABORT, 'wall:path') WHERE NOT EXISTS
  (SELECT 1 FROM movement WHERE id = NEW.movement_id AND kind = 'use'); END
----
CREATE TRIGGER document_wall BEFORE INSERT ON document
BEGIN SELECT RAISE(ABORT, 'wall:not_signed_in') WHERE NEW.made_by IS NOT current_actor(); END
----
CREATE TRIGGER case_entry_wall BEFORE INSERT ON case_entry
WHEN (SELECT loading FROM schema_info WHERE id = 1) IS NOT 1
BEGIN SELECT RAISE(ABORT, 'wall:not_signed_in') WHERE NEW.person_id IS NOT current_actor(); END
----
CREATE TRIGGER scope_change_wall BEFORE INSERT ON scope_change
WHEN (SELECT loading FROM schema_info WHERE id = 1) IS NOT 1
BEGIN SELECT RAISE(ABORT, 'wall:not_signed_in') WHERE NEW.person_id IS NOT current_actor(); END
----
CREATE TRIGGER put_away_wall BEFORE INSERT ON put_away
WHEN (SELECT loading FROM schema_info WHERE id = 1) IS NOT 1
BEGIN SELECT RAISE(ABORT, 'wall:not_signed_in') WHERE NEW.person_id IS NOT current_actor(); END
----
CREATE TRIGGER stock_count_entry_wall BEFORE INSERT ON stock_count_entry
WHEN (SELECT loading FROM schema_info WHERE id = 1) IS NOT 1
BEGIN SELECT RAISE(ABORT, 'wall:not_signed_in') WHERE NEW.person_id IS NOT current_actor(); END
----
-- Who approves a count has not counted, is not the one who posts it, and has signed for it.
CREATE TRIGGER stock_count_wall BEFORE UPDATE ON stock_count
WHEN (SELECT loading FROM schema_info WHERE id = 1) IS NOT 1
BEGIN
  SELECT RAISE(ABORT, 'wall:append_only') WHERE OLD.state IN ('posted', 'cancelled') OR NEW.id <> OLD.id
    OR NEW.number <> OLD.number OR NEW.location_id <> OLD.location_id OR NEW.products <> OLD.products;
  SELECT RAISE(ABORT, 'wall:not_signed_in') WHERE NEW.state = 'posted' AND NEW.posted_by IS NOT current_actor();
  SELECT RAISE(ABORT, 'wall:own_step') WHERE NEW.state = 'posted' AND (NEW.approved_by IS NULL
    OR NEW.approved_by = NEW.posted_by OR EXISTS
    (SELECT 1 FROM stock_count_entry WHERE count_id = NEW.id AND person_id = NEW.approved_by));
  SELECT RAISE(ABORT, 'wall:unsigned') WHERE NEW.state = 'posted' AND NOT EXISTS
    (SELECT 1 FROM signature WHERE op_id = NEW.post_op_id AND person_id = NEW.approved_by);
END
----
-- Roles are given and ended under the signature of who grants, over this person's name, this role and where it holds,
-- and not spent before.
CREATE TRIGGER signed_grant BEFORE INSERT ON person_role
WHEN NEW.granted_by IS NOT NULL AND (SELECT loading FROM schema_info WHERE id = 1) IS NOT 1
  AND NOT EXISTS (SELECT 1 FROM signature JOIN person ON person.id = NEW.person_id
    WHERE signature.person_id = NEW.granted_by AND meaning = 'grant_roles'
      AND instr(content || char(10), char(10) || 'login: ' || person.login || char(10)) > 0
      AND instr(content, char(10) || 'granted: ' || rtrim(NEW.role || ' ' || NEW.scope) || ' · ') > 0
      AND NOT EXISTS (SELECT 1 FROM operation WHERE operation.op_id = signature.op_id))
BEGIN SELECT RAISE(ABORT, 'wall:unsigned'); END
----
CREATE TRIGGER signed_grant_ended BEFORE UPDATE ON person_role
WHEN current_actor() IS NOT NULL AND (SELECT loading FROM schema_info WHERE id = 1) IS NOT 1
  AND NOT EXISTS (SELECT 1 FROM signature JOIN person ON person.id = NEW.person_id
    WHERE signature.person_id = current_actor() AND meaning = 'grant_roles'
      AND instr(content || char(10), char(10) || 'login: ' || person.login || char(10)) > 0
      AND instr(content, char(10) || 'before: ' || rtrim(OLD.role || ' ' || OLD.scope) || ' · ') > 0
      AND NOT EXISTS (SELECT 1 FROM operation WHERE operation.op_id = signature.op_id))
BEGIN SELECT RAISE(ABORT, 'wall:unsigned'); END
----
CREATE TRIGGER person_role_wall BEFORE INSERT ON person_role
BEGIN
  SELECT RAISE(ABORT, 'wall:not_signed_in') WHERE NEW.granted_by IS NOT current_actor();
  SELECT RAISE(ABORT, 'wall:own_grant') WHERE NEW.granted_by = NEW.person_id;
  SELECT RAISE(ABORT, 'wall:apart') WHERE EXISTS (SELECT 1 FROM person_role JOIN rule_apart
    ON rule_apart.role = person_role.role AND rule_apart.other = NEW.role
    WHERE person_role.person_id = NEW.person_id AND person_role.ended_at IS NULL);
END
----
CREATE TRIGGER person_role_change BEFORE UPDATE ON person_role
BEGIN
  SELECT RAISE(ABORT, 'wall:append_only') WHERE NEW.id <> OLD.id OR NEW.person_id <> OLD.person_id
    OR NEW.role <> OLD.role OR NEW.granted_by IS NOT OLD.granted_by OR NEW.granted_at <> OLD.granted_at
    OR OLD.ended_at IS NOT NULL;
  SELECT RAISE(ABORT, 'wall:own_grant') WHERE NEW.person_id = current_actor();
END
----
CREATE TRIGGER recall_case_starts BEFORE INSERT ON recall_case
WHEN (SELECT loading FROM schema_info WHERE id = 1) IS NOT 1
BEGIN
  SELECT RAISE(ABORT, 'wall:not_signed_in') WHERE NEW.registered_by IS NOT current_actor();
  SELECT RAISE(ABORT, 'wall:not_approved') WHERE NEW.state NOT IN ('draft', 'registered')
    OR NEW.approved_by IS NOT NULL OR NEW.launched_by IS NOT NULL OR NEW.closed_by IS NOT NULL;
END
----
-- A case of class I is approved, or ended as not affecting the house, when two persons have read each of its clauses.
CREATE TRIGGER recall_read_twice BEFORE UPDATE ON recall_case
WHEN NEW.recall_class = 'I' AND ((NEW.approved_by IS NOT NULL AND NEW.approved_by IS NOT OLD.approved_by)
    OR (NEW.state = 'not_affected' AND OLD.state <> 'not_affected'))
  AND (SELECT loading FROM schema_info WHERE id = 1) IS NOT 1
  AND EXISTS (SELECT 1 FROM recall_clause WHERE case_id = NEW.id AND removed_by IS NULL AND second_by IS NULL)
BEGIN SELECT RAISE(ABORT, 'wall:second_reading'); END
----
-- A case is approved, ended and closed under a signature: of who does it, with that meaning, given over this very case,
-- and not spent on another act before. They stand before the rules of the case, which are asked first: the last comes first.
CREATE TRIGGER signed_case BEFORE UPDATE ON recall_case
WHEN NEW.approved_by IS NOT NULL AND NEW.approved_by IS NOT OLD.approved_by
  AND (SELECT loading FROM schema_info WHERE id = 1) IS NOT 1
  AND NOT EXISTS (SELECT 1 FROM signature JOIN rule_signed ON rule_signed.meaning = signature.meaning
    WHERE rule_signed.act = 'approved' AND person_id = NEW.approved_by
      AND instr(content || char(10), char(10) || 'case: ' || NEW.number || char(10)) > 0
      AND NOT EXISTS (SELECT 1 FROM case_entry WHERE case_entry.op_id = signature.op_id))
BEGIN SELECT RAISE(ABORT, 'wall:unsigned'); END
----
CREATE TRIGGER signed_case_end BEFORE UPDATE ON recall_case
WHEN ((NEW.state IN ('closed', 'not_affected', 'withdrawn') AND NEW.state <> OLD.state)
    OR (NEW.closed_by IS NOT NULL AND NEW.closed_by IS NOT OLD.closed_by))
  AND (SELECT loading FROM schema_info WHERE id = 1) IS NOT 1
  AND NOT EXISTS (SELECT 1 FROM signature JOIN rule_signed ON rule_signed.meaning = signature.meaning
    WHERE rule_signed.act = CASE WHEN NEW.state IN ('not_affected', 'withdrawn') THEN NEW.state ELSE 'closed' END
      AND person_id = NEW.closed_by
      AND instr(content || char(10), char(10) || 'case: ' || NEW.number || char(10)) > 0
      AND NOT EXISTS (SELECT 1 FROM case_entry WHERE case_entry.op_id = signature.op_id))
BEGIN SELECT RAISE(ABORT, 'wall:unsigned'); END
----
CREATE TRIGGER recall_case_wall BEFORE UPDATE ON recall_case
WHEN (SELECT loading FROM schema_info WHERE id = 1) IS NOT 1
BEGIN
  SELECT RAISE(ABORT, 'wall:append_only') WHERE NEW.id <> OLD.id OR NEW.number <> OLD.number
    OR NEW.notice_text <> OLD.notice_text OR NEW.notice_hash <> OLD.notice_hash
    OR NEW.registered_by <> OLD.registered_by OR NEW.kind <> OLD.kind OR NEW.recall_class <> OLD.recall_class
    OR NEW.notice_key <> OLD.notice_key OR NEW.parent_id IS NOT OLD.parent_id
    OR (OLD.snapshot_hash <> '' AND NEW.snapshot_hash <> OLD.snapshot_hash)
    OR (OLD.snapshot <> '' AND NEW.snapshot <> OLD.snapshot);
  SELECT RAISE(ABORT, 'wall:append_only') WHERE OLD.state IN ('closed', 'not_affected', 'withdrawn') AND (
    NEW.state = OLD.state OR NEW.approved_by IS NOT OLD.approved_by OR NEW.approved_at IS NOT OLD.approved_at
    OR NEW.launched_by IS NOT OLD.launched_by OR NEW.launched_at IS NOT OLD.launched_at
    OR NEW.review_by IS NOT OLD.review_by OR NEW.closed_by IS NOT OLD.closed_by OR NEW.closed_at IS NOT OLD.closed_at
    OR NEW.root_cause <> OLD.root_cause OR NEW.lessons <> OLD.lessons);
  SELECT RAISE(ABORT, 'wall:append_only') WHERE NEW.approved_by IS NOT OLD.approved_by AND OLD.approved_by IS NOT NULL
    AND OLD.state NOT IN ('registered', 'assessing', 'reopened');
  SELECT RAISE(ABORT, 'wall:transition') WHERE NEW.state <> OLD.state AND NOT EXISTS
    (SELECT 1 FROM rule_case WHERE before = OLD.state AND after = NEW.state);
  SELECT RAISE(ABORT, 'wall:own_step') WHERE NEW.approved_by IS NOT OLD.approved_by AND NEW.approved_by IS NOT NULL
    AND (NEW.approved_by IS NOT current_actor() OR NEW.approved_by = NEW.registered_by);
  SELECT RAISE(ABORT, 'wall:not_signed_in') WHERE
    (NEW.launched_by IS NOT OLD.launched_by AND NEW.launched_by IS NOT NULL AND NEW.launched_by IS NOT current_actor())
    OR (NEW.review_by IS NOT OLD.review_by AND NEW.review_by IS NOT NULL AND NEW.review_by IS NOT current_actor())
    OR (NEW.closed_by IS NOT OLD.closed_by AND NEW.closed_by IS NOT NULL AND NEW.closed_by IS NOT current_actor());
  SELECT RAISE(ABORT, 'wall:not_approved') WHERE NEW.state = 'active' AND NEW.approved_by IS NULL;
  SELECT RAISE(ABORT, 'wall:own_step') WHERE NEW.state = 'closed' AND OLD.state <> 'closed'
    AND (NEW.review_by IS NULL OR NEW.closed_by IS NOT current_actor() OR NEW.closed_by = NEW.review_by OR NEW.closed_by = NEW.launched_by);
END
----
-- A clause stays as it was read or entered; who confirms it, reads it again or takes it out says so in their own name.
CREATE TRIGGER recall_clause_starts BEFORE INSERT ON recall_clause
WHEN (SELECT loading FROM schema_info WHERE id = 1) IS NOT 1
BEGIN
  SELECT RAISE(ABORT, 'wall:not_signed_in') WHERE NEW.removed_by IS NOT NULL OR NEW.second_by IS NOT NULL
    OR (NEW.entered_by IS NOT NULL AND NEW.entered_by IS NOT current_actor())
    OR (NEW.confirmed_by IS NOT NULL AND NEW.confirmed_by IS NOT current_actor());
END
----
CREATE TRIGGER recall_clause_wall BEFORE UPDATE ON recall_clause
WHEN (SELECT loading FROM schema_info WHERE id = 1) IS NOT 1
BEGIN
  SELECT RAISE(ABORT, 'wall:append_only') WHERE NEW.id <> OLD.id OR NEW.case_id <> OLD.case_id
    OR NEW.ordinal <> OLD.ordinal OR NEW.key <> OLD.key OR NEW.form <> OLD.form OR NEW.content <> OLD.content
    OR NEW.quote <> OLD.quote OR NEW."start" <> OLD."start" OR NEW."end" <> OLD."end"
    OR NEW.entered_by IS NOT OLD.entered_by OR NEW.news_id IS NOT OLD.news_id OR OLD.removed_by IS NOT NULL;
  SELECT RAISE(ABORT, 'wall:not_signed_in') WHERE
    (NEW.confirmed_by IS NOT OLD.confirmed_by AND NEW.confirmed_by IS NOT current_actor())
    OR (NEW.removed_by IS NOT OLD.removed_by AND NEW.removed_by IS NOT current_actor())
    OR (NEW.second_by IS NOT OLD.second_by AND NEW.second_by IS NOT current_actor());
  SELECT RAISE(ABORT, 'wall:own_second') WHERE NEW.second_by IS NOT OLD.second_by
    AND (NEW.confirmed_by IS NULL OR NEW.second_by = NEW.confirmed_by OR NEW.second_by IS NEW.entered_by);
  SELECT RAISE(ABORT, 'wall:unsigned') WHERE NEW.second_by IS NOT OLD.second_by AND NOT EXISTS
    (SELECT 1 FROM signature JOIN rule_signed ON rule_signed.meaning = signature.meaning
      JOIN recall_case ON recall_case.id = NEW.case_id
      WHERE rule_signed.act = 'read_again' AND signature.person_id = NEW.second_by
        AND instr(content || char(10), char(10) || 'case: ' || recall_case.number || char(10)) > 0
        AND NOT EXISTS (SELECT 1 FROM case_entry WHERE case_entry.op_id = signature.op_id));
END
----
-- That a batch in doubt is not meant is said under the signature of who says it, over this case and this batch.
CREATE TRIGGER signed_exclusion BEFORE UPDATE ON scope_line
WHEN NEW.verdict = 'not_affected' AND NEW.decided_by IS NOT NULL
  AND (OLD.verdict <> 'not_affected' OR NEW.decided_by IS NOT OLD.decided_by)
  AND (SELECT loading FROM schema_info WHERE id = 1) IS NOT 1
  AND NOT EXISTS (SELECT 1 FROM signature JOIN rule_signed ON rule_signed.meaning = signature.meaning
    JOIN recall_case ON recall_case.id = NEW.case_id JOIN batch ON batch.id = NEW.batch_id
    WHERE rule_signed.act = 'line_excluded' AND signature.person_id = NEW.decided_by AND NEW.decided_by = current_actor()
      AND instr(content || char(10), char(10) || 'case: ' || recall_case.number || char(10)) > 0
      AND instr(content || char(10), char(10) || 'receipt: ' || batch.receipt_no || char(10)) > 0
      AND NOT EXISTS (SELECT 1 FROM case_entry WHERE case_entry.op_id = signature.op_id))
BEGIN SELECT RAISE(ABORT, 'wall:unsigned'); END
----
CREATE TRIGGER department_task_wall BEFORE UPDATE ON department_task
BEGIN
  SELECT RAISE(ABORT, 'wall:transition') WHERE NEW.state <> OLD.state AND NOT EXISTS
    (SELECT 1 FROM rule_task WHERE before = OLD.state AND after = NEW.state);
  SELECT RAISE(ABORT, 'wall:append_only') WHERE NEW.id <> OLD.id OR NEW.case_id <> OLD.case_id
    OR NEW.location_id <> OLD.location_id OR NEW.number <> OLD.number;
END
----
CREATE TRIGGER kit_content_wall BEFORE INSERT ON kit_content
BEGIN
  -- Nothing is put into a kit that stands already, and no kit into a kit.
  SELECT RAISE(ABORT, 'wall:append_only') WHERE EXISTS (SELECT 1 FROM movement WHERE batch_id = NEW.kit_batch_id);
  SELECT RAISE(ABORT, 'wall:path') WHERE NEW.kit_batch_id = NEW.batch_id
    OR EXISTS (SELECT 1 FROM kit_content WHERE kit_batch_id = NEW.batch_id OR batch_id = NEW.kit_batch_id);
END
----
CREATE TRIGGER departure_starts BEFORE INSERT ON departure
WHEN (SELECT loading FROM schema_info WHERE id = 1) IS NOT 1
BEGIN
  SELECT RAISE(ABORT, 'wall:not_signed_in') WHERE NEW.created_by IS NOT current_actor();
  SELECT RAISE(ABORT, 'wall:transition') WHERE NEW.state <> 'draft';
END
----
CREATE TRIGGER departure_wall BEFORE UPDATE ON departure
WHEN (SELECT loading FROM schema_info WHERE id = 1) IS NOT 1
BEGIN
  SELECT RAISE(ABORT, 'wall:transition') WHERE NEW.state <> OLD.state AND NOT EXISTS
    (SELECT 1 FROM rule_departure WHERE before = OLD.state AND after = NEW.state);
  SELECT RAISE(ABORT, 'wall:append_only') WHERE NEW.id <> OLD.id OR NEW.number <> OLD.number OR NEW.kind <> OLD.kind
    OR NEW.supplier_id IS NOT OLD.supplier_id OR NEW.created_by <> OLD.created_by OR NEW.created_at <> OLD.created_at
    OR (OLD.state NOT IN ('draft', 'handed_over') AND NEW.state = OLD.state)
    OR (NEW.state = 'reversed' AND (NEW.received_by IS NOT OLD.received_by OR NEW.received_at IS NOT OLD.received_at
      OR NEW.received_note <> OLD.received_note OR NEW.settled_op_id <> OLD.settled_op_id
      OR NEW.settled_by IS NOT OLD.settled_by OR NEW.settled_second_id IS NOT OLD.settled_second_id
      OR NEW.settled_at IS NOT OLD.settled_at OR NEW.settled_reason <> OLD.settled_reason))
    OR (OLD.state <> 'draft' AND (NEW.carrier <> OLD.carrier OR NEW.waybill <> OLD.waybill OR NEW.method <> OLD.method
      OR NEW.place <> OLD.place OR NEW.list_version <> OLD.list_version OR NEW.reason <> OLD.reason
      OR NEW.handed_by IS NOT OLD.handed_by OR NEW.second_person_id IS NOT OLD.second_person_id
      OR NEW.handed_at IS NOT OLD.handed_at));
  SELECT RAISE(ABORT, 'wall:not_signed_in') WHERE NEW.state <> OLD.state AND (
    (NEW.state IN ('handed_over', 'destroyed') AND NEW.handed_by IS NOT current_actor())
    OR (NEW.state = 'received' AND NEW.received_by IS NOT current_actor())
    OR (NEW.state = 'settled' AND NEW.settled_by IS NOT current_actor()));
  SELECT RAISE(ABORT, 'wall:path') WHERE NEW.state <> OLD.state AND NEW.state IN ('handed_over', 'destroyed')
    AND NOT EXISTS (SELECT 1 FROM movement WHERE document_no = NEW.number
      AND kind = CASE NEW.kind WHEN 'return' THEN 'return_to_supplier' ELSE 'disposal' END);
  -- A paper is reversed by the ledger: when nothing that left under its number still counts as gone.
  SELECT RAISE(ABORT, 'wall:path') WHERE NEW.state <> OLD.state AND NEW.state = 'reversed' AND EXISTS
    (SELECT 1 FROM movement AS gone WHERE gone.document_no = NEW.number
      AND gone.kind IN ('return_to_supplier', 'disposal')
      AND NOT EXISTS (SELECT 1 FROM movement AS back WHERE back.reverses_id = gone.id));
  SELECT RAISE(ABORT, 'wall:unsigned') WHERE NEW.state = 'settled' AND OLD.state <> 'settled' AND (
    NEW.settled_second_id IS NULL OR NEW.settled_second_id = NEW.settled_by OR NOT EXISTS (SELECT 1 FROM signature
      WHERE op_id = NEW.settled_op_id AND person_id = NEW.settled_second_id));
END
----
CREATE TRIGGER audit_entry_wall BEFORE INSERT ON audit_entry
BEGIN
  SELECT RAISE(ABORT, 'wall:append_only') WHERE NEW.hash IS NOT audit_hash(NEW.previous, NEW.person_id, NEW.sequence,
      NEW.at, NEW.table_name, NEW.row_id, NEW.action, NEW."before", NEW."after")
    OR NEW.person_id <> coalesce(current_actor(), 0)
    OR NOT EXISTS (SELECT 1 FROM audit_head WHERE person_id = NEW.person_id AND sequence = NEW.sequence - 1
      AND hash = NEW.previous);
END
----
CREATE TRIGGER audit_head_wall_insert BEFORE INSERT ON audit_head
WHEN NEW.sequence <> 0 OR NEW.hash <> '' OR NEW.person_id <> coalesce(current_actor(), 0)
BEGIN SELECT RAISE(ABORT, 'wall:append_only'); END
----
CREATE TRIGGER audit_head_wall BEFORE UPDATE ON audit_head
BEGIN
  SELECT RAISE(ABORT, 'wall:append_only') WHERE NEW.person_id <> OLD.person_id OR NEW.sequence <> OLD.sequence + 1
    OR NOT EXISTS (SELECT 1 FROM audit_entry WHERE person_id = NEW.person_id AND sequence = NEW.sequence
      AND hash = NEW.hash AND previous = OLD.hash);
END
----
CREATE TRIGGER schema_info_is_one BEFORE INSERT ON schema_info
WHEN EXISTS (SELECT 1 FROM schema_info)
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER schema_info_wall BEFORE UPDATE ON schema_info
BEGIN
  SELECT RAISE(ABORT, 'wall:loading') WHERE NEW.loading AND NOT OLD.loading AND EXISTS (SELECT 1 FROM movement);
  SELECT RAISE(ABORT, 'wall:append_only') WHERE NEW.id <> OLD.id OR NEW.application <> OLD.application;
END
----
CREATE TRIGGER audit_seal_wall BEFORE INSERT ON audit_seal
BEGIN
  SELECT RAISE(ABORT, 'wall:exists') WHERE NEW.n <= (SELECT max(n) FROM audit_seal);
  SELECT RAISE(ABORT, 'wall:append_only') WHERE NEW.n <> 1 + coalesce((SELECT max(n) FROM audit_seal), 0)
    OR NEW.hash IS NOT audit_hash(coalesce((SELECT hash FROM audit_seal ORDER BY n DESC LIMIT 1), ''), NEW.n, NEW.heads)
    OR NEW.heads IS NOT (SELECT json_group_array(json_array(person_id, sequence, hash))
      FROM (SELECT * FROM audit_head ORDER BY person_id));
END
----
-- Nobody's session is ever ended here.
CREATE TRIGGER ended_session_wall BEFORE INSERT ON ended_session
BEGIN SELECT RAISE(ABORT, 'wall:append_only'); END
----
-- Where a person's roles that move goods hold. A role without a scope holds everywhere.
CREATE VIEW person_place AS
  SELECT person_role.person_id, location.id AS location_id FROM person_role JOIN location
    ON person_role.scope = '' OR ' ' || person_role.scope || ' ' LIKE '% place:' || location.id || ' %'
      OR ' ' || person_role.scope || ' ' LIKE '% site:' || location.site_id || ' %'
  WHERE person_role.ended_at IS NULL AND person_role.role IN (SELECT role FROM rule_posting)
----
-- Who moves goods has a role for it, whatever program they use.
CREATE TRIGGER movement_duty BEFORE INSERT ON movement
WHEN EXISTS (SELECT 1 FROM person WHERE id = NEW.actor_id AND id IS current_actor() AND is_active)
  AND NOT EXISTS (SELECT 1 FROM person_role JOIN rule_posting ON rule_posting.role = person_role.role
    WHERE person_id = NEW.actor_id AND ended_at IS NULL AND kind = CASE WHEN NEW.kind = 'inspection'
      AND EXISTS (SELECT 1 FROM kit_content WHERE kit_batch_id = NEW.batch_id) THEN 'kit_build' ELSE NEW.kind END)
  AND (SELECT loading FROM schema_info WHERE id = 1) IS NOT 1
BEGIN SELECT RAISE(ABORT, 'wall:not_your_duty'); END
----
-- Goods are taken where the person may take them; what is brought home may come from elsewhere.
CREATE TRIGGER scope_movement BEFORE INSERT ON movement
WHEN EXISTS (SELECT 1 FROM person_role WHERE person_id = NEW.actor_id AND ended_at IS NULL AND scope <> '')
  AND (SELECT loading FROM schema_info WHERE id = 1) IS NOT 1
BEGIN
  SELECT RAISE(ABORT, 'wall:out_of_scope') WHERE NOT EXISTS (SELECT 1 FROM person_place WHERE person_id = NEW.actor_id
    AND location_id IN (coalesce(NEW.source_id, NEW.target_id),
      CASE WHEN NEW.kind IN ('ward_return', 'quarantine', 'reversal') THEN NEW.target_id END));
END
----
CREATE TRIGGER scope_department_task BEFORE UPDATE ON department_task
WHEN NEW.state <> OLD.state AND NEW.state IN ('acknowledged', 'locating', 'found', 'none_found')
  AND EXISTS (SELECT 1 FROM person_role WHERE person_id = current_actor() AND ended_at IS NULL AND scope <> '')
  AND NOT EXISTS (SELECT 1 FROM person_place WHERE person_id = current_actor() AND location_id = NEW.location_id)
BEGIN SELECT RAISE(ABORT, 'wall:out_of_scope'); END
----
CREATE TRIGGER scope_requisition BEFORE INSERT ON requisition
WHEN EXISTS (SELECT 1 FROM person_role WHERE person_id = current_actor() AND ended_at IS NULL AND scope <> '')
  AND NOT EXISTS (SELECT 1 FROM person_place WHERE person_id = current_actor() AND location_id = NEW.department_id)
BEGIN SELECT RAISE(ABORT, 'wall:out_of_scope'); END
----
CREATE TRIGGER scope_requisition_decided BEFORE UPDATE ON requisition
WHEN NEW.decided_by IS NOT OLD.decided_by
  AND EXISTS (SELECT 1 FROM person_role WHERE person_id = current_actor() AND ended_at IS NULL AND scope <> '')
  AND NOT EXISTS (SELECT 1 FROM person_place WHERE person_id = current_actor() AND location_id = NEW.department_id)
BEGIN SELECT RAISE(ABORT, 'wall:out_of_scope'); END
----
CREATE TRIGGER scope_stock_count BEFORE INSERT ON stock_count
WHEN EXISTS (SELECT 1 FROM person_role WHERE person_id = current_actor() AND ended_at IS NULL AND scope <> '')
  AND NOT EXISTS (SELECT 1 FROM person_place WHERE person_id = current_actor() AND location_id = NEW.location_id)
BEGIN SELECT RAISE(ABORT, 'wall:out_of_scope'); END
----
CREATE TRIGGER scope_delivery BEFORE INSERT ON delivery
WHEN EXISTS (SELECT 1 FROM person_role WHERE person_id = current_actor() AND ended_at IS NULL AND scope <> '')
  AND NOT EXISTS (SELECT 1 FROM person_place WHERE person_id = current_actor() AND location_id = NEW.location_id)
BEGIN SELECT RAISE(ABORT, 'wall:out_of_scope'); END
----
-- Separation of duties, one trigger a rule. Nobody closes the case they registered.
CREATE TRIGGER apart_case_closed BEFORE UPDATE ON recall_case
WHEN NEW.state <> OLD.state AND (NEW.state = 'closed' AND NEW.closed_by = NEW.registered_by
    OR NEW.state = 'not_affected' AND (
      EXISTS (SELECT 1 FROM scope_line WHERE case_id = NEW.id AND decided_by = NEW.closed_by)
      OR EXISTS (SELECT 1 FROM case_entry WHERE case_id = NEW.id AND person_id = NEW.closed_by
        AND act IN ('clause_corrected', 'clause_removed', 'clause_added'))))
  AND (SELECT loading FROM schema_info WHERE id = 1) IS NOT 1
BEGIN SELECT RAISE(ABORT, 'wall:own_step'); END
----
-- Who locked may ask for the lifting; who agrees to it is another.
CREATE TRIGGER apart_lock_lifted BEFORE INSERT ON lock_lift
WHEN NEW.second_person_id = (SELECT locked_by FROM lot_lock WHERE id = NEW.lock_id) AND NEW.second_person_id <> NEW.lifted_by
  AND (SELECT loading FROM schema_info WHERE id = 1) IS NOT 1
BEGIN SELECT RAISE(ABORT, 'wall:own_lock'); END
----
-- Roles come from a security administrator; only the installation itself has none yet.
CREATE TRIGGER apart_grant BEFORE INSERT ON person_role
WHEN NEW.granted_by IS NOT NULL AND NOT EXISTS (SELECT 1 FROM person_role AS held JOIN person ON person.id = held.person_id
  WHERE held.person_id = NEW.granted_by AND held.role = 'security_admin' AND held.ended_at IS NULL AND person.is_active)
BEGIN SELECT RAISE(ABORT, 'wall:only_security'); END
----
CREATE TRIGGER apart_grant_ended BEFORE UPDATE ON person_role
WHEN current_actor() IS NOT NULL AND NOT EXISTS (SELECT 1 FROM person_role AS held JOIN person ON person.id = held.person_id
  WHERE held.person_id = current_actor() AND held.role = 'security_admin' AND held.ended_at IS NULL AND person.is_active)
BEGIN SELECT RAISE(ABORT, 'wall:only_security'); END
----
CREATE TRIGGER scope_stays BEFORE UPDATE ON person_role
WHEN NEW.scope <> OLD.scope
BEGIN SELECT RAISE(ABORT, 'wall:append_only'); END
----
CREATE TRIGGER signature_shows BEFORE INSERT ON signature
WHEN (SELECT loading FROM schema_info WHERE id = 1) IS NOT 1
  AND (length(NEW.content) = 0 OR NEW.content_hash IS NOT sha256(NEW.content))
BEGIN SELECT RAISE(ABORT, 'wall:not_shown'); END
----
CREATE TRIGGER setting_named_insert BEFORE INSERT ON setting
WHEN NEW.changed_by IS NOT current_actor()
BEGIN SELECT RAISE(ABORT, 'wall:not_signed_in'); END
----
CREATE TRIGGER setting_named BEFORE UPDATE ON setting
WHEN NEW.changed_by IS NOT current_actor()
BEGIN SELECT RAISE(ABORT, 'wall:not_signed_in'); END
