CREATE VIEW rule_path AS SELECT column1 AS kind, column2 AS source, column3 AS target FROM (VALUES
  ('receipt', '', 'in_stock'),
  ('receipt', '', 'quarantined'),
  ('inspection', 'in_stock', 'in_stock'),
  ('inspection', 'quarantined', 'quarantined'),
  ('transfer', 'in_stock', 'in_transit'),
  ('arrival', 'in_transit', 'in_stock'),
  ('arrival', 'in_transit', 'quarantined'),
  ('issue', 'in_stock', 'expensed'),
  ('issue', 'in_stock', 'par'),
  ('use', 'expensed', 'used'),
  ('use', 'in_stock', 'used'),
  ('use', 'par', 'used'),
  ('use', 'quarantined', 'used'),
  ('ward_return', 'expensed', 'in_stock'),
  ('ward_return', 'expensed', 'quarantined'),
  ('ward_return', 'par', 'in_stock'),
  ('ward_return', 'par', 'quarantined'),
  ('quarantine', 'expensed', 'quarantined'),
  ('quarantine', 'in_stock', 'quarantined'),
  ('quarantine', 'in_transit', 'quarantined'),
  ('quarantine', 'par', 'quarantined'),
  ('quarantine', 'quarantined', 'quarantined'),
  ('unquarantine', 'quarantined', 'in_stock'),
  ('unquarantine', 'quarantined', 'par'),
  ('return_to_supplier', 'in_stock', 'returned'),
  ('return_to_supplier', 'quarantined', 'returned'),
  ('disposal', 'in_stock', 'destroyed'),
  ('disposal', 'par', 'destroyed'),
  ('disposal', 'quarantined', 'destroyed'),
  ('stock_gain', 'unaccounted', 'in_stock'),
  ('stock_gain', 'unaccounted', 'par'),
  ('stock_gain', 'unaccounted', 'quarantined'),
  ('stock_loss', 'expensed', 'unaccounted'),
  ('stock_loss', 'in_stock', 'unaccounted'),
  ('stock_loss', 'in_transit', 'unaccounted'),
  ('stock_loss', 'par', 'unaccounted'),
  ('stock_loss', 'quarantined', 'unaccounted'),
  ('kit_build', '', 'in_stock'),
  ('kit_build', 'in_stock', 'built_into_kit'),
  ('kit_open', 'built_into_kit', 'in_stock'),
  ('kit_open', 'built_into_kit', 'quarantined'),
  ('kit_open', 'expensed', ''),
  ('kit_open', 'in_stock', ''),
  ('kit_open', 'par', ''),
  ('kit_open', 'quarantined', '')) AS listed
----
CREATE VIEW rule_lock AS SELECT column1 AS kind, column2 AS layer, column3 AS effect FROM (VALUES
  ('receipt', 'pending', 'allow'),
  ('receipt', 'rejected', 'refuse'),
  ('receipt', 'expired', 'second_quarantine'),
  ('receipt', 'on_hold', 'second_quarantine'),
  ('receipt', 'recall_quarantine', 'second_quarantine'),
  ('inspection', 'pending', 'allow'),
  ('inspection', 'rejected', 'refuse'),
  ('inspection', 'expired', 'allow'),
  ('inspection', 'on_hold', 'allow'),
  ('inspection', 'recall_quarantine', 'allow'),
  ('transfer', 'pending', 'refuse'),
  ('transfer', 'rejected', 'refuse'),
  ('transfer', 'expired', 'refuse'),
  ('transfer', 'on_hold', 'refuse'),
  ('transfer', 'recall_quarantine', 'refuse'),
  ('arrival', 'pending', 'quarantine'),
  ('arrival', 'rejected', 'quarantine'),
  ('arrival', 'expired', 'quarantine'),
  ('arrival', 'on_hold', 'quarantine'),
  ('arrival', 'recall_quarantine', 'quarantine'),
  ('issue', 'pending', 'refuse'),
  ('issue', 'rejected', 'refuse'),
  ('issue', 'expired', 'refuse'),
  ('issue', 'on_hold', 'refuse'),
  ('issue', 'recall_quarantine', 'refuse'),
  ('use', 'pending', 'second'),
  ('use', 'rejected', 'second'),
  ('use', 'expired', 'second'),
  ('use', 'on_hold', 'second'),
  ('use', 'recall_quarantine', 'second'),
  ('ward_return', 'pending', 'quarantine'),
  ('ward_return', 'rejected', 'quarantine'),
  ('ward_return', 'expired', 'quarantine'),
  ('ward_return', 'on_hold', 'quarantine'),
  ('ward_return', 'recall_quarantine', 'quarantine'),
  ('quarantine', 'pending', 'allow'),
  ('quarantine', 'rejected', 'allow'),
  ('quarantine', 'expired', 'allow'),
  ('quarantine', 'on_hold', 'allow'),
  ('quarantine', 'recall_quarantine', 'allow'),
  ('unquarantine', 'pending', 'refuse'),
  ('unquarantine', 'rejected', 'refuse'),
  ('unquarantine', 'expired', 'refuse'),
  ('unquarantine', 'on_hold', 'refuse'),
  ('unquarantine', 'recall_quarantine', 'refuse'),
  ('return_to_supplier', 'pending', 'allow'),
  ('return_to_supplier', 'rejected', 'allow'),
  ('return_to_supplier', 'expired', 'allow'),
  ('return_to_supplier', 'on_hold', 'second'),
  ('return_to_supplier', 'recall_quarantine', 'allow'),
  ('disposal', 'pending', 'second'),
  ('disposal', 'rejected', 'allow'),
  ('disposal', 'expired', 'allow'),
  ('disposal', 'on_hold', 'second'),
  ('disposal', 'recall_quarantine', 'allow'),
  ('stock_gain', 'pending', 'second_quarantine'),
  ('stock_gain', 'rejected', 'second_quarantine'),
  ('stock_gain', 'expired', 'second_quarantine'),
  ('stock_gain', 'on_hold', 'second_quarantine'),
  ('stock_gain', 'recall_quarantine', 'second_quarantine'),
  ('stock_loss', 'pending', 'second'),
  ('stock_loss', 'rejected', 'second'),
  ('stock_loss', 'expired', 'second'),
  ('stock_loss', 'on_hold', 'second'),
  ('stock_loss', 'recall_quarantine', 'second'),
  ('kit_build', 'pending', 'refuse'),
  ('kit_build', 'rejected', 'refuse'),
  ('kit_build', 'expired', 'refuse'),
  ('kit_build', 'on_hold', 'refuse'),
  ('kit_build', 'recall_quarantine', 'refuse'),
  ('kit_open', 'pending', 'allow'),
  ('kit_open', 'rejected', 'quarantine'),
  ('kit_open', 'expired', 'quarantine'),
  ('kit_open', 'on_hold', 'quarantine'),
  ('kit_open', 'recall_quarantine', 'quarantine'),
  ('reversal', 'pending', 'second_not_free'),
  ('reversal', 'rejected', 'second_not_free'),
  ('reversal', 'expired', 'second_not_free'),
  ('reversal', 'on_hold', 'second_not_free'),
  ('reversal', 'recall_quarantine', 'second_not_free')) AS listed
----
CREATE VIEW rule_need AS SELECT column1 AS kind, column2 AS need FROM (VALUES
  ('disposal', 'second'),
  ('return_to_supplier', 'second'),
  ('stock_gain', 'second'),
  ('stock_loss', 'second'),
  ('unquarantine', 'second'),
  ('disposal', 'reason'),
  ('reversal', 'reason'),
  ('stock_gain', 'reason'),
  ('stock_loss', 'reason'),
  ('unquarantine', 'reason')) AS listed
----
CREATE VIEW rule_free AS SELECT column1 AS state FROM (VALUES
  ('in_stock'),
  ('in_transit'),
  ('par')) AS listed
----
CREATE VIEW rule_case AS SELECT column1 AS before, column2 AS after FROM (VALUES
  ('draft', 'registered'),
  ('registered', 'assessing'),
  ('registered', 'withdrawn'),
  ('assessing', 'active'),
  ('assessing', 'not_affected'),
  ('assessing', 'withdrawn'),
  ('not_affected', 'reopened'),
  ('active', 'reconciling'),
  ('active', 'withdrawn'),
  ('reconciling', 'active'),
  ('reconciling', 'closing_review'),
  ('reconciling', 'withdrawn'),
  ('closing_review', 'closed'),
  ('closing_review', 'reconciling'),
  ('closed', 'reopened'),
  ('withdrawn', 'reopened'),
  ('reopened', 'active'),
  ('reopened', 'assessing'),
  ('reopened', 'reconciling')) AS listed
----
CREATE VIEW rule_task AS SELECT column1 AS before, column2 AS after FROM (VALUES
  ('sent', 'acknowledged'),
  ('sent', 'exempted'),
  ('acknowledged', 'exempted'),
  ('acknowledged', 'found'),
  ('acknowledged', 'locating'),
  ('acknowledged', 'none_found'),
  ('locating', 'exempted'),
  ('locating', 'found'),
  ('locating', 'none_found'),
  ('found', 'handed_over'),
  ('found', 'locating'),
  ('found', 'quarantined'),
  ('none_found', 'done'),
  ('none_found', 'found'),
  ('none_found', 'locating'),
  ('quarantined', 'done'),
  ('quarantined', 'handed_over'),
  ('quarantined', 'locating'),
  ('handed_over', 'done'),
  ('handed_over', 'locating'),
  ('done', 'locating'),
  ('exempted', 'locating')) AS listed
----
CREATE VIEW rule_signed AS SELECT column1 AS act, column2 AS meaning FROM (VALUES
  ('approved', 'approve_recall'),
  ('closed', 'close_recall'),
  ('not_affected', 'not_affected'),
  ('withdrawn', 'withdraw_recall'),
  ('read_again', 'read_again'),
  ('line_excluded', 'exclude_batch')) AS listed
----
CREATE VIEW rule_departure AS SELECT column1 AS before, column2 AS after FROM (VALUES
  ('draft', 'cancelled'),
  ('draft', 'destroyed'),
  ('draft', 'handed_over'),
  ('handed_over', 'received'),
  ('handed_over', 'reversed'),
  ('handed_over', 'settled'),
  ('received', 'reversed'),
  ('settled', 'reversed'),
  ('destroyed', 'reversed')) AS listed
----
CREATE VIEW rule_apart AS SELECT column1 AS role, column2 AS other FROM (VALUES
  ('it_admin', 'security_admin'),
  ('security_admin', 'it_admin'),
  ('auditor', 'storekeeper'),
  ('storekeeper', 'auditor'),
  ('auditor', 'buyer'),
  ('buyer', 'auditor'),
  ('auditor', 'quality_inspector'),
  ('quality_inspector', 'auditor'),
  ('auditor', 'dept_liaison'),
  ('dept_liaison', 'auditor'),
  ('auditor', 'dept_head'),
  ('dept_head', 'auditor'),
  ('auditor', 'recall_coordinator'),
  ('recall_coordinator', 'auditor'),
  ('auditor', 'executive'),
  ('executive', 'auditor'),
  ('auditor', 'clinical_affairs'),
  ('clinical_affairs', 'auditor'),
  ('auditor', 'it_admin'),
  ('it_admin', 'auditor'),
  ('auditor', 'security_admin'),
  ('security_admin', 'auditor'),
  ('executive', 'it_admin'),
  ('it_admin', 'executive'),
  ('dept_head', 'it_admin'),
  ('it_admin', 'dept_head'),
  ('executive', 'security_admin'),
  ('security_admin', 'executive'),
  ('dept_head', 'security_admin'),
  ('security_admin', 'dept_head')) AS listed
----
CREATE VIEW rule_posting AS SELECT column1 AS kind, column2 AS role FROM (VALUES
  ('arrival', 'storekeeper'),
  ('disposal', 'recall_coordinator'),
  ('disposal', 'storekeeper'),
  ('inspection', 'quality_inspector'),
  ('issue', 'storekeeper'),
  ('kit_build', 'storekeeper'),
  ('kit_open', 'dept_head'),
  ('kit_open', 'dept_liaison'),
  ('kit_open', 'storekeeper'),
  ('quarantine', 'dept_head'),
  ('quarantine', 'dept_liaison'),
  ('quarantine', 'quality_inspector'),
  ('quarantine', 'recall_coordinator'),
  ('quarantine', 'storekeeper'),
  ('receipt', 'storekeeper'),
  ('return_to_supplier', 'recall_coordinator'),
  ('return_to_supplier', 'storekeeper'),
  ('reversal', 'dept_head'),
  ('reversal', 'dept_liaison'),
  ('reversal', 'recall_coordinator'),
  ('reversal', 'storekeeper'),
  ('stock_gain', 'dept_head'),
  ('stock_gain', 'dept_liaison'),
  ('stock_gain', 'recall_coordinator'),
  ('stock_gain', 'storekeeper'),
  ('stock_loss', 'dept_head'),
  ('stock_loss', 'dept_liaison'),
  ('stock_loss', 'recall_coordinator'),
  ('stock_loss', 'storekeeper'),
  ('transfer', 'storekeeper'),
  ('unquarantine', 'recall_coordinator'),
  ('unquarantine', 'storekeeper'),
  ('use', 'dept_head'),
  ('use', 'dept_liaison'),
  ('ward_return', 'dept_head'),
  ('ward_return', 'dept_liaison')) AS listed
----
CREATE VIEW rule_duty AS SELECT column1 AS duty, column2 AS role FROM (VALUES
  ('approve_recall', 'executive'),
  ('approve_requisition', 'dept_head'),
  ('audit', 'auditor'),
  ('build_kits', 'storekeeper'),
  ('close_recall', 'executive'),
  ('collect_goods', 'recall_coordinator'),
  ('collect_goods', 'storekeeper'),
  ('count_stock', 'dept_head'),
  ('count_stock', 'dept_liaison'),
  ('count_stock', 'storekeeper'),
  ('grant_roles', 'security_admin'),
  ('hold', 'executive'),
  ('hold', 'quality_inspector'),
  ('hold', 'recall_coordinator'),
  ('hold', 'storekeeper'),
  ('inspect', 'quality_inspector'),
  ('issue', 'storekeeper'),
  ('keep_recipes', 'buyer'),
  ('keep_recipes', 'storekeeper'),
  ('maintain_catalogue', 'buyer'),
  ('order', 'buyer'),
  ('receive', 'storekeeper'),
  ('run_recall', 'recall_coordinator'),
  ('see_batches', 'auditor'),
  ('see_batches', 'buyer'),
  ('see_batches', 'clinical_affairs'),
  ('see_batches', 'dept_head'),
  ('see_batches', 'dept_liaison'),
  ('see_batches', 'executive'),
  ('see_batches', 'it_admin'),
  ('see_batches', 'quality_inspector'),
  ('see_batches', 'recall_coordinator'),
  ('see_batches', 'security_admin'),
  ('see_batches', 'storekeeper'),
  ('see_patients', 'clinical_affairs'),
  ('see_patients', 'dept_head'),
  ('see_recalls', 'auditor'),
  ('see_recalls', 'buyer'),
  ('see_recalls', 'clinical_affairs'),
  ('see_recalls', 'dept_head'),
  ('see_recalls', 'dept_liaison'),
  ('see_recalls', 'executive'),
  ('see_recalls', 'it_admin'),
  ('see_recalls', 'quality_inspector'),
  ('see_recalls', 'recall_coordinator'),
  ('see_recalls', 'security_admin'),
  ('see_recalls', 'storekeeper'),
  ('set_rules', 'executive'),
  ('set_up', 'it_admin'),
  ('store_work', 'storekeeper'),
  ('ward', 'dept_head'),
  ('ward', 'dept_liaison'),
  ('witness', 'dept_head'),
  ('witness', 'dept_liaison'),
  ('witness', 'executive'),
  ('witness', 'quality_inspector'),
  ('witness', 'recall_coordinator'),
  ('witness', 'storekeeper')) AS listed
----
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
----
-- What a locked screen may know, on SQLite: the same columns as on PostgreSQL, of every place.
CREATE VIEW place_alarm AS
  SELECT department_task.location_id, location.name_zh AS place_zh, location.name_en AS place_en,
    department_task.id AS task_id, department_task.number AS task_number, department_task.state,
    department_task.expected, department_task.acknowledge_by, department_task.done_by,
    recall_case.id AS case_id, recall_case.number AS case_number, recall_case.kind, recall_case.recall_class,
    recall_case.title, recall_case.hazard, recall_case.launched_at, site.name_zh AS site_zh, site.name_en AS site_en,
    coalesce((SELECT store.phone FROM location AS store WHERE store.site_id = location.site_id AND store.kind = 'store'
      AND store.is_active ORDER BY store.id LIMIT 1), '') AS phone,
    coalesce((SELECT group_concat(good, char(10)) FROM (SELECT product.name_zh || char(9) || product.name_en || char(9)
        || batch.lot_no AS good
      FROM task_line JOIN batch ON batch.id = task_line.batch_id JOIN product ON product.id = batch.product_id
      WHERE task_line.task_id = department_task.id ORDER BY product.id, batch.lot_key, batch.id)), '') AS goods
  FROM department_task JOIN recall_case ON recall_case.id = department_task.case_id
    JOIN location ON location.id = department_task.location_id JOIN site ON site.id = location.site_id
  WHERE recall_case.state IN ('active', 'reconciling') AND department_task.finished_at IS NULL
----
-- When each department had to sign for its task and to finish it: what the clocks need, and no goods. Whoever stands in
-- for the agent watches those of all departments.
CREATE VIEW task_clock AS
  SELECT id, case_id, location_id, number, state, acknowledge_by, done_by, acknowledged_at, finished_at FROM department_task
----
-- Three kinds of row for each device identifier: the product itself, its lots with their layers, its standing locks.
CREATE VIEW scan_verdict AS
  SELECT device_identifier.di, 'product' AS part, product.name_zh, product.name_en, product.spec, product.needs_lot,
    product.needs_serial, NULL AS lot_key, NULL AS lot_no, NULL AS expiry_on, NULL AS layer, NULL AS reason,
    NULL AS case_number, NULL AS hazard, NULL AS since
  FROM device_identifier JOIN product ON product.id = device_identifier.product_id
  UNION ALL
  SELECT device_identifier.di, 'batch', product.name_zh, product.name_en, product.spec, product.needs_lot,
    product.needs_serial, spelling.lot_key, batch.lot_no, batch.expiry_on, batch_layer.layer, NULL, NULL, NULL, NULL
  FROM device_identifier JOIN product ON product.id = device_identifier.product_id
    JOIN batch ON batch.product_id = product.id
    JOIN (SELECT id AS batch_id, lot_key FROM batch UNION SELECT batch_id, old_key FROM batch_supplement
      WHERE field = 'lot_no') AS spelling ON spelling.batch_id = batch.id
    LEFT JOIN batch_layer ON batch_layer.batch_id = batch.id
  UNION ALL
  SELECT device_identifier.di, 'lock', product.name_zh, product.name_en, product.spec, product.needs_lot,
    product.needs_serial, lot_lock.lot_key, NULL, NULL, lot_lock.layer, lot_lock.reason, recall_case.number,
    recall_case.hazard, lot_lock.locked_at
  FROM device_identifier JOIN product ON product.id = device_identifier.product_id
    JOIN lot_lock ON lot_lock.product_id = product.id
    LEFT JOIN recall_case ON recall_case.id = lot_lock.case_id
  WHERE NOT EXISTS (SELECT 1 FROM lock_lift WHERE lock_lift.lock_id = lot_lock.id)
----
-- Whose use it was without saying whose: one number per visit, and the tail that the screen shows.
CREATE VIEW patient_mark AS
  SELECT movement_id, used_at, (SELECT min(first.id) FROM patient_use AS first WHERE first.visit_no = patient_use.visit_no)
    AS patient, '●●●● ' || substr(visit_no, CASE WHEN length(visit_no) >= 6 THEN -4 ELSE -1 END) AS shown
  FROM patient_use
----
CREATE TRIGGER patient_look_wall BEFORE INSERT ON patient_look
WHEN (SELECT loading FROM schema_info WHERE id = 1) IS NOT 1
BEGIN SELECT RAISE(ABORT, 'wall:not_signed_in') WHERE NEW.person_id IS NOT current_actor(); END
----
-- A line is taken off a draft; what was posted or handed over keeps every line.
CREATE TRIGGER draft_delivery_line_wall BEFORE DELETE ON delivery_line
WHEN EXISTS (SELECT 1 FROM delivery WHERE id = OLD.delivery_id AND posted_at IS NOT NULL)
BEGIN SELECT RAISE(ABORT, 'wall:append_only'); END
----
CREATE TRIGGER draft_departure_line_wall BEFORE DELETE ON departure_line
WHEN EXISTS (SELECT 1 FROM departure WHERE id = OLD.departure_id AND state <> 'draft')
BEGIN SELECT RAISE(ABORT, 'wall:append_only'); END
----
-- When a step was taken goes with who took it: the moment alone is never set right.
CREATE TRIGGER recall_case_moments BEFORE UPDATE ON recall_case
WHEN NEW.state = OLD.state AND (SELECT loading FROM schema_info WHERE id = 1) IS NOT 1 AND (
    (NEW.approved_at IS NOT OLD.approved_at AND NEW.approved_by IS OLD.approved_by)
    OR (NEW.launched_at IS NOT OLD.launched_at AND NEW.launched_by IS OLD.launched_by)
    OR (NEW.review_at IS NOT OLD.review_at AND NEW.review_by IS OLD.review_by)
    OR (NEW.closed_at IS NOT OLD.closed_at AND NEW.closed_by IS OLD.closed_by))
BEGIN SELECT RAISE(ABORT, 'wall:append_only'); END
----
-- That a case was approved or ended stands in its diary only under the signature of who did it.
CREATE TRIGGER case_entry_signed BEFORE INSERT ON case_entry
WHEN NEW.act IN (SELECT act FROM rule_signed) AND (SELECT loading FROM schema_info WHERE id = 1) IS NOT 1
  AND NOT EXISTS (SELECT 1 FROM signature JOIN rule_signed ON rule_signed.meaning = signature.meaning
    WHERE rule_signed.act = NEW.act AND op_id = NEW.op_id AND person_id = NEW.person_id)
BEGIN SELECT RAISE(ABORT, 'wall:unsigned'); END
----
CREATE TRIGGER keep_movement_update BEFORE UPDATE ON movement
BEGIN SELECT RAISE(ABORT, 'wall:append_only'); END
----
CREATE TRIGGER keep_lot_lock_update BEFORE UPDATE ON lot_lock
BEGIN SELECT RAISE(ABORT, 'wall:append_only'); END
----
CREATE TRIGGER keep_lock_lift_update BEFORE UPDATE ON lock_lift
BEGIN SELECT RAISE(ABORT, 'wall:append_only'); END
----
CREATE TRIGGER keep_signature_update BEFORE UPDATE ON signature
BEGIN SELECT RAISE(ABORT, 'wall:append_only'); END
----
CREATE TRIGGER keep_past_password_update BEFORE UPDATE ON past_password
BEGIN SELECT RAISE(ABORT, 'wall:append_only'); END
----
CREATE TRIGGER keep_patient_use_update BEFORE UPDATE ON patient_use
BEGIN SELECT RAISE(ABORT, 'wall:append_only'); END
----
CREATE TRIGGER keep_patient_look_update BEFORE UPDATE ON patient_look
BEGIN SELECT RAISE(ABORT, 'wall:append_only'); END
----
CREATE TRIGGER keep_inspection_check_update BEFORE UPDATE ON inspection_check
BEGIN SELECT RAISE(ABORT, 'wall:append_only'); END
----
CREATE TRIGGER keep_batch_supplement_update BEFORE UPDATE ON batch_supplement
BEGIN SELECT RAISE(ABORT, 'wall:append_only'); END
----
CREATE TRIGGER keep_attachment_update BEFORE UPDATE ON attachment
BEGIN SELECT RAISE(ABORT, 'wall:append_only'); END
----
CREATE TRIGGER keep_part_rejection_update BEFORE UPDATE ON part_rejection
BEGIN SELECT RAISE(ABORT, 'wall:append_only'); END
----
CREATE TRIGGER keep_requisition_line_update BEFORE UPDATE ON requisition_line
BEGIN SELECT RAISE(ABORT, 'wall:append_only'); END
----
CREATE TRIGGER keep_requisition_issue_update BEFORE UPDATE ON requisition_issue
BEGIN SELECT RAISE(ABORT, 'wall:append_only'); END
----
CREATE TRIGGER keep_purchase_order_line_update BEFORE UPDATE ON purchase_order_line
BEGIN SELECT RAISE(ABORT, 'wall:append_only'); END
----
CREATE TRIGGER keep_document_update BEFORE UPDATE ON document
BEGIN SELECT RAISE(ABORT, 'wall:append_only'); END
----
CREATE TRIGGER keep_case_entry_update BEFORE UPDATE ON case_entry
BEGIN SELECT RAISE(ABORT, 'wall:append_only'); END
----
CREATE TRIGGER keep_scope_change_update BEFORE UPDATE ON scope_change
BEGIN SELECT RAISE(ABORT, 'wall:append_only'); END
----
CREATE TRIGGER keep_put_away_update BEFORE UPDATE ON put_away
BEGIN SELECT RAISE(ABORT, 'wall:append_only'); END
----
CREATE TRIGGER keep_reminder_update BEFORE UPDATE ON reminder
BEGIN SELECT RAISE(ABORT, 'wall:append_only'); END
----
CREATE TRIGGER keep_service_person_update BEFORE UPDATE ON service_person
BEGIN SELECT RAISE(ABORT, 'wall:append_only'); END
----
CREATE TRIGGER keep_stock_count_entry_update BEFORE UPDATE ON stock_count_entry
BEGIN SELECT RAISE(ABORT, 'wall:append_only'); END
----
CREATE TRIGGER keep_kit_recipe_update BEFORE UPDATE ON kit_recipe
BEGIN SELECT RAISE(ABORT, 'wall:append_only'); END
----
CREATE TRIGGER keep_kit_component_update BEFORE UPDATE ON kit_component
BEGIN SELECT RAISE(ABORT, 'wall:append_only'); END
----
CREATE TRIGGER keep_kit_update BEFORE UPDATE ON kit
BEGIN SELECT RAISE(ABORT, 'wall:append_only'); END
----
CREATE TRIGGER keep_kit_content_update BEFORE UPDATE ON kit_content
BEGIN SELECT RAISE(ABORT, 'wall:append_only'); END
----
CREATE TRIGGER keep_ended_session_update BEFORE UPDATE ON ended_session
BEGIN SELECT RAISE(ABORT, 'wall:append_only'); END
----
CREATE TRIGGER keep_operation_update BEFORE UPDATE ON operation
BEGIN SELECT RAISE(ABORT, 'wall:append_only'); END
----
CREATE TRIGGER keep_audit_entry_update BEFORE UPDATE ON audit_entry
BEGIN SELECT RAISE(ABORT, 'wall:append_only'); END
----
CREATE TRIGGER keep_audit_seal_update BEFORE UPDATE ON audit_seal
BEGIN SELECT RAISE(ABORT, 'wall:append_only'); END
----
CREATE TRIGGER keep_movement_delete BEFORE DELETE ON movement
BEGIN SELECT RAISE(ABORT, 'wall:append_only'); END
----
CREATE TRIGGER keep_lot_lock_delete BEFORE DELETE ON lot_lock
BEGIN SELECT RAISE(ABORT, 'wall:append_only'); END
----
CREATE TRIGGER keep_lock_lift_delete BEFORE DELETE ON lock_lift
BEGIN SELECT RAISE(ABORT, 'wall:append_only'); END
----
CREATE TRIGGER keep_signature_delete BEFORE DELETE ON signature
BEGIN SELECT RAISE(ABORT, 'wall:append_only'); END
----
CREATE TRIGGER keep_past_password_delete BEFORE DELETE ON past_password
BEGIN SELECT RAISE(ABORT, 'wall:append_only'); END
----
CREATE TRIGGER keep_patient_use_delete BEFORE DELETE ON patient_use
BEGIN SELECT RAISE(ABORT, 'wall:append_only'); END
----
CREATE TRIGGER keep_patient_look_delete BEFORE DELETE ON patient_look
BEGIN SELECT RAISE(ABORT, 'wall:append_only'); END
----
CREATE TRIGGER keep_inspection_check_delete BEFORE DELETE ON inspection_check
BEGIN SELECT RAISE(ABORT, 'wall:append_only'); END
----
CREATE TRIGGER keep_batch_supplement_delete BEFORE DELETE ON batch_supplement
BEGIN SELECT RAISE(ABORT, 'wall:append_only'); END
----
CREATE TRIGGER keep_attachment_delete BEFORE DELETE ON attachment
BEGIN SELECT RAISE(ABORT, 'wall:append_only'); END
----
CREATE TRIGGER keep_part_rejection_delete BEFORE DELETE ON part_rejection
BEGIN SELECT RAISE(ABORT, 'wall:append_only'); END
----
CREATE TRIGGER keep_requisition_line_delete BEFORE DELETE ON requisition_line
BEGIN SELECT RAISE(ABORT, 'wall:append_only'); END
----
CREATE TRIGGER keep_requisition_issue_delete BEFORE DELETE ON requisition_issue
BEGIN SELECT RAISE(ABORT, 'wall:append_only'); END
----
CREATE TRIGGER keep_purchase_order_line_delete BEFORE DELETE ON purchase_order_line
BEGIN SELECT RAISE(ABORT, 'wall:append_only'); END
----
CREATE TRIGGER keep_document_delete BEFORE DELETE ON document
BEGIN SELECT RAISE(ABORT, 'wall:append_only'); END
----
CREATE TRIGGER keep_case_entry_delete BEFORE DELETE ON case_entry
BEGIN SELECT RAISE(ABORT, 'wall:append_only'); END
----
CREATE TRIGGER keep_scope_change_delete BEFORE DELETE ON scope_change
BEGIN SELECT RAISE(ABORT, 'wall:append_only'); END
----
CREATE TRIGGER keep_put_away_delete BEFORE DELETE ON put_away
BEGIN SELECT RAISE(ABORT, 'wall:append_only'); END
----
CREATE TRIGGER keep_reminder_delete BEFORE DELETE ON reminder
BEGIN SELECT RAISE(ABORT, 'wall:append_only'); END
----
CREATE TRIGGER keep_service_person_delete BEFORE DELETE ON service_person
BEGIN SELECT RAISE(ABORT, 'wall:append_only'); END
----
CREATE TRIGGER keep_stock_count_entry_delete BEFORE DELETE ON stock_count_entry
BEGIN SELECT RAISE(ABORT, 'wall:append_only'); END
----
CREATE TRIGGER keep_kit_recipe_delete BEFORE DELETE ON kit_recipe
BEGIN SELECT RAISE(ABORT, 'wall:append_only'); END
----
CREATE TRIGGER keep_kit_component_delete BEFORE DELETE ON kit_component
BEGIN SELECT RAISE(ABORT, 'wall:append_only'); END
----
CREATE TRIGGER keep_kit_delete BEFORE DELETE ON kit
BEGIN SELECT RAISE(ABORT, 'wall:append_only'); END
----
CREATE TRIGGER keep_kit_content_delete BEFORE DELETE ON kit_content
BEGIN SELECT RAISE(ABORT, 'wall:append_only'); END
----
CREATE TRIGGER keep_ended_session_delete BEFORE DELETE ON ended_session
BEGIN SELECT RAISE(ABORT, 'wall:append_only'); END
----
CREATE TRIGGER keep_operation_delete BEFORE DELETE ON operation
BEGIN SELECT RAISE(ABORT, 'wall:append_only'); END
----
CREATE TRIGGER keep_audit_entry_delete BEFORE DELETE ON audit_entry
BEGIN SELECT RAISE(ABORT, 'wall:append_only'); END
----
CREATE TRIGGER keep_audit_seal_delete BEFORE DELETE ON audit_seal
BEGIN SELECT RAISE(ABORT, 'wall:append_only'); END
----
CREATE TRIGGER keep_balance_delete BEFORE DELETE ON balance
BEGIN SELECT RAISE(ABORT, 'wall:append_only'); END
----
CREATE TRIGGER keep_batch_delete BEFORE DELETE ON batch
BEGIN SELECT RAISE(ABORT, 'wall:append_only'); END
----
CREATE TRIGGER keep_serial_unit_delete BEFORE DELETE ON serial_unit
BEGIN SELECT RAISE(ABORT, 'wall:append_only'); END
----
CREATE TRIGGER keep_audit_head_delete BEFORE DELETE ON audit_head
BEGIN SELECT RAISE(ABORT, 'wall:append_only'); END
----
CREATE TRIGGER keep_recall_case_delete BEFORE DELETE ON recall_case
BEGIN SELECT RAISE(ABORT, 'wall:append_only'); END
----
CREATE TRIGGER keep_recall_clause_delete BEFORE DELETE ON recall_clause
BEGIN SELECT RAISE(ABORT, 'wall:append_only'); END
----
CREATE TRIGGER keep_scope_line_delete BEFORE DELETE ON scope_line
BEGIN SELECT RAISE(ABORT, 'wall:append_only'); END
----
CREATE TRIGGER keep_department_task_delete BEFORE DELETE ON department_task
BEGIN SELECT RAISE(ABORT, 'wall:append_only'); END
----
CREATE TRIGGER keep_task_line_delete BEFORE DELETE ON task_line
BEGIN SELECT RAISE(ABORT, 'wall:append_only'); END
----
CREATE TRIGGER keep_return_shipment_delete BEFORE DELETE ON return_shipment
BEGIN SELECT RAISE(ABORT, 'wall:append_only'); END
----
CREATE TRIGGER keep_departure_delete BEFORE DELETE ON departure
BEGIN SELECT RAISE(ABORT, 'wall:append_only'); END
----
CREATE TRIGGER keep_person_delete BEFORE DELETE ON person
BEGIN SELECT RAISE(ABORT, 'wall:append_only'); END
----
CREATE TRIGGER keep_person_role_delete BEFORE DELETE ON person_role
BEGIN SELECT RAISE(ABORT, 'wall:append_only'); END
----
CREATE TRIGGER keep_workstation_delete BEFORE DELETE ON workstation
BEGIN SELECT RAISE(ABORT, 'wall:append_only'); END
----
CREATE TRIGGER keep_product_delete BEFORE DELETE ON product
BEGIN SELECT RAISE(ABORT, 'wall:append_only'); END
----
CREATE TRIGGER keep_certificate_delete BEFORE DELETE ON certificate
BEGIN SELECT RAISE(ABORT, 'wall:append_only'); END
----
CREATE TRIGGER keep_supplier_delete BEFORE DELETE ON supplier
BEGIN SELECT RAISE(ABORT, 'wall:append_only'); END
----
CREATE TRIGGER keep_location_delete BEFORE DELETE ON location
BEGIN SELECT RAISE(ABORT, 'wall:append_only'); END
----
CREATE TRIGGER keep_site_delete BEFORE DELETE ON site
BEGIN SELECT RAISE(ABORT, 'wall:append_only'); END
----
CREATE TRIGGER keep_schema_info_delete BEFORE DELETE ON schema_info
BEGIN SELECT RAISE(ABORT, 'wall:append_only'); END
----
CREATE TRIGGER keep_delivery_delete BEFORE DELETE ON delivery
BEGIN SELECT RAISE(ABORT, 'wall:append_only'); END
----
CREATE TRIGGER keep_requisition_delete BEFORE DELETE ON requisition
BEGIN SELECT RAISE(ABORT, 'wall:append_only'); END
----
CREATE TRIGGER keep_reservation_delete BEFORE DELETE ON reservation
BEGIN SELECT RAISE(ABORT, 'wall:append_only'); END
----
CREATE TRIGGER keep_purchase_order_delete BEFORE DELETE ON purchase_order
BEGIN SELECT RAISE(ABORT, 'wall:append_only'); END
----
CREATE TRIGGER keep_transfer_delete BEFORE DELETE ON transfer
BEGIN SELECT RAISE(ABORT, 'wall:append_only'); END
----
CREATE TRIGGER keep_transfer_line_delete BEFORE DELETE ON transfer_line
BEGIN SELECT RAISE(ABORT, 'wall:append_only'); END
----
CREATE TRIGGER keep_shelf_place_delete BEFORE DELETE ON shelf_place
BEGIN SELECT RAISE(ABORT, 'wall:append_only'); END
----
CREATE TRIGGER keep_mail_delete BEFORE DELETE ON mail
BEGIN SELECT RAISE(ABORT, 'wall:append_only'); END
----
CREATE TRIGGER keep_news_delete BEFORE DELETE ON news
BEGIN SELECT RAISE(ABORT, 'wall:append_only'); END
----
CREATE TRIGGER keep_agent_lease_delete BEFORE DELETE ON agent_lease
BEGIN SELECT RAISE(ABORT, 'wall:append_only'); END
----
CREATE TRIGGER keep_agent_job_delete BEFORE DELETE ON agent_job
BEGIN SELECT RAISE(ABORT, 'wall:append_only'); END
----
CREATE TRIGGER keep_stock_count_delete BEFORE DELETE ON stock_count
BEGIN SELECT RAISE(ABORT, 'wall:append_only'); END
----
CREATE TRIGGER keep_stock_count_line_delete BEFORE DELETE ON stock_count_line
BEGIN SELECT RAISE(ABORT, 'wall:append_only'); END
----
CREATE TRIGGER keep_agent_job_insert_0 BEFORE INSERT ON agent_job
WHEN EXISTS (SELECT 1 FROM agent_job WHERE "job" = NEW."job")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_agent_job_change_0 BEFORE UPDATE ON agent_job
WHEN (NEW."job" IS NOT OLD."job") AND EXISTS (SELECT 1 FROM agent_job WHERE "job" = NEW."job")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_agent_lease_insert_0 BEFORE INSERT ON agent_lease
WHEN EXISTS (SELECT 1 FROM agent_lease WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_agent_lease_change_0 BEFORE UPDATE ON agent_lease
WHEN (NEW."id" IS NOT OLD."id") AND EXISTS (SELECT 1 FROM agent_lease WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_attachment_insert_0 BEFORE INSERT ON attachment
WHEN EXISTS (SELECT 1 FROM attachment WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_attachment_insert_1 BEFORE INSERT ON attachment
WHEN EXISTS (SELECT 1 FROM attachment WHERE "batch_id" = NEW."batch_id" AND "content_hash" = NEW."content_hash")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_audit_entry_insert_0 BEFORE INSERT ON audit_entry
WHEN EXISTS (SELECT 1 FROM audit_entry WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_audit_entry_insert_1 BEFORE INSERT ON audit_entry
WHEN EXISTS (SELECT 1 FROM audit_entry WHERE "person_id" = NEW."person_id" AND "sequence" = NEW."sequence")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_audit_head_insert_0 BEFORE INSERT ON audit_head
WHEN EXISTS (SELECT 1 FROM audit_head WHERE "person_id" = NEW."person_id")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_audit_head_change_0 BEFORE UPDATE ON audit_head
WHEN (NEW."person_id" IS NOT OLD."person_id") AND EXISTS (SELECT 1 FROM audit_head WHERE "person_id" = NEW."person_id")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_audit_seal_insert_0 BEFORE INSERT ON audit_seal
WHEN EXISTS (SELECT 1 FROM audit_seal WHERE "n" = NEW."n")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_balance_insert_0 BEFORE INSERT ON balance
WHEN EXISTS (SELECT 1 FROM balance WHERE "batch_id" = NEW."batch_id" AND "location_id" = NEW."location_id" AND "state" = NEW."state")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_balance_change_0 BEFORE UPDATE ON balance
WHEN (NEW."batch_id" IS NOT OLD."batch_id" OR NEW."location_id" IS NOT OLD."location_id" OR NEW."state" IS NOT OLD."state") AND EXISTS (SELECT 1 FROM balance WHERE "batch_id" = NEW."batch_id" AND "location_id" = NEW."location_id" AND "state" = NEW."state")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_batch_insert_0 BEFORE INSERT ON batch
WHEN EXISTS (SELECT 1 FROM batch WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_batch_insert_1 BEFORE INSERT ON batch
WHEN EXISTS (SELECT 1 FROM batch WHERE "product_id" = NEW."product_id" AND "lot_key" = NEW."lot_key" AND "receipt_no" = NEW."receipt_no")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_batch_change_0 BEFORE UPDATE ON batch
WHEN (NEW."id" IS NOT OLD."id") AND EXISTS (SELECT 1 FROM batch WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_batch_change_1 BEFORE UPDATE ON batch
WHEN (NEW."product_id" IS NOT OLD."product_id" OR NEW."lot_key" IS NOT OLD."lot_key" OR NEW."receipt_no" IS NOT OLD."receipt_no") AND EXISTS (SELECT 1 FROM batch WHERE "product_id" = NEW."product_id" AND "lot_key" = NEW."lot_key" AND "receipt_no" = NEW."receipt_no")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_batch_supplement_insert_0 BEFORE INSERT ON batch_supplement
WHEN EXISTS (SELECT 1 FROM batch_supplement WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_batch_supplement_insert_1 BEFORE INSERT ON batch_supplement
WHEN EXISTS (SELECT 1 FROM batch_supplement WHERE "op_id" = NEW."op_id")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_case_entry_insert_0 BEFORE INSERT ON case_entry
WHEN EXISTS (SELECT 1 FROM case_entry WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_case_entry_insert_1 BEFORE INSERT ON case_entry
WHEN EXISTS (SELECT 1 FROM case_entry WHERE "op_id" = NEW."op_id")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_certificate_insert_0 BEFORE INSERT ON certificate
WHEN EXISTS (SELECT 1 FROM certificate WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_certificate_insert_1 BEFORE INSERT ON certificate
WHEN EXISTS (SELECT 1 FROM certificate WHERE "number" = NEW."number")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_certificate_change_0 BEFORE UPDATE ON certificate
WHEN (NEW."id" IS NOT OLD."id") AND EXISTS (SELECT 1 FROM certificate WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_certificate_change_1 BEFORE UPDATE ON certificate
WHEN (NEW."number" IS NOT OLD."number") AND EXISTS (SELECT 1 FROM certificate WHERE "number" = NEW."number")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_delivery_insert_0 BEFORE INSERT ON delivery
WHEN EXISTS (SELECT 1 FROM delivery WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_delivery_insert_1 BEFORE INSERT ON delivery
WHEN EXISTS (SELECT 1 FROM delivery WHERE "number" = NEW."number")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_delivery_insert_2 BEFORE INSERT ON delivery
WHEN EXISTS (SELECT 1 FROM delivery WHERE "receipt_no" = NEW."receipt_no")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_delivery_change_0 BEFORE UPDATE ON delivery
WHEN (NEW."id" IS NOT OLD."id") AND EXISTS (SELECT 1 FROM delivery WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_delivery_change_1 BEFORE UPDATE ON delivery
WHEN (NEW."number" IS NOT OLD."number") AND EXISTS (SELECT 1 FROM delivery WHERE "number" = NEW."number")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_delivery_change_2 BEFORE UPDATE ON delivery
WHEN (NEW."receipt_no" IS NOT OLD."receipt_no") AND EXISTS (SELECT 1 FROM delivery WHERE "receipt_no" = NEW."receipt_no")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_delivery_line_insert_0 BEFORE INSERT ON delivery_line
WHEN EXISTS (SELECT 1 FROM delivery_line WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_delivery_line_insert_1 BEFORE INSERT ON delivery_line
WHEN EXISTS (SELECT 1 FROM delivery_line WHERE "delivery_id" = NEW."delivery_id" AND "line_no" = NEW."line_no")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_delivery_line_change_0 BEFORE UPDATE ON delivery_line
WHEN (NEW."id" IS NOT OLD."id") AND EXISTS (SELECT 1 FROM delivery_line WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_delivery_line_change_1 BEFORE UPDATE ON delivery_line
WHEN (NEW."delivery_id" IS NOT OLD."delivery_id" OR NEW."line_no" IS NOT OLD."line_no") AND EXISTS (SELECT 1 FROM delivery_line WHERE "delivery_id" = NEW."delivery_id" AND "line_no" = NEW."line_no")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_department_task_insert_0 BEFORE INSERT ON department_task
WHEN EXISTS (SELECT 1 FROM department_task WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_department_task_insert_1 BEFORE INSERT ON department_task
WHEN EXISTS (SELECT 1 FROM department_task WHERE "case_id" = NEW."case_id" AND "location_id" = NEW."location_id")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_department_task_insert_2 BEFORE INSERT ON department_task
WHEN EXISTS (SELECT 1 FROM department_task WHERE "number" = NEW."number")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_department_task_change_0 BEFORE UPDATE ON department_task
WHEN (NEW."id" IS NOT OLD."id") AND EXISTS (SELECT 1 FROM department_task WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_department_task_change_1 BEFORE UPDATE ON department_task
WHEN (NEW."case_id" IS NOT OLD."case_id" OR NEW."location_id" IS NOT OLD."location_id") AND EXISTS (SELECT 1 FROM department_task WHERE "case_id" = NEW."case_id" AND "location_id" = NEW."location_id")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_department_task_change_2 BEFORE UPDATE ON department_task
WHEN (NEW."number" IS NOT OLD."number") AND EXISTS (SELECT 1 FROM department_task WHERE "number" = NEW."number")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_departure_insert_0 BEFORE INSERT ON departure
WHEN EXISTS (SELECT 1 FROM departure WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_departure_insert_1 BEFORE INSERT ON departure
WHEN EXISTS (SELECT 1 FROM departure WHERE "number" = NEW."number")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_departure_change_0 BEFORE UPDATE ON departure
WHEN (NEW."id" IS NOT OLD."id") AND EXISTS (SELECT 1 FROM departure WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_departure_change_1 BEFORE UPDATE ON departure
WHEN (NEW."number" IS NOT OLD."number") AND EXISTS (SELECT 1 FROM departure WHERE "number" = NEW."number")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_departure_line_insert_0 BEFORE INSERT ON departure_line
WHEN EXISTS (SELECT 1 FROM departure_line WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_departure_line_insert_1 BEFORE INSERT ON departure_line
WHEN EXISTS (SELECT 1 FROM departure_line WHERE "departure_id" = NEW."departure_id" AND "batch_id" = NEW."batch_id" AND "location_id" = NEW."location_id" AND "source_state" = NEW."source_state" AND "serial_unit_id" = NEW."serial_unit_id")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_departure_line_change_0 BEFORE UPDATE ON departure_line
WHEN (NEW."id" IS NOT OLD."id") AND EXISTS (SELECT 1 FROM departure_line WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_departure_line_change_1 BEFORE UPDATE ON departure_line
WHEN (NEW."departure_id" IS NOT OLD."departure_id" OR NEW."batch_id" IS NOT OLD."batch_id" OR NEW."location_id" IS NOT OLD."location_id" OR NEW."source_state" IS NOT OLD."source_state" OR NEW."serial_unit_id" IS NOT OLD."serial_unit_id") AND EXISTS (SELECT 1 FROM departure_line WHERE "departure_id" = NEW."departure_id" AND "batch_id" = NEW."batch_id" AND "location_id" = NEW."location_id" AND "source_state" = NEW."source_state" AND "serial_unit_id" = NEW."serial_unit_id")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_device_identifier_insert_0 BEFORE INSERT ON device_identifier
WHEN EXISTS (SELECT 1 FROM device_identifier WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_device_identifier_insert_1 BEFORE INSERT ON device_identifier
WHEN EXISTS (SELECT 1 FROM device_identifier WHERE "di" = NEW."di")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_device_identifier_change_0 BEFORE UPDATE ON device_identifier
WHEN (NEW."id" IS NOT OLD."id") AND EXISTS (SELECT 1 FROM device_identifier WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_device_identifier_change_1 BEFORE UPDATE ON device_identifier
WHEN (NEW."di" IS NOT OLD."di") AND EXISTS (SELECT 1 FROM device_identifier WHERE "di" = NEW."di")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_document_insert_0 BEFORE INSERT ON document
WHEN EXISTS (SELECT 1 FROM document WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_document_insert_1 BEFORE INSERT ON document
WHEN EXISTS (SELECT 1 FROM document WHERE "number" = NEW."number")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_ended_session_insert_0 BEFORE INSERT ON ended_session
WHEN EXISTS (SELECT 1 FROM ended_session WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_inspection_check_insert_0 BEFORE INSERT ON inspection_check
WHEN EXISTS (SELECT 1 FROM inspection_check WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_inspection_check_insert_1 BEFORE INSERT ON inspection_check
WHEN EXISTS (SELECT 1 FROM inspection_check WHERE "op_id" = NEW."op_id" AND "item" = NEW."item")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_kit_insert_0 BEFORE INSERT ON kit
WHEN EXISTS (SELECT 1 FROM kit WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_kit_insert_1 BEFORE INSERT ON kit
WHEN EXISTS (SELECT 1 FROM kit WHERE "batch_id" = NEW."batch_id")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_kit_component_insert_0 BEFORE INSERT ON kit_component
WHEN EXISTS (SELECT 1 FROM kit_component WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_kit_component_insert_1 BEFORE INSERT ON kit_component
WHEN EXISTS (SELECT 1 FROM kit_component WHERE "recipe_id" = NEW."recipe_id" AND "product_id" = NEW."product_id")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_kit_content_insert_0 BEFORE INSERT ON kit_content
WHEN EXISTS (SELECT 1 FROM kit_content WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_kit_content_insert_1 BEFORE INSERT ON kit_content
WHEN EXISTS (SELECT 1 FROM kit_content WHERE "kit_batch_id" = NEW."kit_batch_id" AND "batch_id" = NEW."batch_id" AND "serial_unit_id" = NEW."serial_unit_id")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_kit_recipe_insert_0 BEFORE INSERT ON kit_recipe
WHEN EXISTS (SELECT 1 FROM kit_recipe WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_kit_recipe_insert_1 BEFORE INSERT ON kit_recipe
WHEN EXISTS (SELECT 1 FROM kit_recipe WHERE "product_id" = NEW."product_id" AND "version" = NEW."version")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_location_insert_0 BEFORE INSERT ON location
WHEN EXISTS (SELECT 1 FROM location WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_location_insert_1 BEFORE INSERT ON location
WHEN EXISTS (SELECT 1 FROM location WHERE "code" = NEW."code")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_location_change_0 BEFORE UPDATE ON location
WHEN (NEW."id" IS NOT OLD."id") AND EXISTS (SELECT 1 FROM location WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_location_change_1 BEFORE UPDATE ON location
WHEN (NEW."code" IS NOT OLD."code") AND EXISTS (SELECT 1 FROM location WHERE "code" = NEW."code")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_lock_lift_insert_0 BEFORE INSERT ON lock_lift
WHEN EXISTS (SELECT 1 FROM lock_lift WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_lock_lift_insert_1 BEFORE INSERT ON lock_lift
WHEN EXISTS (SELECT 1 FROM lock_lift WHERE "lock_id" = NEW."lock_id")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_lot_lock_insert_0 BEFORE INSERT ON lot_lock
WHEN EXISTS (SELECT 1 FROM lot_lock WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_mail_insert_0 BEFORE INSERT ON mail
WHEN EXISTS (SELECT 1 FROM mail WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_mail_insert_1 BEFORE INSERT ON mail
WHEN EXISTS (SELECT 1 FROM mail WHERE "message_id" = NEW."message_id")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_mail_change_0 BEFORE UPDATE ON mail
WHEN (NEW."id" IS NOT OLD."id") AND EXISTS (SELECT 1 FROM mail WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_mail_change_1 BEFORE UPDATE ON mail
WHEN (NEW."message_id" IS NOT OLD."message_id") AND EXISTS (SELECT 1 FROM mail WHERE "message_id" = NEW."message_id")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_manufacturer_insert_0 BEFORE INSERT ON manufacturer
WHEN EXISTS (SELECT 1 FROM manufacturer WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_manufacturer_insert_1 BEFORE INSERT ON manufacturer
WHEN EXISTS (SELECT 1 FROM manufacturer WHERE "name_zh" = NEW."name_zh")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_manufacturer_change_0 BEFORE UPDATE ON manufacturer
WHEN (NEW."id" IS NOT OLD."id") AND EXISTS (SELECT 1 FROM manufacturer WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_manufacturer_change_1 BEFORE UPDATE ON manufacturer
WHEN (NEW."name_zh" IS NOT OLD."name_zh") AND EXISTS (SELECT 1 FROM manufacturer WHERE "name_zh" = NEW."name_zh")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_movement_insert_0 BEFORE INSERT ON movement
WHEN EXISTS (SELECT 1 FROM movement WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_movement_insert_1 BEFORE INSERT ON movement
WHEN EXISTS (SELECT 1 FROM movement WHERE "op_id" = NEW."op_id" AND "line_no" = NEW."line_no")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_movement_insert_2 BEFORE INSERT ON movement
WHEN EXISTS (SELECT 1 FROM movement WHERE "reverses_id" = NEW."reverses_id")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_news_insert_0 BEFORE INSERT ON news
WHEN EXISTS (SELECT 1 FROM news WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_news_insert_1 BEFORE INSERT ON news
WHEN EXISTS (SELECT 1 FROM news WHERE "content_hash" = NEW."content_hash" AND "part" = NEW."part")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_news_change_0 BEFORE UPDATE ON news
WHEN (NEW."id" IS NOT OLD."id") AND EXISTS (SELECT 1 FROM news WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_news_change_1 BEFORE UPDATE ON news
WHEN (NEW."content_hash" IS NOT OLD."content_hash" OR NEW."part" IS NOT OLD."part") AND EXISTS (SELECT 1 FROM news WHERE "content_hash" = NEW."content_hash" AND "part" = NEW."part")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_operation_insert_0 BEFORE INSERT ON operation
WHEN EXISTS (SELECT 1 FROM operation WHERE "op_id" = NEW."op_id")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_packaging_level_insert_0 BEFORE INSERT ON packaging_level
WHEN EXISTS (SELECT 1 FROM packaging_level WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_packaging_level_insert_1 BEFORE INSERT ON packaging_level
WHEN EXISTS (SELECT 1 FROM packaging_level WHERE "product_id" = NEW."product_id" AND "level" = NEW."level")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_packaging_level_change_0 BEFORE UPDATE ON packaging_level
WHEN (NEW."id" IS NOT OLD."id") AND EXISTS (SELECT 1 FROM packaging_level WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_packaging_level_change_1 BEFORE UPDATE ON packaging_level
WHEN (NEW."product_id" IS NOT OLD."product_id" OR NEW."level" IS NOT OLD."level") AND EXISTS (SELECT 1 FROM packaging_level WHERE "product_id" = NEW."product_id" AND "level" = NEW."level")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_part_rejection_insert_0 BEFORE INSERT ON part_rejection
WHEN EXISTS (SELECT 1 FROM part_rejection WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_part_rejection_insert_1 BEFORE INSERT ON part_rejection
WHEN EXISTS (SELECT 1 FROM part_rejection WHERE "batch_id" = NEW."batch_id")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_past_password_insert_0 BEFORE INSERT ON past_password
WHEN EXISTS (SELECT 1 FROM past_password WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_patient_look_insert_0 BEFORE INSERT ON patient_look
WHEN EXISTS (SELECT 1 FROM patient_look WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_patient_use_insert_0 BEFORE INSERT ON patient_use
WHEN EXISTS (SELECT 1 FROM patient_use WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_patient_use_insert_1 BEFORE INSERT ON patient_use
WHEN EXISTS (SELECT 1 FROM patient_use WHERE "movement_id" = NEW."movement_id")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_person_insert_0 BEFORE INSERT ON person
WHEN EXISTS (SELECT 1 FROM person WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_person_insert_1 BEFORE INSERT ON person
WHEN EXISTS (SELECT 1 FROM person WHERE "badge_no" = NEW."badge_no")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_person_insert_2 BEFORE INSERT ON person
WHEN EXISTS (SELECT 1 FROM person WHERE "login" = NEW."login")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_person_change_0 BEFORE UPDATE ON person
WHEN (NEW."id" IS NOT OLD."id") AND EXISTS (SELECT 1 FROM person WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_person_change_1 BEFORE UPDATE ON person
WHEN (NEW."badge_no" IS NOT OLD."badge_no") AND EXISTS (SELECT 1 FROM person WHERE "badge_no" = NEW."badge_no")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_person_change_2 BEFORE UPDATE ON person
WHEN (NEW."login" IS NOT OLD."login") AND EXISTS (SELECT 1 FROM person WHERE "login" = NEW."login")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_person_role_insert_0 BEFORE INSERT ON person_role
WHEN EXISTS (SELECT 1 FROM person_role WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_person_role_change_0 BEFORE UPDATE ON person_role
WHEN (NEW."id" IS NOT OLD."id") AND EXISTS (SELECT 1 FROM person_role WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_product_insert_0 BEFORE INSERT ON product
WHEN EXISTS (SELECT 1 FROM product WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_product_insert_1 BEFORE INSERT ON product
WHEN EXISTS (SELECT 1 FROM product WHERE "code" = NEW."code")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_product_change_0 BEFORE UPDATE ON product
WHEN (NEW."id" IS NOT OLD."id") AND EXISTS (SELECT 1 FROM product WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_product_change_1 BEFORE UPDATE ON product
WHEN (NEW."code" IS NOT OLD."code") AND EXISTS (SELECT 1 FROM product WHERE "code" = NEW."code")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_purchase_order_insert_0 BEFORE INSERT ON purchase_order
WHEN EXISTS (SELECT 1 FROM purchase_order WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_purchase_order_insert_1 BEFORE INSERT ON purchase_order
WHEN EXISTS (SELECT 1 FROM purchase_order WHERE "number" = NEW."number")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_purchase_order_change_0 BEFORE UPDATE ON purchase_order
WHEN (NEW."id" IS NOT OLD."id") AND EXISTS (SELECT 1 FROM purchase_order WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_purchase_order_change_1 BEFORE UPDATE ON purchase_order
WHEN (NEW."number" IS NOT OLD."number") AND EXISTS (SELECT 1 FROM purchase_order WHERE "number" = NEW."number")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_purchase_order_line_insert_0 BEFORE INSERT ON purchase_order_line
WHEN EXISTS (SELECT 1 FROM purchase_order_line WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_purchase_order_line_insert_1 BEFORE INSERT ON purchase_order_line
WHEN EXISTS (SELECT 1 FROM purchase_order_line WHERE "order_id" = NEW."order_id" AND "line_no" = NEW."line_no")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_put_away_insert_0 BEFORE INSERT ON put_away
WHEN EXISTS (SELECT 1 FROM put_away WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_put_away_insert_1 BEFORE INSERT ON put_away
WHEN EXISTS (SELECT 1 FROM put_away WHERE "op_id" = NEW."op_id")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_recall_case_insert_0 BEFORE INSERT ON recall_case
WHEN EXISTS (SELECT 1 FROM recall_case WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_recall_case_insert_1 BEFORE INSERT ON recall_case
WHEN EXISTS (SELECT 1 FROM recall_case WHERE "number" = NEW."number")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_recall_case_change_0 BEFORE UPDATE ON recall_case
WHEN (NEW."id" IS NOT OLD."id") AND EXISTS (SELECT 1 FROM recall_case WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_recall_case_change_1 BEFORE UPDATE ON recall_case
WHEN (NEW."number" IS NOT OLD."number") AND EXISTS (SELECT 1 FROM recall_case WHERE "number" = NEW."number")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_recall_clause_insert_0 BEFORE INSERT ON recall_clause
WHEN EXISTS (SELECT 1 FROM recall_clause WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_recall_clause_change_0 BEFORE UPDATE ON recall_clause
WHEN (NEW."id" IS NOT OLD."id") AND EXISTS (SELECT 1 FROM recall_clause WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_region_insert_0 BEFORE INSERT ON region
WHEN EXISTS (SELECT 1 FROM region WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_region_insert_1 BEFORE INSERT ON region
WHEN EXISTS (SELECT 1 FROM region WHERE "code" = NEW."code")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_region_change_0 BEFORE UPDATE ON region
WHEN (NEW."id" IS NOT OLD."id") AND EXISTS (SELECT 1 FROM region WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_region_change_1 BEFORE UPDATE ON region
WHEN (NEW."code" IS NOT OLD."code") AND EXISTS (SELECT 1 FROM region WHERE "code" = NEW."code")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_reminder_insert_0 BEFORE INSERT ON reminder
WHEN EXISTS (SELECT 1 FROM reminder WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_reminder_insert_1 BEFORE INSERT ON reminder
WHEN EXISTS (SELECT 1 FROM reminder WHERE "subject" = NEW."subject" AND "clock" = NEW."clock" AND "percent" = NEW."percent")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_requisition_insert_0 BEFORE INSERT ON requisition
WHEN EXISTS (SELECT 1 FROM requisition WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_requisition_insert_1 BEFORE INSERT ON requisition
WHEN EXISTS (SELECT 1 FROM requisition WHERE "number" = NEW."number")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_requisition_change_0 BEFORE UPDATE ON requisition
WHEN (NEW."id" IS NOT OLD."id") AND EXISTS (SELECT 1 FROM requisition WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_requisition_change_1 BEFORE UPDATE ON requisition
WHEN (NEW."number" IS NOT OLD."number") AND EXISTS (SELECT 1 FROM requisition WHERE "number" = NEW."number")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_requisition_issue_insert_0 BEFORE INSERT ON requisition_issue
WHEN EXISTS (SELECT 1 FROM requisition_issue WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_requisition_issue_insert_1 BEFORE INSERT ON requisition_issue
WHEN EXISTS (SELECT 1 FROM requisition_issue WHERE "movement_id" = NEW."movement_id")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_requisition_line_insert_0 BEFORE INSERT ON requisition_line
WHEN EXISTS (SELECT 1 FROM requisition_line WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_requisition_line_insert_1 BEFORE INSERT ON requisition_line
WHEN EXISTS (SELECT 1 FROM requisition_line WHERE "requisition_id" = NEW."requisition_id" AND "line_no" = NEW."line_no")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_reservation_insert_0 BEFORE INSERT ON reservation
WHEN EXISTS (SELECT 1 FROM reservation WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_reservation_change_0 BEFORE UPDATE ON reservation
WHEN (NEW."id" IS NOT OLD."id") AND EXISTS (SELECT 1 FROM reservation WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_return_shipment_insert_0 BEFORE INSERT ON return_shipment
WHEN EXISTS (SELECT 1 FROM return_shipment WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_return_shipment_insert_1 BEFORE INSERT ON return_shipment
WHEN EXISTS (SELECT 1 FROM return_shipment WHERE "number" = NEW."number")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_return_shipment_change_0 BEFORE UPDATE ON return_shipment
WHEN (NEW."id" IS NOT OLD."id") AND EXISTS (SELECT 1 FROM return_shipment WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_return_shipment_change_1 BEFORE UPDATE ON return_shipment
WHEN (NEW."number" IS NOT OLD."number") AND EXISTS (SELECT 1 FROM return_shipment WHERE "number" = NEW."number")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_schema_info_insert_0 BEFORE INSERT ON schema_info
WHEN EXISTS (SELECT 1 FROM schema_info WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_schema_info_change_0 BEFORE UPDATE ON schema_info
WHEN (NEW."id" IS NOT OLD."id") AND EXISTS (SELECT 1 FROM schema_info WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_scope_change_insert_0 BEFORE INSERT ON scope_change
WHEN EXISTS (SELECT 1 FROM scope_change WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_scope_line_insert_0 BEFORE INSERT ON scope_line
WHEN EXISTS (SELECT 1 FROM scope_line WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_scope_line_insert_1 BEFORE INSERT ON scope_line
WHEN EXISTS (SELECT 1 FROM scope_line WHERE "case_id" = NEW."case_id" AND "batch_id" = NEW."batch_id")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_scope_line_change_0 BEFORE UPDATE ON scope_line
WHEN (NEW."id" IS NOT OLD."id") AND EXISTS (SELECT 1 FROM scope_line WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_scope_line_change_1 BEFORE UPDATE ON scope_line
WHEN (NEW."case_id" IS NOT OLD."case_id" OR NEW."batch_id" IS NOT OLD."batch_id") AND EXISTS (SELECT 1 FROM scope_line WHERE "case_id" = NEW."case_id" AND "batch_id" = NEW."batch_id")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_serial_unit_insert_0 BEFORE INSERT ON serial_unit
WHEN EXISTS (SELECT 1 FROM serial_unit WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_serial_unit_change_0 BEFORE UPDATE ON serial_unit
WHEN (NEW."id" IS NOT OLD."id") AND EXISTS (SELECT 1 FROM serial_unit WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_service_person_insert_0 BEFORE INSERT ON service_person
WHEN EXISTS (SELECT 1 FROM service_person WHERE "person_id" = NEW."person_id")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_setting_insert_0 BEFORE INSERT ON setting
WHEN EXISTS (SELECT 1 FROM setting WHERE "key" = NEW."key")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_setting_change_0 BEFORE UPDATE ON setting
WHEN (NEW."key" IS NOT OLD."key") AND EXISTS (SELECT 1 FROM setting WHERE "key" = NEW."key")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_shelf_place_insert_0 BEFORE INSERT ON shelf_place
WHEN EXISTS (SELECT 1 FROM shelf_place WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_shelf_place_insert_1 BEFORE INSERT ON shelf_place
WHEN EXISTS (SELECT 1 FROM shelf_place WHERE "location_id" = NEW."location_id" AND "code" = NEW."code")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_shelf_place_change_0 BEFORE UPDATE ON shelf_place
WHEN (NEW."id" IS NOT OLD."id") AND EXISTS (SELECT 1 FROM shelf_place WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_shelf_place_change_1 BEFORE UPDATE ON shelf_place
WHEN (NEW."location_id" IS NOT OLD."location_id" OR NEW."code" IS NOT OLD."code") AND EXISTS (SELECT 1 FROM shelf_place WHERE "location_id" = NEW."location_id" AND "code" = NEW."code")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_signature_insert_0 BEFORE INSERT ON signature
WHEN EXISTS (SELECT 1 FROM signature WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_signature_insert_1 BEFORE INSERT ON signature
WHEN EXISTS (SELECT 1 FROM signature WHERE "op_id" = NEW."op_id" AND "person_id" = NEW."person_id")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_site_insert_0 BEFORE INSERT ON site
WHEN EXISTS (SELECT 1 FROM site WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_site_insert_1 BEFORE INSERT ON site
WHEN EXISTS (SELECT 1 FROM site WHERE "code" = NEW."code")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_site_change_0 BEFORE UPDATE ON site
WHEN (NEW."id" IS NOT OLD."id") AND EXISTS (SELECT 1 FROM site WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_site_change_1 BEFORE UPDATE ON site
WHEN (NEW."code" IS NOT OLD."code") AND EXISTS (SELECT 1 FROM site WHERE "code" = NEW."code")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_stock_count_insert_0 BEFORE INSERT ON stock_count
WHEN EXISTS (SELECT 1 FROM stock_count WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_stock_count_insert_1 BEFORE INSERT ON stock_count
WHEN EXISTS (SELECT 1 FROM stock_count WHERE "number" = NEW."number")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_stock_count_insert_2 BEFORE INSERT ON stock_count
WHEN EXISTS (SELECT 1 FROM stock_count WHERE "op_id" = NEW."op_id")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_stock_count_change_0 BEFORE UPDATE ON stock_count
WHEN (NEW."id" IS NOT OLD."id") AND EXISTS (SELECT 1 FROM stock_count WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_stock_count_change_1 BEFORE UPDATE ON stock_count
WHEN (NEW."number" IS NOT OLD."number") AND EXISTS (SELECT 1 FROM stock_count WHERE "number" = NEW."number")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_stock_count_change_2 BEFORE UPDATE ON stock_count
WHEN (NEW."op_id" IS NOT OLD."op_id") AND EXISTS (SELECT 1 FROM stock_count WHERE "op_id" = NEW."op_id")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_stock_count_entry_insert_0 BEFORE INSERT ON stock_count_entry
WHEN EXISTS (SELECT 1 FROM stock_count_entry WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_stock_count_entry_insert_1 BEFORE INSERT ON stock_count_entry
WHEN EXISTS (SELECT 1 FROM stock_count_entry WHERE "op_id" = NEW."op_id")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_stock_count_line_insert_0 BEFORE INSERT ON stock_count_line
WHEN EXISTS (SELECT 1 FROM stock_count_line WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_stock_count_line_insert_1 BEFORE INSERT ON stock_count_line
WHEN EXISTS (SELECT 1 FROM stock_count_line WHERE "count_id" = NEW."count_id" AND "key" = NEW."key")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_stock_count_line_change_0 BEFORE UPDATE ON stock_count_line
WHEN (NEW."id" IS NOT OLD."id") AND EXISTS (SELECT 1 FROM stock_count_line WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_stock_count_line_change_1 BEFORE UPDATE ON stock_count_line
WHEN (NEW."count_id" IS NOT OLD."count_id" OR NEW."key" IS NOT OLD."key") AND EXISTS (SELECT 1 FROM stock_count_line WHERE "count_id" = NEW."count_id" AND "key" = NEW."key")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_supplier_insert_0 BEFORE INSERT ON supplier
WHEN EXISTS (SELECT 1 FROM supplier WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_supplier_insert_1 BEFORE INSERT ON supplier
WHEN EXISTS (SELECT 1 FROM supplier WHERE "code" = NEW."code")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_supplier_change_0 BEFORE UPDATE ON supplier
WHEN (NEW."id" IS NOT OLD."id") AND EXISTS (SELECT 1 FROM supplier WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_supplier_change_1 BEFORE UPDATE ON supplier
WHEN (NEW."code" IS NOT OLD."code") AND EXISTS (SELECT 1 FROM supplier WHERE "code" = NEW."code")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_task_line_insert_0 BEFORE INSERT ON task_line
WHEN EXISTS (SELECT 1 FROM task_line WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_task_line_insert_1 BEFORE INSERT ON task_line
WHEN EXISTS (SELECT 1 FROM task_line WHERE "task_id" = NEW."task_id" AND "batch_id" = NEW."batch_id")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_task_line_change_0 BEFORE UPDATE ON task_line
WHEN (NEW."id" IS NOT OLD."id") AND EXISTS (SELECT 1 FROM task_line WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_task_line_change_1 BEFORE UPDATE ON task_line
WHEN (NEW."task_id" IS NOT OLD."task_id" OR NEW."batch_id" IS NOT OLD."batch_id") AND EXISTS (SELECT 1 FROM task_line WHERE "task_id" = NEW."task_id" AND "batch_id" = NEW."batch_id")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_transfer_insert_0 BEFORE INSERT ON transfer
WHEN EXISTS (SELECT 1 FROM transfer WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_transfer_insert_1 BEFORE INSERT ON transfer
WHEN EXISTS (SELECT 1 FROM transfer WHERE "number" = NEW."number")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_transfer_insert_2 BEFORE INSERT ON transfer
WHEN EXISTS (SELECT 1 FROM transfer WHERE "op_id" = NEW."op_id")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_transfer_change_0 BEFORE UPDATE ON transfer
WHEN (NEW."id" IS NOT OLD."id") AND EXISTS (SELECT 1 FROM transfer WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_transfer_change_1 BEFORE UPDATE ON transfer
WHEN (NEW."number" IS NOT OLD."number") AND EXISTS (SELECT 1 FROM transfer WHERE "number" = NEW."number")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_transfer_change_2 BEFORE UPDATE ON transfer
WHEN (NEW."op_id" IS NOT OLD."op_id") AND EXISTS (SELECT 1 FROM transfer WHERE "op_id" = NEW."op_id")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_transfer_line_insert_0 BEFORE INSERT ON transfer_line
WHEN EXISTS (SELECT 1 FROM transfer_line WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_transfer_line_insert_1 BEFORE INSERT ON transfer_line
WHEN EXISTS (SELECT 1 FROM transfer_line WHERE "transfer_id" = NEW."transfer_id" AND "line_no" = NEW."line_no")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_transfer_line_change_0 BEFORE UPDATE ON transfer_line
WHEN (NEW."id" IS NOT OLD."id") AND EXISTS (SELECT 1 FROM transfer_line WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_transfer_line_change_1 BEFORE UPDATE ON transfer_line
WHEN (NEW."transfer_id" IS NOT OLD."transfer_id" OR NEW."line_no" IS NOT OLD."line_no") AND EXISTS (SELECT 1 FROM transfer_line WHERE "transfer_id" = NEW."transfer_id" AND "line_no" = NEW."line_no")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_workstation_insert_0 BEFORE INSERT ON workstation
WHEN EXISTS (SELECT 1 FROM workstation WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_workstation_insert_1 BEFORE INSERT ON workstation
WHEN EXISTS (SELECT 1 FROM workstation WHERE "login" = NEW."login")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_workstation_change_0 BEFORE UPDATE ON workstation
WHEN (NEW."id" IS NOT OLD."id") AND EXISTS (SELECT 1 FROM workstation WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER keep_workstation_change_1 BEFORE UPDATE ON workstation
WHEN (NEW."login" IS NOT OLD."login") AND EXISTS (SELECT 1 FROM workstation WHERE "login" = NEW."login")
BEGIN SELECT RAISE(ABORT, 'wall:exists'); END
----
CREATE TRIGGER audit_attachment_insert AFTER INSERT ON "attachment"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'attachment' AS table_name, CAST(NEW."id" AS TEXT) AS row_id, 'insert' AS action,
      '' AS before, json_object('id', NEW."id", 'batch_id', NEW."batch_id", 'kind', NEW."kind", 'name', NEW."name", 'media_type', NEW."media_type", 'size', NEW."size", 'content_hash', NEW."content_hash", 'added_by', NEW."added_by", 'added_at', NEW."added_at") AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_attachment_update AFTER UPDATE ON "attachment"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'attachment' AS table_name, CAST(NEW."id" AS TEXT) AS row_id, 'update' AS action,
      json_object('id', OLD."id", 'batch_id', OLD."batch_id", 'kind', OLD."kind", 'name', OLD."name", 'media_type', OLD."media_type", 'size', OLD."size", 'content_hash', OLD."content_hash", 'added_by', OLD."added_by", 'added_at', OLD."added_at") AS before, json_object('id', NEW."id", 'batch_id', NEW."batch_id", 'kind', NEW."kind", 'name', NEW."name", 'media_type', NEW."media_type", 'size', NEW."size", 'content_hash', NEW."content_hash", 'added_by', NEW."added_by", 'added_at', NEW."added_at") AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_attachment_delete AFTER DELETE ON "attachment"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'attachment' AS table_name, CAST(OLD."id" AS TEXT) AS row_id, 'delete' AS action,
      json_object('id', OLD."id", 'batch_id', OLD."batch_id", 'kind', OLD."kind", 'name', OLD."name", 'media_type', OLD."media_type", 'size', OLD."size", 'content_hash', OLD."content_hash", 'added_by', OLD."added_by", 'added_at', OLD."added_at") AS before, '' AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_batch_insert AFTER INSERT ON "batch"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'batch' AS table_name, CAST(NEW."id" AS TEXT) AS row_id, 'insert' AS action,
      '' AS before, json_object('id', NEW."id", 'product_id', NEW."product_id", 'lot_no', NEW."lot_no", 'lot_key', NEW."lot_key", 'is_lot_unknown', NEW."is_lot_unknown", 'production_on', NEW."production_on", 'expiry_on', NEW."expiry_on", 'expiry_precision', NEW."expiry_precision", 'supplier_id', NEW."supplier_id", 'receipt_no', NEW."receipt_no", 'inspection', NEW."inspection", 'received_at', NEW."received_at") AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_batch_update AFTER UPDATE ON "batch"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'batch' AS table_name, CAST(NEW."id" AS TEXT) AS row_id, 'update' AS action,
      json_object('id', OLD."id", 'product_id', OLD."product_id", 'lot_no', OLD."lot_no", 'lot_key', OLD."lot_key", 'is_lot_unknown', OLD."is_lot_unknown", 'production_on', OLD."production_on", 'expiry_on', OLD."expiry_on", 'expiry_precision', OLD."expiry_precision", 'supplier_id', OLD."supplier_id", 'receipt_no', OLD."receipt_no", 'inspection', OLD."inspection", 'received_at', OLD."received_at") AS before, json_object('id', NEW."id", 'product_id', NEW."product_id", 'lot_no', NEW."lot_no", 'lot_key', NEW."lot_key", 'is_lot_unknown', NEW."is_lot_unknown", 'production_on', NEW."production_on", 'expiry_on', NEW."expiry_on", 'expiry_precision', NEW."expiry_precision", 'supplier_id', NEW."supplier_id", 'receipt_no', NEW."receipt_no", 'inspection', NEW."inspection", 'received_at', NEW."received_at") AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_batch_delete AFTER DELETE ON "batch"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'batch' AS table_name, CAST(OLD."id" AS TEXT) AS row_id, 'delete' AS action,
      json_object('id', OLD."id", 'product_id', OLD."product_id", 'lot_no', OLD."lot_no", 'lot_key', OLD."lot_key", 'is_lot_unknown', OLD."is_lot_unknown", 'production_on', OLD."production_on", 'expiry_on', OLD."expiry_on", 'expiry_precision', OLD."expiry_precision", 'supplier_id', OLD."supplier_id", 'receipt_no', OLD."receipt_no", 'inspection', OLD."inspection", 'received_at', OLD."received_at") AS before, '' AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_batch_supplement_insert AFTER INSERT ON "batch_supplement"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'batch_supplement' AS table_name, CAST(NEW."id" AS TEXT) AS row_id, 'insert' AS action,
      '' AS before, json_object('id', NEW."id", 'batch_id', NEW."batch_id", 'field', NEW."field", 'old_value', NEW."old_value", 'new_value', NEW."new_value", 'old_key', NEW."old_key", 'new_key', NEW."new_key", 'op_id', NEW."op_id", 'reason', NEW."reason", 'added_by', NEW."added_by", 'second_person_id', NEW."second_person_id", 'added_at', NEW."added_at") AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_batch_supplement_update AFTER UPDATE ON "batch_supplement"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'batch_supplement' AS table_name, CAST(NEW."id" AS TEXT) AS row_id, 'update' AS action,
      json_object('id', OLD."id", 'batch_id', OLD."batch_id", 'field', OLD."field", 'old_value', OLD."old_value", 'new_value', OLD."new_value", 'old_key', OLD."old_key", 'new_key', OLD."new_key", 'op_id', OLD."op_id", 'reason', OLD."reason", 'added_by', OLD."added_by", 'second_person_id', OLD."second_person_id", 'added_at', OLD."added_at") AS before, json_object('id', NEW."id", 'batch_id', NEW."batch_id", 'field', NEW."field", 'old_value', NEW."old_value", 'new_value', NEW."new_value", 'old_key', NEW."old_key", 'new_key', NEW."new_key", 'op_id', NEW."op_id", 'reason', NEW."reason", 'added_by', NEW."added_by", 'second_person_id', NEW."second_person_id", 'added_at', NEW."added_at") AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_batch_supplement_delete AFTER DELETE ON "batch_supplement"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'batch_supplement' AS table_name, CAST(OLD."id" AS TEXT) AS row_id, 'delete' AS action,
      json_object('id', OLD."id", 'batch_id', OLD."batch_id", 'field', OLD."field", 'old_value', OLD."old_value", 'new_value', OLD."new_value", 'old_key', OLD."old_key", 'new_key', OLD."new_key", 'op_id', OLD."op_id", 'reason', OLD."reason", 'added_by', OLD."added_by", 'second_person_id', OLD."second_person_id", 'added_at', OLD."added_at") AS before, '' AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_case_entry_insert AFTER INSERT ON "case_entry"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'case_entry' AS table_name, CAST(NEW."id" AS TEXT) AS row_id, 'insert' AS action,
      '' AS before, json_object('id', NEW."id", 'op_id', NEW."op_id", 'case_id', NEW."case_id", 'act', NEW."act", 'task_id', NEW."task_id", 'quantity', NEW."quantity", 'document_no', NEW."document_no", 'note', NEW."note", 'person_id', NEW."person_id", 'second_person_id', NEW."second_person_id", 'at', NEW."at") AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_case_entry_update AFTER UPDATE ON "case_entry"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'case_entry' AS table_name, CAST(NEW."id" AS TEXT) AS row_id, 'update' AS action,
      json_object('id', OLD."id", 'op_id', OLD."op_id", 'case_id', OLD."case_id", 'act', OLD."act", 'task_id', OLD."task_id", 'quantity', OLD."quantity", 'document_no', OLD."document_no", 'note', OLD."note", 'person_id', OLD."person_id", 'second_person_id', OLD."second_person_id", 'at', OLD."at") AS before, json_object('id', NEW."id", 'op_id', NEW."op_id", 'case_id', NEW."case_id", 'act', NEW."act", 'task_id', NEW."task_id", 'quantity', NEW."quantity", 'document_no', NEW."document_no", 'note', NEW."note", 'person_id', NEW."person_id", 'second_person_id', NEW."second_person_id", 'at', NEW."at") AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_case_entry_delete AFTER DELETE ON "case_entry"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'case_entry' AS table_name, CAST(OLD."id" AS TEXT) AS row_id, 'delete' AS action,
      json_object('id', OLD."id", 'op_id', OLD."op_id", 'case_id', OLD."case_id", 'act', OLD."act", 'task_id', OLD."task_id", 'quantity', OLD."quantity", 'document_no', OLD."document_no", 'note', OLD."note", 'person_id', OLD."person_id", 'second_person_id', OLD."second_person_id", 'at', OLD."at") AS before, '' AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_certificate_insert AFTER INSERT ON "certificate"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'certificate' AS table_name, CAST(NEW."id" AS TEXT) AS row_id, 'insert' AS action,
      '' AS before, json_object('id', NEW."id", 'number', NEW."number", 'manufacturer_id', NEW."manufacturer_id", 'valid_from', NEW."valid_from", 'valid_until', NEW."valid_until") AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_certificate_update AFTER UPDATE ON "certificate"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'certificate' AS table_name, CAST(NEW."id" AS TEXT) AS row_id, 'update' AS action,
      json_object('id', OLD."id", 'number', OLD."number", 'manufacturer_id', OLD."manufacturer_id", 'valid_from', OLD."valid_from", 'valid_until', OLD."valid_until") AS before, json_object('id', NEW."id", 'number', NEW."number", 'manufacturer_id', NEW."manufacturer_id", 'valid_from', NEW."valid_from", 'valid_until', NEW."valid_until") AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_certificate_delete AFTER DELETE ON "certificate"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'certificate' AS table_name, CAST(OLD."id" AS TEXT) AS row_id, 'delete' AS action,
      json_object('id', OLD."id", 'number', OLD."number", 'manufacturer_id', OLD."manufacturer_id", 'valid_from', OLD."valid_from", 'valid_until', OLD."valid_until") AS before, '' AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_delivery_insert AFTER INSERT ON "delivery"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'delivery' AS table_name, CAST(NEW."id" AS TEXT) AS row_id, 'insert' AS action,
      '' AS before, json_object('id', NEW."id", 'number', NEW."number", 'supplier_id', NEW."supplier_id", 'location_id', NEW."location_id", 'order_no', NEW."order_no", 'note_no', NEW."note_no", 'waybill', NEW."waybill", 'temperature_tenths', NEW."temperature_tenths", 'state', NEW."state", 'receipt_no', NEW."receipt_no", 'created_by', NEW."created_by", 'created_at', NEW."created_at", 'posted_at', NEW."posted_at") AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_delivery_update AFTER UPDATE ON "delivery"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'delivery' AS table_name, CAST(NEW."id" AS TEXT) AS row_id, 'update' AS action,
      json_object('id', OLD."id", 'number', OLD."number", 'supplier_id', OLD."supplier_id", 'location_id', OLD."location_id", 'order_no', OLD."order_no", 'note_no', OLD."note_no", 'waybill', OLD."waybill", 'temperature_tenths', OLD."temperature_tenths", 'state', OLD."state", 'receipt_no', OLD."receipt_no", 'created_by', OLD."created_by", 'created_at', OLD."created_at", 'posted_at', OLD."posted_at") AS before, json_object('id', NEW."id", 'number', NEW."number", 'supplier_id', NEW."supplier_id", 'location_id', NEW."location_id", 'order_no', NEW."order_no", 'note_no', NEW."note_no", 'waybill', NEW."waybill", 'temperature_tenths', NEW."temperature_tenths", 'state', NEW."state", 'receipt_no', NEW."receipt_no", 'created_by', NEW."created_by", 'created_at', NEW."created_at", 'posted_at', NEW."posted_at") AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_delivery_delete AFTER DELETE ON "delivery"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'delivery' AS table_name, CAST(OLD."id" AS TEXT) AS row_id, 'delete' AS action,
      json_object('id', OLD."id", 'number', OLD."number", 'supplier_id', OLD."supplier_id", 'location_id', OLD."location_id", 'order_no', OLD."order_no", 'note_no', OLD."note_no", 'waybill', OLD."waybill", 'temperature_tenths', OLD."temperature_tenths", 'state', OLD."state", 'receipt_no', OLD."receipt_no", 'created_by', OLD."created_by", 'created_at', OLD."created_at", 'posted_at', OLD."posted_at") AS before, '' AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_delivery_line_insert AFTER INSERT ON "delivery_line"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'delivery_line' AS table_name, CAST(NEW."id" AS TEXT) AS row_id, 'insert' AS action,
      '' AS before, json_object('id', NEW."id", 'delivery_id', NEW."delivery_id", 'line_no', NEW."line_no", 'raw', NEW."raw", 'product_id', NEW."product_id", 'di', NEW."di", 'lot_no', NEW."lot_no", 'serial_no', NEW."serial_no", 'production_on', NEW."production_on", 'expiry_on', NEW."expiry_on", 'expiry_precision', NEW."expiry_precision", 'packages', NEW."packages", 'units', NEW."units", 'state', NEW."state", 'problem', NEW."problem", 'typed', NEW."typed", 'override_by', NEW."override_by", 'override_reason', NEW."override_reason", 'override_op_id', NEW."override_op_id", 'version', NEW."version") AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_delivery_line_update AFTER UPDATE ON "delivery_line"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'delivery_line' AS table_name, CAST(NEW."id" AS TEXT) AS row_id, 'update' AS action,
      json_object('id', OLD."id", 'delivery_id', OLD."delivery_id", 'line_no', OLD."line_no", 'raw', OLD."raw", 'product_id', OLD."product_id", 'di', OLD."di", 'lot_no', OLD."lot_no", 'serial_no', OLD."serial_no", 'production_on', OLD."production_on", 'expiry_on', OLD."expiry_on", 'expiry_precision', OLD."expiry_precision", 'packages', OLD."packages", 'units', OLD."units", 'state', OLD."state", 'problem', OLD."problem", 'typed', OLD."typed", 'override_by', OLD."override_by", 'override_reason', OLD."override_reason", 'override_op_id', OLD."override_op_id", 'version', OLD."version") AS before, json_object('id', NEW."id", 'delivery_id', NEW."delivery_id", 'line_no', NEW."line_no", 'raw', NEW."raw", 'product_id', NEW."product_id", 'di', NEW."di", 'lot_no', NEW."lot_no", 'serial_no', NEW."serial_no", 'production_on', NEW."production_on", 'expiry_on', NEW."expiry_on", 'expiry_precision', NEW."expiry_precision", 'packages', NEW."packages", 'units', NEW."units", 'state', NEW."state", 'problem', NEW."problem", 'typed', NEW."typed", 'override_by', NEW."override_by", 'override_reason', NEW."override_reason", 'override_op_id', NEW."override_op_id", 'version', NEW."version") AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_delivery_line_delete AFTER DELETE ON "delivery_line"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'delivery_line' AS table_name, CAST(OLD."id" AS TEXT) AS row_id, 'delete' AS action,
      json_object('id', OLD."id", 'delivery_id', OLD."delivery_id", 'line_no', OLD."line_no", 'raw', OLD."raw", 'product_id', OLD."product_id", 'di', OLD."di", 'lot_no', OLD."lot_no", 'serial_no', OLD."serial_no", 'production_on', OLD."production_on", 'expiry_on', OLD."expiry_on", 'expiry_precision', OLD."expiry_precision", 'packages', OLD."packages", 'units', OLD."units", 'state', OLD."state", 'problem', OLD."problem", 'typed', OLD."typed", 'override_by', OLD."override_by", 'override_reason', OLD."override_reason", 'override_op_id', OLD."override_op_id", 'version', OLD."version") AS before, '' AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_department_task_insert AFTER INSERT ON "department_task"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'department_task' AS table_name, CAST(NEW."id" AS TEXT) AS row_id, 'insert' AS action,
      '' AS before, json_object('id', NEW."id", 'number', NEW."number", 'case_id', NEW."case_id", 'location_id', NEW."location_id", 'state', NEW."state", 'expected', NEW."expected", 'found', NEW."found", 'acknowledge_by', NEW."acknowledge_by", 'done_by', NEW."done_by", 'acknowledged_by', NEW."acknowledged_by", 'acknowledged_at', NEW."acknowledged_at", 'counted_by', NEW."counted_by", 'counted_at', NEW."counted_at", 'finished_by', NEW."finished_by", 'finished_at', NEW."finished_at", 'note', NEW."note", 'version', NEW."version") AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_department_task_update AFTER UPDATE ON "department_task"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'department_task' AS table_name, CAST(NEW."id" AS TEXT) AS row_id, 'update' AS action,
      json_object('id', OLD."id", 'number', OLD."number", 'case_id', OLD."case_id", 'location_id', OLD."location_id", 'state', OLD."state", 'expected', OLD."expected", 'found', OLD."found", 'acknowledge_by', OLD."acknowledge_by", 'done_by', OLD."done_by", 'acknowledged_by', OLD."acknowledged_by", 'acknowledged_at', OLD."acknowledged_at", 'counted_by', OLD."counted_by", 'counted_at', OLD."counted_at", 'finished_by', OLD."finished_by", 'finished_at', OLD."finished_at", 'note', OLD."note", 'version', OLD."version") AS before, json_object('id', NEW."id", 'number', NEW."number", 'case_id', NEW."case_id", 'location_id', NEW."location_id", 'state', NEW."state", 'expected', NEW."expected", 'found', NEW."found", 'acknowledge_by', NEW."acknowledge_by", 'done_by', NEW."done_by", 'acknowledged_by', NEW."acknowledged_by", 'acknowledged_at', NEW."acknowledged_at", 'counted_by', NEW."counted_by", 'counted_at', NEW."counted_at", 'finished_by', NEW."finished_by", 'finished_at', NEW."finished_at", 'note', NEW."note", 'version', NEW."version") AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_department_task_delete AFTER DELETE ON "department_task"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'department_task' AS table_name, CAST(OLD."id" AS TEXT) AS row_id, 'delete' AS action,
      json_object('id', OLD."id", 'number', OLD."number", 'case_id', OLD."case_id", 'location_id', OLD."location_id", 'state', OLD."state", 'expected', OLD."expected", 'found', OLD."found", 'acknowledge_by', OLD."acknowledge_by", 'done_by', OLD."done_by", 'acknowledged_by', OLD."acknowledged_by", 'acknowledged_at', OLD."acknowledged_at", 'counted_by', OLD."counted_by", 'counted_at', OLD."counted_at", 'finished_by', OLD."finished_by", 'finished_at', OLD."finished_at", 'note', OLD."note", 'version', OLD."version") AS before, '' AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_departure_insert AFTER INSERT ON "departure"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'departure' AS table_name, CAST(NEW."id" AS TEXT) AS row_id, 'insert' AS action,
      '' AS before, json_object('id', NEW."id", 'number', NEW."number", 'kind', NEW."kind", 'state', NEW."state", 'supplier_id', NEW."supplier_id", 'carrier', NEW."carrier", 'waybill', NEW."waybill", 'method', NEW."method", 'place', NEW."place", 'list_version', NEW."list_version", 'reason', NEW."reason", 'created_by', NEW."created_by", 'created_at', NEW."created_at", 'handed_by', NEW."handed_by", 'second_person_id', NEW."second_person_id", 'handed_at', NEW."handed_at", 'received_by', NEW."received_by", 'received_at', NEW."received_at", 'received_note', NEW."received_note", 'settled_op_id', NEW."settled_op_id", 'settled_by', NEW."settled_by", 'settled_second_id', NEW."settled_second_id", 'settled_at', NEW."settled_at", 'settled_reason', NEW."settled_reason", 'version', NEW."version") AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_departure_update AFTER UPDATE ON "departure"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'departure' AS table_name, CAST(NEW."id" AS TEXT) AS row_id, 'update' AS action,
      json_object('id', OLD."id", 'number', OLD."number", 'kind', OLD."kind", 'state', OLD."state", 'supplier_id', OLD."supplier_id", 'carrier', OLD."carrier", 'waybill', OLD."waybill", 'method', OLD."method", 'place', OLD."place", 'list_version', OLD."list_version", 'reason', OLD."reason", 'created_by', OLD."created_by", 'created_at', OLD."created_at", 'handed_by', OLD."handed_by", 'second_person_id', OLD."second_person_id", 'handed_at', OLD."handed_at", 'received_by', OLD."received_by", 'received_at', OLD."received_at", 'received_note', OLD."received_note", 'settled_op_id', OLD."settled_op_id", 'settled_by', OLD."settled_by", 'settled_second_id', OLD."settled_second_id", 'settled_at', OLD."settled_at", 'settled_reason', OLD."settled_reason", 'version', OLD."version") AS before, json_object('id', NEW."id", 'number', NEW."number", 'kind', NEW."kind", 'state', NEW."state", 'supplier_id', NEW."supplier_id", 'carrier', NEW."carrier", 'waybill', NEW."waybill", 'method', NEW."method", 'place', NEW."place", 'list_version', NEW."list_version", 'reason', NEW."reason", 'created_by', NEW."created_by", 'created_at', NEW."created_at", 'handed_by', NEW."handed_by", 'second_person_id', NEW."second_person_id", 'handed_at', NEW."handed_at", 'received_by', NEW."received_by", 'received_at', NEW."received_at", 'received_note', NEW."received_note", 'settled_op_id', NEW."settled_op_id", 'settled_by', NEW."settled_by", 'settled_second_id', NEW."settled_second_id", 'settled_at', NEW."settled_at", 'settled_reason', NEW."settled_reason", 'version', NEW."version") AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_departure_delete AFTER DELETE ON "departure"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'departure' AS table_name, CAST(OLD."id" AS TEXT) AS row_id, 'delete' AS action,
      json_object('id', OLD."id", 'number', OLD."number", 'kind', OLD."kind", 'state', OLD."state", 'supplier_id', OLD."supplier_id", 'carrier', OLD."carrier", 'waybill', OLD."waybill", 'method', OLD."method", 'place', OLD."place", 'list_version', OLD."list_version", 'reason', OLD."reason", 'created_by', OLD."created_by", 'created_at', OLD."created_at", 'handed_by', OLD."handed_by", 'second_person_id', OLD."second_person_id", 'handed_at', OLD."handed_at", 'received_by', OLD."received_by", 'received_at', OLD."received_at", 'received_note', OLD."received_note", 'settled_op_id', OLD."settled_op_id", 'settled_by', OLD."settled_by", 'settled_second_id', OLD."settled_second_id", 'settled_at', OLD."settled_at", 'settled_reason', OLD."settled_reason", 'version', OLD."version") AS before, '' AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_departure_line_insert AFTER INSERT ON "departure_line"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'departure_line' AS table_name, CAST(NEW."id" AS TEXT) AS row_id, 'insert' AS action,
      '' AS before, json_object('id', NEW."id", 'departure_id', NEW."departure_id", 'batch_id', NEW."batch_id", 'location_id', NEW."location_id", 'source_state', NEW."source_state", 'quantity', NEW."quantity", 'serial_unit_id', NEW."serial_unit_id") AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_departure_line_update AFTER UPDATE ON "departure_line"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'departure_line' AS table_name, CAST(NEW."id" AS TEXT) AS row_id, 'update' AS action,
      json_object('id', OLD."id", 'departure_id', OLD."departure_id", 'batch_id', OLD."batch_id", 'location_id', OLD."location_id", 'source_state', OLD."source_state", 'quantity', OLD."quantity", 'serial_unit_id', OLD."serial_unit_id") AS before, json_object('id', NEW."id", 'departure_id', NEW."departure_id", 'batch_id', NEW."batch_id", 'location_id', NEW."location_id", 'source_state', NEW."source_state", 'quantity', NEW."quantity", 'serial_unit_id', NEW."serial_unit_id") AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_departure_line_delete AFTER DELETE ON "departure_line"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'departure_line' AS table_name, CAST(OLD."id" AS TEXT) AS row_id, 'delete' AS action,
      json_object('id', OLD."id", 'departure_id', OLD."departure_id", 'batch_id', OLD."batch_id", 'location_id', OLD."location_id", 'source_state', OLD."source_state", 'quantity', OLD."quantity", 'serial_unit_id', OLD."serial_unit_id") AS before, '' AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_device_identifier_insert AFTER INSERT ON "device_identifier"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'device_identifier' AS table_name, CAST(NEW."id" AS TEXT) AS row_id, 'insert' AS action,
      '' AS before, json_object('id', NEW."id", 'product_id', NEW."product_id", 'packaging_level_id', NEW."packaging_level_id", 'agency', NEW."agency", 'di', NEW."di") AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_device_identifier_update AFTER UPDATE ON "device_identifier"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'device_identifier' AS table_name, CAST(NEW."id" AS TEXT) AS row_id, 'update' AS action,
      json_object('id', OLD."id", 'product_id', OLD."product_id", 'packaging_level_id', OLD."packaging_level_id", 'agency', OLD."agency", 'di', OLD."di") AS before, json_object('id', NEW."id", 'product_id', NEW."product_id", 'packaging_level_id', NEW."packaging_level_id", 'agency', NEW."agency", 'di', NEW."di") AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_device_identifier_delete AFTER DELETE ON "device_identifier"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'device_identifier' AS table_name, CAST(OLD."id" AS TEXT) AS row_id, 'delete' AS action,
      json_object('id', OLD."id", 'product_id', OLD."product_id", 'packaging_level_id', OLD."packaging_level_id", 'agency', OLD."agency", 'di', OLD."di") AS before, '' AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_document_insert AFTER INSERT ON "document"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'document' AS table_name, CAST(NEW."id" AS TEXT) AS row_id, 'insert' AS action,
      '' AS before, json_object('id', NEW."id", 'number', NEW."number", 'kind', NEW."kind", 'case_id', NEW."case_id", 'location_id', NEW."location_id", 'batch_id', NEW."batch_id", 'title', NEW."title", 'content_hash', NEW."content_hash", 'seal', NEW."seal", 'made_by', NEW."made_by", 'made_at', NEW."made_at") AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_document_update AFTER UPDATE ON "document"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'document' AS table_name, CAST(NEW."id" AS TEXT) AS row_id, 'update' AS action,
      json_object('id', OLD."id", 'number', OLD."number", 'kind', OLD."kind", 'case_id', OLD."case_id", 'location_id', OLD."location_id", 'batch_id', OLD."batch_id", 'title', OLD."title", 'content_hash', OLD."content_hash", 'seal', OLD."seal", 'made_by', OLD."made_by", 'made_at', OLD."made_at") AS before, json_object('id', NEW."id", 'number', NEW."number", 'kind', NEW."kind", 'case_id', NEW."case_id", 'location_id', NEW."location_id", 'batch_id', NEW."batch_id", 'title', NEW."title", 'content_hash', NEW."content_hash", 'seal', NEW."seal", 'made_by', NEW."made_by", 'made_at', NEW."made_at") AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_document_delete AFTER DELETE ON "document"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'document' AS table_name, CAST(OLD."id" AS TEXT) AS row_id, 'delete' AS action,
      json_object('id', OLD."id", 'number', OLD."number", 'kind', OLD."kind", 'case_id', OLD."case_id", 'location_id', OLD."location_id", 'batch_id', OLD."batch_id", 'title', OLD."title", 'content_hash', OLD."content_hash", 'seal', OLD."seal", 'made_by', OLD."made_by", 'made_at', OLD."made_at") AS before, '' AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_ended_session_insert AFTER INSERT ON "ended_session"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'ended_session' AS table_name, CAST(NEW."id" AS TEXT) AS row_id, 'insert' AS action,
      '' AS before, json_object('id', NEW."id", 'pid', NEW."pid", 'login', NEW."login", 'address', NEW."address", 'program', NEW."program", 'state', NEW."state", 'opened_at', NEW."opened_at", 'ended_at', NEW."ended_at", 'ended_for', NEW."ended_for") AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_ended_session_update AFTER UPDATE ON "ended_session"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'ended_session' AS table_name, CAST(NEW."id" AS TEXT) AS row_id, 'update' AS action,
      json_object('id', OLD."id", 'pid', OLD."pid", 'login', OLD."login", 'address', OLD."address", 'program', OLD."program", 'state', OLD."state", 'opened_at', OLD."opened_at", 'ended_at', OLD."ended_at", 'ended_for', OLD."ended_for") AS before, json_object('id', NEW."id", 'pid', NEW."pid", 'login', NEW."login", 'address', NEW."address", 'program', NEW."program", 'state', NEW."state", 'opened_at', NEW."opened_at", 'ended_at', NEW."ended_at", 'ended_for', NEW."ended_for") AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_ended_session_delete AFTER DELETE ON "ended_session"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'ended_session' AS table_name, CAST(OLD."id" AS TEXT) AS row_id, 'delete' AS action,
      json_object('id', OLD."id", 'pid', OLD."pid", 'login', OLD."login", 'address', OLD."address", 'program', OLD."program", 'state', OLD."state", 'opened_at', OLD."opened_at", 'ended_at', OLD."ended_at", 'ended_for', OLD."ended_for") AS before, '' AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_inspection_check_insert AFTER INSERT ON "inspection_check"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'inspection_check' AS table_name, CAST(NEW."id" AS TEXT) AS row_id, 'insert' AS action,
      '' AS before, json_object('id', NEW."id", 'batch_id', NEW."batch_id", 'op_id', NEW."op_id", 'list_version', NEW."list_version", 'item', NEW."item", 'passed', NEW."passed", 'note', NEW."note") AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_inspection_check_update AFTER UPDATE ON "inspection_check"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'inspection_check' AS table_name, CAST(NEW."id" AS TEXT) AS row_id, 'update' AS action,
      json_object('id', OLD."id", 'batch_id', OLD."batch_id", 'op_id', OLD."op_id", 'list_version', OLD."list_version", 'item', OLD."item", 'passed', OLD."passed", 'note', OLD."note") AS before, json_object('id', NEW."id", 'batch_id', NEW."batch_id", 'op_id', NEW."op_id", 'list_version', NEW."list_version", 'item', NEW."item", 'passed', NEW."passed", 'note', NEW."note") AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_inspection_check_delete AFTER DELETE ON "inspection_check"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'inspection_check' AS table_name, CAST(OLD."id" AS TEXT) AS row_id, 'delete' AS action,
      json_object('id', OLD."id", 'batch_id', OLD."batch_id", 'op_id', OLD."op_id", 'list_version', OLD."list_version", 'item', OLD."item", 'passed', OLD."passed", 'note', OLD."note") AS before, '' AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_kit_insert AFTER INSERT ON "kit"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'kit' AS table_name, CAST(NEW."id" AS TEXT) AS row_id, 'insert' AS action,
      '' AS before, json_object('id', NEW."id", 'batch_id', NEW."batch_id", 'recipe_id', NEW."recipe_id", 'op_id', NEW."op_id", 'document_no', NEW."document_no", 'built_by', NEW."built_by", 'built_at', NEW."built_at") AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_kit_update AFTER UPDATE ON "kit"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'kit' AS table_name, CAST(NEW."id" AS TEXT) AS row_id, 'update' AS action,
      json_object('id', OLD."id", 'batch_id', OLD."batch_id", 'recipe_id', OLD."recipe_id", 'op_id', OLD."op_id", 'document_no', OLD."document_no", 'built_by', OLD."built_by", 'built_at', OLD."built_at") AS before, json_object('id', NEW."id", 'batch_id', NEW."batch_id", 'recipe_id', NEW."recipe_id", 'op_id', NEW."op_id", 'document_no', NEW."document_no", 'built_by', NEW."built_by", 'built_at', NEW."built_at") AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_kit_delete AFTER DELETE ON "kit"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'kit' AS table_name, CAST(OLD."id" AS TEXT) AS row_id, 'delete' AS action,
      json_object('id', OLD."id", 'batch_id', OLD."batch_id", 'recipe_id', OLD."recipe_id", 'op_id', OLD."op_id", 'document_no', OLD."document_no", 'built_by', OLD."built_by", 'built_at', OLD."built_at") AS before, '' AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_kit_component_insert AFTER INSERT ON "kit_component"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'kit_component' AS table_name, CAST(NEW."id" AS TEXT) AS row_id, 'insert' AS action,
      '' AS before, json_object('id', NEW."id", 'recipe_id', NEW."recipe_id", 'product_id', NEW."product_id", 'quantity', NEW."quantity") AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_kit_component_update AFTER UPDATE ON "kit_component"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'kit_component' AS table_name, CAST(NEW."id" AS TEXT) AS row_id, 'update' AS action,
      json_object('id', OLD."id", 'recipe_id', OLD."recipe_id", 'product_id', OLD."product_id", 'quantity', OLD."quantity") AS before, json_object('id', NEW."id", 'recipe_id', NEW."recipe_id", 'product_id', NEW."product_id", 'quantity', NEW."quantity") AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_kit_component_delete AFTER DELETE ON "kit_component"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'kit_component' AS table_name, CAST(OLD."id" AS TEXT) AS row_id, 'delete' AS action,
      json_object('id', OLD."id", 'recipe_id', OLD."recipe_id", 'product_id', OLD."product_id", 'quantity', OLD."quantity") AS before, '' AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_kit_content_insert AFTER INSERT ON "kit_content"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'kit_content' AS table_name, CAST(NEW."id" AS TEXT) AS row_id, 'insert' AS action,
      '' AS before, json_object('id', NEW."id", 'kit_batch_id', NEW."kit_batch_id", 'batch_id', NEW."batch_id", 'serial_unit_id', NEW."serial_unit_id", 'quantity', NEW."quantity") AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_kit_content_update AFTER UPDATE ON "kit_content"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'kit_content' AS table_name, CAST(NEW."id" AS TEXT) AS row_id, 'update' AS action,
      json_object('id', OLD."id", 'kit_batch_id', OLD."kit_batch_id", 'batch_id', OLD."batch_id", 'serial_unit_id', OLD."serial_unit_id", 'quantity', OLD."quantity") AS before, json_object('id', NEW."id", 'kit_batch_id', NEW."kit_batch_id", 'batch_id', NEW."batch_id", 'serial_unit_id', NEW."serial_unit_id", 'quantity', NEW."quantity") AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_kit_content_delete AFTER DELETE ON "kit_content"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'kit_content' AS table_name, CAST(OLD."id" AS TEXT) AS row_id, 'delete' AS action,
      json_object('id', OLD."id", 'kit_batch_id', OLD."kit_batch_id", 'batch_id', OLD."batch_id", 'serial_unit_id', OLD."serial_unit_id", 'quantity', OLD."quantity") AS before, '' AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_kit_recipe_insert AFTER INSERT ON "kit_recipe"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'kit_recipe' AS table_name, CAST(NEW."id" AS TEXT) AS row_id, 'insert' AS action,
      '' AS before, json_object('id', NEW."id", 'product_id', NEW."product_id", 'version', NEW."version", 'note', NEW."note", 'made_by', NEW."made_by", 'made_at', NEW."made_at") AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_kit_recipe_update AFTER UPDATE ON "kit_recipe"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'kit_recipe' AS table_name, CAST(NEW."id" AS TEXT) AS row_id, 'update' AS action,
      json_object('id', OLD."id", 'product_id', OLD."product_id", 'version', OLD."version", 'note', OLD."note", 'made_by', OLD."made_by", 'made_at', OLD."made_at") AS before, json_object('id', NEW."id", 'product_id', NEW."product_id", 'version', NEW."version", 'note', NEW."note", 'made_by', NEW."made_by", 'made_at', NEW."made_at") AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_kit_recipe_delete AFTER DELETE ON "kit_recipe"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'kit_recipe' AS table_name, CAST(OLD."id" AS TEXT) AS row_id, 'delete' AS action,
      json_object('id', OLD."id", 'product_id', OLD."product_id", 'version', OLD."version", 'note', OLD."note", 'made_by', OLD."made_by", 'made_at', OLD."made_at") AS before, '' AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_location_insert AFTER INSERT ON "location"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'location' AS table_name, CAST(NEW."id" AS TEXT) AS row_id, 'insert' AS action,
      '' AS before, json_object('id', NEW."id", 'site_id', NEW."site_id", 'kind', NEW."kind", 'code', NEW."code", 'name_zh', NEW."name_zh", 'name_en', NEW."name_en", 'keeps_stock', NEW."keeps_stock", 'is_active', NEW."is_active", 'phone', NEW."phone") AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_location_update AFTER UPDATE ON "location"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'location' AS table_name, CAST(NEW."id" AS TEXT) AS row_id, 'update' AS action,
      json_object('id', OLD."id", 'site_id', OLD."site_id", 'kind', OLD."kind", 'code', OLD."code", 'name_zh', OLD."name_zh", 'name_en', OLD."name_en", 'keeps_stock', OLD."keeps_stock", 'is_active', OLD."is_active", 'phone', OLD."phone") AS before, json_object('id', NEW."id", 'site_id', NEW."site_id", 'kind', NEW."kind", 'code', NEW."code", 'name_zh', NEW."name_zh", 'name_en', NEW."name_en", 'keeps_stock', NEW."keeps_stock", 'is_active', NEW."is_active", 'phone', NEW."phone") AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_location_delete AFTER DELETE ON "location"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'location' AS table_name, CAST(OLD."id" AS TEXT) AS row_id, 'delete' AS action,
      json_object('id', OLD."id", 'site_id', OLD."site_id", 'kind', OLD."kind", 'code', OLD."code", 'name_zh', OLD."name_zh", 'name_en', OLD."name_en", 'keeps_stock', OLD."keeps_stock", 'is_active', OLD."is_active", 'phone', OLD."phone") AS before, '' AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_lock_lift_insert AFTER INSERT ON "lock_lift"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'lock_lift' AS table_name, CAST(NEW."id" AS TEXT) AS row_id, 'insert' AS action,
      '' AS before, json_object('id', NEW."id", 'lock_id', NEW."lock_id", 'op_id', NEW."op_id", 'reason', NEW."reason", 'lifted_by', NEW."lifted_by", 'second_person_id', NEW."second_person_id", 'lifted_at', NEW."lifted_at") AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_lock_lift_update AFTER UPDATE ON "lock_lift"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'lock_lift' AS table_name, CAST(NEW."id" AS TEXT) AS row_id, 'update' AS action,
      json_object('id', OLD."id", 'lock_id', OLD."lock_id", 'op_id', OLD."op_id", 'reason', OLD."reason", 'lifted_by', OLD."lifted_by", 'second_person_id', OLD."second_person_id", 'lifted_at', OLD."lifted_at") AS before, json_object('id', NEW."id", 'lock_id', NEW."lock_id", 'op_id', NEW."op_id", 'reason', NEW."reason", 'lifted_by', NEW."lifted_by", 'second_person_id', NEW."second_person_id", 'lifted_at', NEW."lifted_at") AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_lock_lift_delete AFTER DELETE ON "lock_lift"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'lock_lift' AS table_name, CAST(OLD."id" AS TEXT) AS row_id, 'delete' AS action,
      json_object('id', OLD."id", 'lock_id', OLD."lock_id", 'op_id', OLD."op_id", 'reason', OLD."reason", 'lifted_by', OLD."lifted_by", 'second_person_id', OLD."second_person_id", 'lifted_at', OLD."lifted_at") AS before, '' AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_lot_lock_insert AFTER INSERT ON "lot_lock"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'lot_lock' AS table_name, CAST(NEW."id" AS TEXT) AS row_id, 'insert' AS action,
      '' AS before, json_object('id', NEW."id", 'product_id', NEW."product_id", 'lot_key', NEW."lot_key", 'layer', NEW."layer", 'case_id', NEW."case_id", 'reason', NEW."reason", 'locked_by', NEW."locked_by", 'locked_at', NEW."locked_at") AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_lot_lock_update AFTER UPDATE ON "lot_lock"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'lot_lock' AS table_name, CAST(NEW."id" AS TEXT) AS row_id, 'update' AS action,
      json_object('id', OLD."id", 'product_id', OLD."product_id", 'lot_key', OLD."lot_key", 'layer', OLD."layer", 'case_id', OLD."case_id", 'reason', OLD."reason", 'locked_by', OLD."locked_by", 'locked_at', OLD."locked_at") AS before, json_object('id', NEW."id", 'product_id', NEW."product_id", 'lot_key', NEW."lot_key", 'layer', NEW."layer", 'case_id', NEW."case_id", 'reason', NEW."reason", 'locked_by', NEW."locked_by", 'locked_at', NEW."locked_at") AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_lot_lock_delete AFTER DELETE ON "lot_lock"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'lot_lock' AS table_name, CAST(OLD."id" AS TEXT) AS row_id, 'delete' AS action,
      json_object('id', OLD."id", 'product_id', OLD."product_id", 'lot_key', OLD."lot_key", 'layer', OLD."layer", 'case_id', OLD."case_id", 'reason', OLD."reason", 'locked_by', OLD."locked_by", 'locked_at', OLD."locked_at") AS before, '' AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_mail_insert AFTER INSERT ON "mail"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'mail' AS table_name, CAST(NEW."id" AS TEXT) AS row_id, 'insert' AS action,
      '' AS before, json_object('id', NEW."id", 'message_id', NEW."message_id", 'recipients', NEW."recipients", 'subject', NEW."subject", 'body', NEW."body", 'cause', NEW."cause", 'composed_at', NEW."composed_at", 'state', NEW."state", 'tries', NEW."tries", 'next_try_at', NEW."next_try_at", 'claimed_fence', NEW."claimed_fence", 'sent_at', NEW."sent_at", 'trouble', NEW."trouble") AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_mail_update AFTER UPDATE ON "mail"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'mail' AS table_name, CAST(NEW."id" AS TEXT) AS row_id, 'update' AS action,
      json_object('id', OLD."id", 'message_id', OLD."message_id", 'recipients', OLD."recipients", 'subject', OLD."subject", 'body', OLD."body", 'cause', OLD."cause", 'composed_at', OLD."composed_at", 'state', OLD."state", 'tries', OLD."tries", 'next_try_at', OLD."next_try_at", 'claimed_fence', OLD."claimed_fence", 'sent_at', OLD."sent_at", 'trouble', OLD."trouble") AS before, json_object('id', NEW."id", 'message_id', NEW."message_id", 'recipients', NEW."recipients", 'subject', NEW."subject", 'body', NEW."body", 'cause', NEW."cause", 'composed_at', NEW."composed_at", 'state', NEW."state", 'tries', NEW."tries", 'next_try_at', NEW."next_try_at", 'claimed_fence', NEW."claimed_fence", 'sent_at', NEW."sent_at", 'trouble', NEW."trouble") AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_mail_delete AFTER DELETE ON "mail"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'mail' AS table_name, CAST(OLD."id" AS TEXT) AS row_id, 'delete' AS action,
      json_object('id', OLD."id", 'message_id', OLD."message_id", 'recipients', OLD."recipients", 'subject', OLD."subject", 'body', OLD."body", 'cause', OLD."cause", 'composed_at', OLD."composed_at", 'state', OLD."state", 'tries', OLD."tries", 'next_try_at', OLD."next_try_at", 'claimed_fence', OLD."claimed_fence", 'sent_at', OLD."sent_at", 'trouble', OLD."trouble") AS before, '' AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_manufacturer_insert AFTER INSERT ON "manufacturer"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'manufacturer' AS table_name, CAST(NEW."id" AS TEXT) AS row_id, 'insert' AS action,
      '' AS before, json_object('id', NEW."id", 'name_zh', NEW."name_zh", 'name_en', NEW."name_en") AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_manufacturer_update AFTER UPDATE ON "manufacturer"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'manufacturer' AS table_name, CAST(NEW."id" AS TEXT) AS row_id, 'update' AS action,
      json_object('id', OLD."id", 'name_zh', OLD."name_zh", 'name_en', OLD."name_en") AS before, json_object('id', NEW."id", 'name_zh', NEW."name_zh", 'name_en', NEW."name_en") AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_manufacturer_delete AFTER DELETE ON "manufacturer"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'manufacturer' AS table_name, CAST(OLD."id" AS TEXT) AS row_id, 'delete' AS action,
      json_object('id', OLD."id", 'name_zh', OLD."name_zh", 'name_en', OLD."name_en") AS before, '' AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_movement_insert AFTER INSERT ON "movement"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'movement' AS table_name, CAST(NEW."id" AS TEXT) AS row_id, 'insert' AS action,
      '' AS before, json_object('id', NEW."id", 'op_id', NEW."op_id", 'line_no', NEW."line_no", 'kind', NEW."kind", 'batch_id', NEW."batch_id", 'serial_unit_id', NEW."serial_unit_id", 'quantity', NEW."quantity", 'source_id', NEW."source_id", 'source_state', NEW."source_state", 'target_id', NEW."target_id", 'target_state', NEW."target_state", 'outcome', NEW."outcome", 'document_no', NEW."document_no", 'case_id', NEW."case_id", 'reverses_id', NEW."reverses_id", 'despite_lock', NEW."despite_lock", 'reason', NEW."reason", 'actor_id', NEW."actor_id", 'second_person_id', NEW."second_person_id", 'acted_at', NEW."acted_at", 'recorded_at', NEW."recorded_at") AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_movement_update AFTER UPDATE ON "movement"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'movement' AS table_name, CAST(NEW."id" AS TEXT) AS row_id, 'update' AS action,
      json_object('id', OLD."id", 'op_id', OLD."op_id", 'line_no', OLD."line_no", 'kind', OLD."kind", 'batch_id', OLD."batch_id", 'serial_unit_id', OLD."serial_unit_id", 'quantity', OLD."quantity", 'source_id', OLD."source_id", 'source_state', OLD."source_state", 'target_id', OLD."target_id", 'target_state', OLD."target_state", 'outcome', OLD."outcome", 'document_no', OLD."document_no", 'case_id', OLD."case_id", 'reverses_id', OLD."reverses_id", 'despite_lock', OLD."despite_lock", 'reason', OLD."reason", 'actor_id', OLD."actor_id", 'second_person_id', OLD."second_person_id", 'acted_at', OLD."acted_at", 'recorded_at', OLD."recorded_at") AS before, json_object('id', NEW."id", 'op_id', NEW."op_id", 'line_no', NEW."line_no", 'kind', NEW."kind", 'batch_id', NEW."batch_id", 'serial_unit_id', NEW."serial_unit_id", 'quantity', NEW."quantity", 'source_id', NEW."source_id", 'source_state', NEW."source_state", 'target_id', NEW."target_id", 'target_state', NEW."target_state", 'outcome', NEW."outcome", 'document_no', NEW."document_no", 'case_id', NEW."case_id", 'reverses_id', NEW."reverses_id", 'despite_lock', NEW."despite_lock", 'reason', NEW."reason", 'actor_id', NEW."actor_id", 'second_person_id', NEW."second_person_id", 'acted_at', NEW."acted_at", 'recorded_at', NEW."recorded_at") AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_movement_delete AFTER DELETE ON "movement"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'movement' AS table_name, CAST(OLD."id" AS TEXT) AS row_id, 'delete' AS action,
      json_object('id', OLD."id", 'op_id', OLD."op_id", 'line_no', OLD."line_no", 'kind', OLD."kind", 'batch_id', OLD."batch_id", 'serial_unit_id', OLD."serial_unit_id", 'quantity', OLD."quantity", 'source_id', OLD."source_id", 'source_state', OLD."source_state", 'target_id', OLD."target_id", 'target_state', OLD."target_state", 'outcome', OLD."outcome", 'document_no', OLD."document_no", 'case_id', OLD."case_id", 'reverses_id', OLD."reverses_id", 'despite_lock', OLD."despite_lock", 'reason', OLD."reason", 'actor_id', OLD."actor_id", 'second_person_id', OLD."second_person_id", 'acted_at', OLD."acted_at", 'recorded_at', OLD."recorded_at") AS before, '' AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_news_insert AFTER INSERT ON "news"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'news' AS table_name, CAST(NEW."id" AS TEXT) AS row_id, 'insert' AS action,
      '' AS before, json_object('id', NEW."id", 'file_name', NEW."file_name", 'content_hash', NEW."content_hash", 'part', NEW."part", 'media_type', NEW."media_type", 'text', NEW."text", 'arrived_at', NEW."arrived_at", 'state', NEW."state", 'trouble', NEW."trouble", 'settled_by', NEW."settled_by", 'settled_at', NEW."settled_at", 'settled_reason', NEW."settled_reason", 'case_id', NEW."case_id") AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_news_update AFTER UPDATE ON "news"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'news' AS table_name, CAST(NEW."id" AS TEXT) AS row_id, 'update' AS action,
      json_object('id', OLD."id", 'file_name', OLD."file_name", 'content_hash', OLD."content_hash", 'part', OLD."part", 'media_type', OLD."media_type", 'text', OLD."text", 'arrived_at', OLD."arrived_at", 'state', OLD."state", 'trouble', OLD."trouble", 'settled_by', OLD."settled_by", 'settled_at', OLD."settled_at", 'settled_reason', OLD."settled_reason", 'case_id', OLD."case_id") AS before, json_object('id', NEW."id", 'file_name', NEW."file_name", 'content_hash', NEW."content_hash", 'part', NEW."part", 'media_type', NEW."media_type", 'text', NEW."text", 'arrived_at', NEW."arrived_at", 'state', NEW."state", 'trouble', NEW."trouble", 'settled_by', NEW."settled_by", 'settled_at', NEW."settled_at", 'settled_reason', NEW."settled_reason", 'case_id', NEW."case_id") AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_news_delete AFTER DELETE ON "news"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'news' AS table_name, CAST(OLD."id" AS TEXT) AS row_id, 'delete' AS action,
      json_object('id', OLD."id", 'file_name', OLD."file_name", 'content_hash', OLD."content_hash", 'part', OLD."part", 'media_type', OLD."media_type", 'text', OLD."text", 'arrived_at', OLD."arrived_at", 'state', OLD."state", 'trouble', OLD."trouble", 'settled_by', OLD."settled_by", 'settled_at', OLD."settled_at", 'settled_reason', OLD."settled_reason", 'case_id', OLD."case_id") AS before, '' AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_packaging_level_insert AFTER INSERT ON "packaging_level"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'packaging_level' AS table_name, CAST(NEW."id" AS TEXT) AS row_id, 'insert' AS action,
      '' AS before, json_object('id', NEW."id", 'product_id', NEW."product_id", 'level', NEW."level", 'name_zh', NEW."name_zh", 'name_en', NEW."name_en", 'units', NEW."units") AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_packaging_level_update AFTER UPDATE ON "packaging_level"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'packaging_level' AS table_name, CAST(NEW."id" AS TEXT) AS row_id, 'update' AS action,
      json_object('id', OLD."id", 'product_id', OLD."product_id", 'level', OLD."level", 'name_zh', OLD."name_zh", 'name_en', OLD."name_en", 'units', OLD."units") AS before, json_object('id', NEW."id", 'product_id', NEW."product_id", 'level', NEW."level", 'name_zh', NEW."name_zh", 'name_en', NEW."name_en", 'units', NEW."units") AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_packaging_level_delete AFTER DELETE ON "packaging_level"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'packaging_level' AS table_name, CAST(OLD."id" AS TEXT) AS row_id, 'delete' AS action,
      json_object('id', OLD."id", 'product_id', OLD."product_id", 'level', OLD."level", 'name_zh', OLD."name_zh", 'name_en', OLD."name_en", 'units', OLD."units") AS before, '' AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_part_rejection_insert AFTER INSERT ON "part_rejection"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'part_rejection' AS table_name, CAST(NEW."id" AS TEXT) AS row_id, 'insert' AS action,
      '' AS before, json_object('id', NEW."id", 'batch_id', NEW."batch_id", 'op_id', NEW."op_id", 'quantity', NEW."quantity", 'reason', NEW."reason", 'rejected_by', NEW."rejected_by", 'rejected_at', NEW."rejected_at") AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_part_rejection_update AFTER UPDATE ON "part_rejection"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'part_rejection' AS table_name, CAST(NEW."id" AS TEXT) AS row_id, 'update' AS action,
      json_object('id', OLD."id", 'batch_id', OLD."batch_id", 'op_id', OLD."op_id", 'quantity', OLD."quantity", 'reason', OLD."reason", 'rejected_by', OLD."rejected_by", 'rejected_at', OLD."rejected_at") AS before, json_object('id', NEW."id", 'batch_id', NEW."batch_id", 'op_id', NEW."op_id", 'quantity', NEW."quantity", 'reason', NEW."reason", 'rejected_by', NEW."rejected_by", 'rejected_at', NEW."rejected_at") AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_part_rejection_delete AFTER DELETE ON "part_rejection"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'part_rejection' AS table_name, CAST(OLD."id" AS TEXT) AS row_id, 'delete' AS action,
      json_object('id', OLD."id", 'batch_id', OLD."batch_id", 'op_id', OLD."op_id", 'quantity', OLD."quantity", 'reason', OLD."reason", 'rejected_by', OLD."rejected_by", 'rejected_at', OLD."rejected_at") AS before, '' AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_past_password_insert AFTER INSERT ON "past_password"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'past_password' AS table_name, CAST(NEW."id" AS TEXT) AS row_id, 'insert' AS action,
      '' AS before, json_object('id', NEW."id", 'person_id', NEW."person_id", 'ended_at', NEW."ended_at") AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_past_password_update AFTER UPDATE ON "past_password"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'past_password' AS table_name, CAST(NEW."id" AS TEXT) AS row_id, 'update' AS action,
      json_object('id', OLD."id", 'person_id', OLD."person_id", 'ended_at', OLD."ended_at") AS before, json_object('id', NEW."id", 'person_id', NEW."person_id", 'ended_at', NEW."ended_at") AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_past_password_delete AFTER DELETE ON "past_password"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'past_password' AS table_name, CAST(OLD."id" AS TEXT) AS row_id, 'delete' AS action,
      json_object('id', OLD."id", 'person_id', OLD."person_id", 'ended_at', OLD."ended_at") AS before, '' AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_patient_look_insert AFTER INSERT ON "patient_look"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'patient_look' AS table_name, CAST(NEW."id" AS TEXT) AS row_id, 'insert' AS action,
      '' AS before, json_object('id', NEW."id", 'person_id', NEW."person_id", 'at', NEW."at", 'batch_id', NEW."batch_id", 'reason', NEW."reason") AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_patient_look_update AFTER UPDATE ON "patient_look"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'patient_look' AS table_name, CAST(NEW."id" AS TEXT) AS row_id, 'update' AS action,
      json_object('id', OLD."id", 'person_id', OLD."person_id", 'at', OLD."at", 'batch_id', OLD."batch_id", 'reason', OLD."reason") AS before, json_object('id', NEW."id", 'person_id', NEW."person_id", 'at', NEW."at", 'batch_id', NEW."batch_id", 'reason', NEW."reason") AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_patient_look_delete AFTER DELETE ON "patient_look"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'patient_look' AS table_name, CAST(OLD."id" AS TEXT) AS row_id, 'delete' AS action,
      json_object('id', OLD."id", 'person_id', OLD."person_id", 'at', OLD."at", 'batch_id', OLD."batch_id", 'reason', OLD."reason") AS before, '' AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_patient_use_insert AFTER INSERT ON "patient_use"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'patient_use' AS table_name, CAST(NEW."id" AS TEXT) AS row_id, 'insert' AS action,
      '' AS before, json_object('id', NEW."id", 'movement_id', NEW."movement_id", 'used_at', NEW."used_at") AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_patient_use_update AFTER UPDATE ON "patient_use"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'patient_use' AS table_name, CAST(NEW."id" AS TEXT) AS row_id, 'update' AS action,
      json_object('id', OLD."id", 'movement_id', OLD."movement_id", 'used_at', OLD."used_at") AS before, json_object('id', NEW."id", 'movement_id', NEW."movement_id", 'used_at', NEW."used_at") AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_patient_use_delete AFTER DELETE ON "patient_use"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'patient_use' AS table_name, CAST(OLD."id" AS TEXT) AS row_id, 'delete' AS action,
      json_object('id', OLD."id", 'movement_id', OLD."movement_id", 'used_at', OLD."used_at") AS before, '' AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_person_insert AFTER INSERT ON "person"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'person' AS table_name, CAST(NEW."id" AS TEXT) AS row_id, 'insert' AS action,
      '' AS before, json_object('id', NEW."id", 'login', NEW."login", 'name_zh', NEW."name_zh", 'name_en', NEW."name_en", 'is_active', NEW."is_active", 'failed_tries', NEW."failed_tries", 'locked_until', NEW."locked_until", 'location_id', NEW."location_id", 'created_at', NEW."created_at", 'must_change', NEW."must_change", 'password_set_at', NEW."password_set_at", 'badge_no', NEW."badge_no") AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_person_update AFTER UPDATE ON "person"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'person' AS table_name, CAST(NEW."id" AS TEXT) AS row_id, 'update' AS action,
      json_object('id', OLD."id", 'login', OLD."login", 'name_zh', OLD."name_zh", 'name_en', OLD."name_en", 'is_active', OLD."is_active", 'failed_tries', OLD."failed_tries", 'locked_until', OLD."locked_until", 'location_id', OLD."location_id", 'created_at', OLD."created_at", 'must_change', OLD."must_change", 'password_set_at', OLD."password_set_at", 'badge_no', OLD."badge_no") AS before, json_object('id', NEW."id", 'login', NEW."login", 'name_zh', NEW."name_zh", 'name_en', NEW."name_en", 'is_active', NEW."is_active", 'failed_tries', NEW."failed_tries", 'locked_until', NEW."locked_until", 'location_id', NEW."location_id", 'created_at', NEW."created_at", 'must_change', NEW."must_change", 'password_set_at', NEW."password_set_at", 'badge_no', NEW."badge_no") AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_person_delete AFTER DELETE ON "person"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'person' AS table_name, CAST(OLD."id" AS TEXT) AS row_id, 'delete' AS action,
      json_object('id', OLD."id", 'login', OLD."login", 'name_zh', OLD."name_zh", 'name_en', OLD."name_en", 'is_active', OLD."is_active", 'failed_tries', OLD."failed_tries", 'locked_until', OLD."locked_until", 'location_id', OLD."location_id", 'created_at', OLD."created_at", 'must_change', OLD."must_change", 'password_set_at', OLD."password_set_at", 'badge_no', OLD."badge_no") AS before, '' AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_person_role_insert AFTER INSERT ON "person_role"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'person_role' AS table_name, CAST(NEW."id" AS TEXT) AS row_id, 'insert' AS action,
      '' AS before, json_object('id', NEW."id", 'person_id', NEW."person_id", 'role', NEW."role", 'granted_by', NEW."granted_by", 'granted_at', NEW."granted_at", 'ended_at', NEW."ended_at", 'scope', NEW."scope") AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_person_role_update AFTER UPDATE ON "person_role"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'person_role' AS table_name, CAST(NEW."id" AS TEXT) AS row_id, 'update' AS action,
      json_object('id', OLD."id", 'person_id', OLD."person_id", 'role', OLD."role", 'granted_by', OLD."granted_by", 'granted_at', OLD."granted_at", 'ended_at', OLD."ended_at", 'scope', OLD."scope") AS before, json_object('id', NEW."id", 'person_id', NEW."person_id", 'role', NEW."role", 'granted_by', NEW."granted_by", 'granted_at', NEW."granted_at", 'ended_at', NEW."ended_at", 'scope', NEW."scope") AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_person_role_delete AFTER DELETE ON "person_role"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'person_role' AS table_name, CAST(OLD."id" AS TEXT) AS row_id, 'delete' AS action,
      json_object('id', OLD."id", 'person_id', OLD."person_id", 'role', OLD."role", 'granted_by', OLD."granted_by", 'granted_at', OLD."granted_at", 'ended_at', OLD."ended_at", 'scope', OLD."scope") AS before, '' AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_product_insert AFTER INSERT ON "product"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'product' AS table_name, CAST(NEW."id" AS TEXT) AS row_id, 'insert' AS action,
      '' AS before, json_object('id', NEW."id", 'code', NEW."code", 'name_zh', NEW."name_zh", 'name_en', NEW."name_en", 'spec', NEW."spec", 'ref', NEW."ref", 'product_class', NEW."product_class", 'category_code', NEW."category_code", 'certificate_id', NEW."certificate_id", 'base_unit_zh', NEW."base_unit_zh", 'base_unit_en', NEW."base_unit_en", 'is_implant', NEW."is_implant", 'is_contract_made', NEW."is_contract_made", 'contract_maker', NEW."contract_maker", 'needs_lot', NEW."needs_lot", 'needs_serial', NEW."needs_serial", 'needs_expiry', NEW."needs_expiry", 'needs_production', NEW."needs_production", 'storage', NEW."storage", 'is_active', NEW."is_active") AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_product_update AFTER UPDATE ON "product"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'product' AS table_name, CAST(NEW."id" AS TEXT) AS row_id, 'update' AS action,
      json_object('id', OLD."id", 'code', OLD."code", 'name_zh', OLD."name_zh", 'name_en', OLD."name_en", 'spec', OLD."spec", 'ref', OLD."ref", 'product_class', OLD."product_class", 'category_code', OLD."category_code", 'certificate_id', OLD."certificate_id", 'base_unit_zh', OLD."base_unit_zh", 'base_unit_en', OLD."base_unit_en", 'is_implant', OLD."is_implant", 'is_contract_made', OLD."is_contract_made", 'contract_maker', OLD."contract_maker", 'needs_lot', OLD."needs_lot", 'needs_serial', OLD."needs_serial", 'needs_expiry', OLD."needs_expiry", 'needs_production', OLD."needs_production", 'storage', OLD."storage", 'is_active', OLD."is_active") AS before, json_object('id', NEW."id", 'code', NEW."code", 'name_zh', NEW."name_zh", 'name_en', NEW."name_en", 'spec', NEW."spec", 'ref', NEW."ref", 'product_class', NEW."product_class", 'category_code', NEW."category_code", 'certificate_id', NEW."certificate_id", 'base_unit_zh', NEW."base_unit_zh", 'base_unit_en', NEW."base_unit_en", 'is_implant', NEW."is_implant", 'is_contract_made', NEW."is_contract_made", 'contract_maker', NEW."contract_maker", 'needs_lot', NEW."needs_lot", 'needs_serial', NEW."needs_serial", 'needs_expiry', NEW."needs_expiry", 'needs_production', NEW."needs_production", 'storage', NEW."storage", 'is_active', NEW."is_active") AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_product_delete AFTER DELETE ON "product"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'product' AS table_name, CAST(OLD."id" AS TEXT) AS row_id, 'delete' AS action,
      json_object('id', OLD."id", 'code', OLD."code", 'name_zh', OLD."name_zh", 'name_en', OLD."name_en", 'spec', OLD."spec", 'ref', OLD."ref", 'product_class', OLD."product_class", 'category_code', OLD."category_code", 'certificate_id', OLD."certificate_id", 'base_unit_zh', OLD."base_unit_zh", 'base_unit_en', OLD."base_unit_en", 'is_implant', OLD."is_implant", 'is_contract_made', OLD."is_contract_made", 'contract_maker', OLD."contract_maker", 'needs_lot', OLD."needs_lot", 'needs_serial', OLD."needs_serial", 'needs_expiry', OLD."needs_expiry", 'needs_production', OLD."needs_production", 'storage', OLD."storage", 'is_active', OLD."is_active") AS before, '' AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_purchase_order_insert AFTER INSERT ON "purchase_order"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'purchase_order' AS table_name, CAST(NEW."id" AS TEXT) AS row_id, 'insert' AS action,
      '' AS before, json_object('id', NEW."id", 'number', NEW."number", 'supplier_id', NEW."supplier_id", 'expected_on', NEW."expected_on", 'note', NEW."note", 'ordered_by', NEW."ordered_by", 'ordered_at', NEW."ordered_at", 'cancelled_by', NEW."cancelled_by", 'cancelled_at', NEW."cancelled_at", 'cancel_reason', NEW."cancel_reason", 'version', NEW."version") AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_purchase_order_update AFTER UPDATE ON "purchase_order"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'purchase_order' AS table_name, CAST(NEW."id" AS TEXT) AS row_id, 'update' AS action,
      json_object('id', OLD."id", 'number', OLD."number", 'supplier_id', OLD."supplier_id", 'expected_on', OLD."expected_on", 'note', OLD."note", 'ordered_by', OLD."ordered_by", 'ordered_at', OLD."ordered_at", 'cancelled_by', OLD."cancelled_by", 'cancelled_at', OLD."cancelled_at", 'cancel_reason', OLD."cancel_reason", 'version', OLD."version") AS before, json_object('id', NEW."id", 'number', NEW."number", 'supplier_id', NEW."supplier_id", 'expected_on', NEW."expected_on", 'note', NEW."note", 'ordered_by', NEW."ordered_by", 'ordered_at', NEW."ordered_at", 'cancelled_by', NEW."cancelled_by", 'cancelled_at', NEW."cancelled_at", 'cancel_reason', NEW."cancel_reason", 'version', NEW."version") AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_purchase_order_delete AFTER DELETE ON "purchase_order"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'purchase_order' AS table_name, CAST(OLD."id" AS TEXT) AS row_id, 'delete' AS action,
      json_object('id', OLD."id", 'number', OLD."number", 'supplier_id', OLD."supplier_id", 'expected_on', OLD."expected_on", 'note', OLD."note", 'ordered_by', OLD."ordered_by", 'ordered_at', OLD."ordered_at", 'cancelled_by', OLD."cancelled_by", 'cancelled_at', OLD."cancelled_at", 'cancel_reason', OLD."cancel_reason", 'version', OLD."version") AS before, '' AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_purchase_order_line_insert AFTER INSERT ON "purchase_order_line"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'purchase_order_line' AS table_name, CAST(NEW."id" AS TEXT) AS row_id, 'insert' AS action,
      '' AS before, json_object('id', NEW."id", 'order_id', NEW."order_id", 'line_no', NEW."line_no", 'product_id', NEW."product_id", 'quantity', NEW."quantity") AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_purchase_order_line_update AFTER UPDATE ON "purchase_order_line"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'purchase_order_line' AS table_name, CAST(NEW."id" AS TEXT) AS row_id, 'update' AS action,
      json_object('id', OLD."id", 'order_id', OLD."order_id", 'line_no', OLD."line_no", 'product_id', OLD."product_id", 'quantity', OLD."quantity") AS before, json_object('id', NEW."id", 'order_id', NEW."order_id", 'line_no', NEW."line_no", 'product_id', NEW."product_id", 'quantity', NEW."quantity") AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_purchase_order_line_delete AFTER DELETE ON "purchase_order_line"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'purchase_order_line' AS table_name, CAST(OLD."id" AS TEXT) AS row_id, 'delete' AS action,
      json_object('id', OLD."id", 'order_id', OLD."order_id", 'line_no', OLD."line_no", 'product_id', OLD."product_id", 'quantity', OLD."quantity") AS before, '' AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_put_away_insert AFTER INSERT ON "put_away"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'put_away' AS table_name, CAST(NEW."id" AS TEXT) AS row_id, 'insert' AS action,
      '' AS before, json_object('id', NEW."id", 'op_id', NEW."op_id", 'batch_id', NEW."batch_id", 'location_id', NEW."location_id", 'shelf_id', NEW."shelf_id", 'quantity', NEW."quantity", 'person_id', NEW."person_id", 'at', NEW."at") AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_put_away_update AFTER UPDATE ON "put_away"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'put_away' AS table_name, CAST(NEW."id" AS TEXT) AS row_id, 'update' AS action,
      json_object('id', OLD."id", 'op_id', OLD."op_id", 'batch_id', OLD."batch_id", 'location_id', OLD."location_id", 'shelf_id', OLD."shelf_id", 'quantity', OLD."quantity", 'person_id', OLD."person_id", 'at', OLD."at") AS before, json_object('id', NEW."id", 'op_id', NEW."op_id", 'batch_id', NEW."batch_id", 'location_id', NEW."location_id", 'shelf_id', NEW."shelf_id", 'quantity', NEW."quantity", 'person_id', NEW."person_id", 'at', NEW."at") AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_put_away_delete AFTER DELETE ON "put_away"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'put_away' AS table_name, CAST(OLD."id" AS TEXT) AS row_id, 'delete' AS action,
      json_object('id', OLD."id", 'op_id', OLD."op_id", 'batch_id', OLD."batch_id", 'location_id', OLD."location_id", 'shelf_id', OLD."shelf_id", 'quantity', OLD."quantity", 'person_id', OLD."person_id", 'at', OLD."at") AS before, '' AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_recall_case_insert AFTER INSERT ON "recall_case"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'recall_case' AS table_name, CAST(NEW."id" AS TEXT) AS row_id, 'insert' AS action,
      '' AS before, json_object('id', NEW."id", 'number', NEW."number", 'kind', NEW."kind", 'recall_class', NEW."recall_class", 'treatment', NEW."treatment", 'title', NEW."title", 'manufacturer', NEW."manufacturer", 'hazard', NEW."hazard", 'notice_text', NEW."notice_text", 'notice_hash', NEW."notice_hash", 'notice_key', NEW."notice_key", 'notice_no', NEW."notice_no", 'parent_id', NEW."parent_id", 'notice_received_at', NEW."notice_received_at", 'state', NEW."state", 'registered_by', NEW."registered_by", 'registered_at', NEW."registered_at", 'approved_by', NEW."approved_by", 'approved_at', NEW."approved_at", 'launched_by', NEW."launched_by", 'launched_at', NEW."launched_at", 'launched_after', NEW."launched_after", 'review_by', NEW."review_by", 'review_at', NEW."review_at", 'closed_by', NEW."closed_by", 'closed_at', NEW."closed_at", 'snapshot', NEW."snapshot", 'snapshot_hash', NEW."snapshot_hash", 'assessed_at', NEW."assessed_at", 'assessed_count', NEW."assessed_count", 'assessed_until', NEW."assessed_until", 'root_cause', NEW."root_cause", 'lessons', NEW."lessons", 'version', NEW."version") AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_recall_case_update AFTER UPDATE ON "recall_case"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'recall_case' AS table_name, CAST(NEW."id" AS TEXT) AS row_id, 'update' AS action,
      json_object('id', OLD."id", 'number', OLD."number", 'kind', OLD."kind", 'recall_class', OLD."recall_class", 'treatment', OLD."treatment", 'title', OLD."title", 'manufacturer', OLD."manufacturer", 'hazard', OLD."hazard", 'notice_text', OLD."notice_text", 'notice_hash', OLD."notice_hash", 'notice_key', OLD."notice_key", 'notice_no', OLD."notice_no", 'parent_id', OLD."parent_id", 'notice_received_at', OLD."notice_received_at", 'state', OLD."state", 'registered_by', OLD."registered_by", 'registered_at', OLD."registered_at", 'approved_by', OLD."approved_by", 'approved_at', OLD."approved_at", 'launched_by', OLD."launched_by", 'launched_at', OLD."launched_at", 'launched_after', OLD."launched_after", 'review_by', OLD."review_by", 'review_at', OLD."review_at", 'closed_by', OLD."closed_by", 'closed_at', OLD."closed_at", 'snapshot', OLD."snapshot", 'snapshot_hash', OLD."snapshot_hash", 'assessed_at', OLD."assessed_at", 'assessed_count', OLD."assessed_count", 'assessed_until', OLD."assessed_until", 'root_cause', OLD."root_cause", 'lessons', OLD."lessons", 'version', OLD."version") AS before, json_object('id', NEW."id", 'number', NEW."number", 'kind', NEW."kind", 'recall_class', NEW."recall_class", 'treatment', NEW."treatment", 'title', NEW."title", 'manufacturer', NEW."manufacturer", 'hazard', NEW."hazard", 'notice_text', NEW."notice_text", 'notice_hash', NEW."notice_hash", 'notice_key', NEW."notice_key", 'notice_no', NEW."notice_no", 'parent_id', NEW."parent_id", 'notice_received_at', NEW."notice_received_at", 'state', NEW."state", 'registered_by', NEW."registered_by", 'registered_at', NEW."registered_at", 'approved_by', NEW."approved_by", 'approved_at', NEW."approved_at", 'launched_by', NEW."launched_by", 'launched_at', NEW."launched_at", 'launched_after', NEW."launched_after", 'review_by', NEW."review_by", 'review_at', NEW."review_at", 'closed_by', NEW."closed_by", 'closed_at', NEW."closed_at", 'snapshot', NEW."snapshot", 'snapshot_hash', NEW."snapshot_hash", 'assessed_at', NEW."assessed_at", 'assessed_count', NEW."assessed_count", 'assessed_until', NEW."assessed_until", 'root_cause', NEW."root_cause", 'lessons', NEW."lessons", 'version', NEW."version") AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_recall_case_delete AFTER DELETE ON "recall_case"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'recall_case' AS table_name, CAST(OLD."id" AS TEXT) AS row_id, 'delete' AS action,
      json_object('id', OLD."id", 'number', OLD."number", 'kind', OLD."kind", 'recall_class', OLD."recall_class", 'treatment', OLD."treatment", 'title', OLD."title", 'manufacturer', OLD."manufacturer", 'hazard', OLD."hazard", 'notice_text', OLD."notice_text", 'notice_hash', OLD."notice_hash", 'notice_key', OLD."notice_key", 'notice_no', OLD."notice_no", 'parent_id', OLD."parent_id", 'notice_received_at', OLD."notice_received_at", 'state', OLD."state", 'registered_by', OLD."registered_by", 'registered_at', OLD."registered_at", 'approved_by', OLD."approved_by", 'approved_at', OLD."approved_at", 'launched_by', OLD."launched_by", 'launched_at', OLD."launched_at", 'launched_after', OLD."launched_after", 'review_by', OLD."review_by", 'review_at', OLD."review_at", 'closed_by', OLD."closed_by", 'closed_at', OLD."closed_at", 'snapshot', OLD."snapshot", 'snapshot_hash', OLD."snapshot_hash", 'assessed_at', OLD."assessed_at", 'assessed_count', OLD."assessed_count", 'assessed_until', OLD."assessed_until", 'root_cause', OLD."root_cause", 'lessons', OLD."lessons", 'version', OLD."version") AS before, '' AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_recall_clause_insert AFTER INSERT ON "recall_clause"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'recall_clause' AS table_name, CAST(NEW."id" AS TEXT) AS row_id, 'insert' AS action,
      '' AS before, json_object('id', NEW."id", 'case_id', NEW."case_id", 'ordinal', NEW."ordinal", 'key', NEW."key", 'form', NEW."form", 'content', NEW."content", 'quote', NEW."quote", 'start', NEW."start", 'end', NEW."end", 'confirmed_by', NEW."confirmed_by", 'second_by', NEW."second_by", 'removed_by', NEW."removed_by", 'entered_by', NEW."entered_by", 'news_id', NEW."news_id") AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_recall_clause_update AFTER UPDATE ON "recall_clause"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'recall_clause' AS table_name, CAST(NEW."id" AS TEXT) AS row_id, 'update' AS action,
      json_object('id', OLD."id", 'case_id', OLD."case_id", 'ordinal', OLD."ordinal", 'key', OLD."key", 'form', OLD."form", 'content', OLD."content", 'quote', OLD."quote", 'start', OLD."start", 'end', OLD."end", 'confirmed_by', OLD."confirmed_by", 'second_by', OLD."second_by", 'removed_by', OLD."removed_by", 'entered_by', OLD."entered_by", 'news_id', OLD."news_id") AS before, json_object('id', NEW."id", 'case_id', NEW."case_id", 'ordinal', NEW."ordinal", 'key', NEW."key", 'form', NEW."form", 'content', NEW."content", 'quote', NEW."quote", 'start', NEW."start", 'end', NEW."end", 'confirmed_by', NEW."confirmed_by", 'second_by', NEW."second_by", 'removed_by', NEW."removed_by", 'entered_by', NEW."entered_by", 'news_id', NEW."news_id") AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_recall_clause_delete AFTER DELETE ON "recall_clause"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'recall_clause' AS table_name, CAST(OLD."id" AS TEXT) AS row_id, 'delete' AS action,
      json_object('id', OLD."id", 'case_id', OLD."case_id", 'ordinal', OLD."ordinal", 'key', OLD."key", 'form', OLD."form", 'content', OLD."content", 'quote', OLD."quote", 'start', OLD."start", 'end', OLD."end", 'confirmed_by', OLD."confirmed_by", 'second_by', OLD."second_by", 'removed_by', OLD."removed_by", 'entered_by', OLD."entered_by", 'news_id', OLD."news_id") AS before, '' AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_region_insert AFTER INSERT ON "region"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'region' AS table_name, CAST(NEW."id" AS TEXT) AS row_id, 'insert' AS action,
      '' AS before, json_object('id', NEW."id", 'code', NEW."code", 'name_zh', NEW."name_zh", 'name_en', NEW."name_en") AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_region_update AFTER UPDATE ON "region"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'region' AS table_name, CAST(NEW."id" AS TEXT) AS row_id, 'update' AS action,
      json_object('id', OLD."id", 'code', OLD."code", 'name_zh', OLD."name_zh", 'name_en', OLD."name_en") AS before, json_object('id', NEW."id", 'code', NEW."code", 'name_zh', NEW."name_zh", 'name_en', NEW."name_en") AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_region_delete AFTER DELETE ON "region"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'region' AS table_name, CAST(OLD."id" AS TEXT) AS row_id, 'delete' AS action,
      json_object('id', OLD."id", 'code', OLD."code", 'name_zh', OLD."name_zh", 'name_en', OLD."name_en") AS before, '' AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_reminder_insert AFTER INSERT ON "reminder"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'reminder' AS table_name, CAST(NEW."id" AS TEXT) AS row_id, 'insert' AS action,
      '' AS before, json_object('id', NEW."id", 'subject', NEW."subject", 'case_id', NEW."case_id", 'task_id', NEW."task_id", 'clock', NEW."clock", 'percent', NEW."percent", 'due_at', NEW."due_at", 'recorded_at', NEW."recorded_at", 'late_seconds', NEW."late_seconds") AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_reminder_update AFTER UPDATE ON "reminder"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'reminder' AS table_name, CAST(NEW."id" AS TEXT) AS row_id, 'update' AS action,
      json_object('id', OLD."id", 'subject', OLD."subject", 'case_id', OLD."case_id", 'task_id', OLD."task_id", 'clock', OLD."clock", 'percent', OLD."percent", 'due_at', OLD."due_at", 'recorded_at', OLD."recorded_at", 'late_seconds', OLD."late_seconds") AS before, json_object('id', NEW."id", 'subject', NEW."subject", 'case_id', NEW."case_id", 'task_id', NEW."task_id", 'clock', NEW."clock", 'percent', NEW."percent", 'due_at', NEW."due_at", 'recorded_at', NEW."recorded_at", 'late_seconds', NEW."late_seconds") AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_reminder_delete AFTER DELETE ON "reminder"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'reminder' AS table_name, CAST(OLD."id" AS TEXT) AS row_id, 'delete' AS action,
      json_object('id', OLD."id", 'subject', OLD."subject", 'case_id', OLD."case_id", 'task_id', OLD."task_id", 'clock', OLD."clock", 'percent', OLD."percent", 'due_at', OLD."due_at", 'recorded_at', OLD."recorded_at", 'late_seconds', OLD."late_seconds") AS before, '' AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_requisition_insert AFTER INSERT ON "requisition"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'requisition' AS table_name, CAST(NEW."id" AS TEXT) AS row_id, 'insert' AS action,
      '' AS before, json_object('id', NEW."id", 'number', NEW."number", 'department_id', NEW."department_id", 'store_id', NEW."store_id", 'state', NEW."state", 'note', NEW."note", 'asked_by', NEW."asked_by", 'asked_at', NEW."asked_at", 'decided_by', NEW."decided_by", 'decided_at', NEW."decided_at", 'decided_reason', NEW."decided_reason", 'version', NEW."version") AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_requisition_update AFTER UPDATE ON "requisition"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'requisition' AS table_name, CAST(NEW."id" AS TEXT) AS row_id, 'update' AS action,
      json_object('id', OLD."id", 'number', OLD."number", 'department_id', OLD."department_id", 'store_id', OLD."store_id", 'state', OLD."state", 'note', OLD."note", 'asked_by', OLD."asked_by", 'asked_at', OLD."asked_at", 'decided_by', OLD."decided_by", 'decided_at', OLD."decided_at", 'decided_reason', OLD."decided_reason", 'version', OLD."version") AS before, json_object('id', NEW."id", 'number', NEW."number", 'department_id', NEW."department_id", 'store_id', NEW."store_id", 'state', NEW."state", 'note', NEW."note", 'asked_by', NEW."asked_by", 'asked_at', NEW."asked_at", 'decided_by', NEW."decided_by", 'decided_at', NEW."decided_at", 'decided_reason', NEW."decided_reason", 'version', NEW."version") AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_requisition_delete AFTER DELETE ON "requisition"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'requisition' AS table_name, CAST(OLD."id" AS TEXT) AS row_id, 'delete' AS action,
      json_object('id', OLD."id", 'number', OLD."number", 'department_id', OLD."department_id", 'store_id', OLD."store_id", 'state', OLD."state", 'note', OLD."note", 'asked_by', OLD."asked_by", 'asked_at', OLD."asked_at", 'decided_by', OLD."decided_by", 'decided_at', OLD."decided_at", 'decided_reason', OLD."decided_reason", 'version', OLD."version") AS before, '' AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_requisition_issue_insert AFTER INSERT ON "requisition_issue"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'requisition_issue' AS table_name, CAST(NEW."id" AS TEXT) AS row_id, 'insert' AS action,
      '' AS before, json_object('id', NEW."id", 'line_id', NEW."line_id", 'movement_id', NEW."movement_id") AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_requisition_issue_update AFTER UPDATE ON "requisition_issue"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'requisition_issue' AS table_name, CAST(NEW."id" AS TEXT) AS row_id, 'update' AS action,
      json_object('id', OLD."id", 'line_id', OLD."line_id", 'movement_id', OLD."movement_id") AS before, json_object('id', NEW."id", 'line_id', NEW."line_id", 'movement_id', NEW."movement_id") AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_requisition_issue_delete AFTER DELETE ON "requisition_issue"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'requisition_issue' AS table_name, CAST(OLD."id" AS TEXT) AS row_id, 'delete' AS action,
      json_object('id', OLD."id", 'line_id', OLD."line_id", 'movement_id', OLD."movement_id") AS before, '' AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_requisition_line_insert AFTER INSERT ON "requisition_line"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'requisition_line' AS table_name, CAST(NEW."id" AS TEXT) AS row_id, 'insert' AS action,
      '' AS before, json_object('id', NEW."id", 'requisition_id', NEW."requisition_id", 'line_no', NEW."line_no", 'product_id', NEW."product_id", 'quantity', NEW."quantity") AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_requisition_line_update AFTER UPDATE ON "requisition_line"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'requisition_line' AS table_name, CAST(NEW."id" AS TEXT) AS row_id, 'update' AS action,
      json_object('id', OLD."id", 'requisition_id', OLD."requisition_id", 'line_no', OLD."line_no", 'product_id', OLD."product_id", 'quantity', OLD."quantity") AS before, json_object('id', NEW."id", 'requisition_id', NEW."requisition_id", 'line_no', NEW."line_no", 'product_id', NEW."product_id", 'quantity', NEW."quantity") AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_requisition_line_delete AFTER DELETE ON "requisition_line"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'requisition_line' AS table_name, CAST(OLD."id" AS TEXT) AS row_id, 'delete' AS action,
      json_object('id', OLD."id", 'requisition_id', OLD."requisition_id", 'line_no', OLD."line_no", 'product_id', OLD."product_id", 'quantity', OLD."quantity") AS before, '' AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_reservation_insert AFTER INSERT ON "reservation"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'reservation' AS table_name, CAST(NEW."id" AS TEXT) AS row_id, 'insert' AS action,
      '' AS before, json_object('id', NEW."id", 'line_id', NEW."line_id", 'batch_id', NEW."batch_id", 'location_id', NEW."location_id", 'quantity', NEW."quantity", 'made_at', NEW."made_at", 'ended_at', NEW."ended_at", 'ended_why', NEW."ended_why", 'lock_id', NEW."lock_id") AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_reservation_update AFTER UPDATE ON "reservation"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'reservation' AS table_name, CAST(NEW."id" AS TEXT) AS row_id, 'update' AS action,
      json_object('id', OLD."id", 'line_id', OLD."line_id", 'batch_id', OLD."batch_id", 'location_id', OLD."location_id", 'quantity', OLD."quantity", 'made_at', OLD."made_at", 'ended_at', OLD."ended_at", 'ended_why', OLD."ended_why", 'lock_id', OLD."lock_id") AS before, json_object('id', NEW."id", 'line_id', NEW."line_id", 'batch_id', NEW."batch_id", 'location_id', NEW."location_id", 'quantity', NEW."quantity", 'made_at', NEW."made_at", 'ended_at', NEW."ended_at", 'ended_why', NEW."ended_why", 'lock_id', NEW."lock_id") AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_reservation_delete AFTER DELETE ON "reservation"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'reservation' AS table_name, CAST(OLD."id" AS TEXT) AS row_id, 'delete' AS action,
      json_object('id', OLD."id", 'line_id', OLD."line_id", 'batch_id', OLD."batch_id", 'location_id', OLD."location_id", 'quantity', OLD."quantity", 'made_at', OLD."made_at", 'ended_at', OLD."ended_at", 'ended_why', OLD."ended_why", 'lock_id', OLD."lock_id") AS before, '' AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_return_shipment_insert AFTER INSERT ON "return_shipment"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'return_shipment' AS table_name, CAST(NEW."id" AS TEXT) AS row_id, 'insert' AS action,
      '' AS before, json_object('id', NEW."id", 'number', NEW."number", 'case_id', NEW."case_id", 'supplier_id', NEW."supplier_id", 'carrier', NEW."carrier", 'waybill', NEW."waybill", 'handed_by', NEW."handed_by", 'second_person_id', NEW."second_person_id", 'handed_at', NEW."handed_at", 'received_at', NEW."received_at", 'received_note', NEW."received_note") AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_return_shipment_update AFTER UPDATE ON "return_shipment"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'return_shipment' AS table_name, CAST(NEW."id" AS TEXT) AS row_id, 'update' AS action,
      json_object('id', OLD."id", 'number', OLD."number", 'case_id', OLD."case_id", 'supplier_id', OLD."supplier_id", 'carrier', OLD."carrier", 'waybill', OLD."waybill", 'handed_by', OLD."handed_by", 'second_person_id', OLD."second_person_id", 'handed_at', OLD."handed_at", 'received_at', OLD."received_at", 'received_note', OLD."received_note") AS before, json_object('id', NEW."id", 'number', NEW."number", 'case_id', NEW."case_id", 'supplier_id', NEW."supplier_id", 'carrier', NEW."carrier", 'waybill', NEW."waybill", 'handed_by', NEW."handed_by", 'second_person_id', NEW."second_person_id", 'handed_at', NEW."handed_at", 'received_at', NEW."received_at", 'received_note', NEW."received_note") AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_return_shipment_delete AFTER DELETE ON "return_shipment"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'return_shipment' AS table_name, CAST(OLD."id" AS TEXT) AS row_id, 'delete' AS action,
      json_object('id', OLD."id", 'number', OLD."number", 'case_id', OLD."case_id", 'supplier_id', OLD."supplier_id", 'carrier', OLD."carrier", 'waybill', OLD."waybill", 'handed_by', OLD."handed_by", 'second_person_id', OLD."second_person_id", 'handed_at', OLD."handed_at", 'received_at', OLD."received_at", 'received_note', OLD."received_note") AS before, '' AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_schema_info_insert AFTER INSERT ON "schema_info"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'schema_info' AS table_name, CAST(NEW."id" AS TEXT) AS row_id, 'insert' AS action,
      '' AS before, json_object('id', NEW."id", 'application', NEW."application", 'loading', NEW."loading", 'loaded_by', NEW."loaded_by", 'installation', NEW."installation", 'login_prefix', NEW."login_prefix") AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_schema_info_update AFTER UPDATE ON "schema_info"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'schema_info' AS table_name, CAST(NEW."id" AS TEXT) AS row_id, 'update' AS action,
      json_object('id', OLD."id", 'application', OLD."application", 'loading', OLD."loading", 'loaded_by', OLD."loaded_by", 'installation', OLD."installation", 'login_prefix', OLD."login_prefix") AS before, json_object('id', NEW."id", 'application', NEW."application", 'loading', NEW."loading", 'loaded_by', NEW."loaded_by", 'installation', NEW."installation", 'login_prefix', NEW."login_prefix") AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_schema_info_delete AFTER DELETE ON "schema_info"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'schema_info' AS table_name, CAST(OLD."id" AS TEXT) AS row_id, 'delete' AS action,
      json_object('id', OLD."id", 'application', OLD."application", 'loading', OLD."loading", 'loaded_by', OLD."loaded_by", 'installation', OLD."installation", 'login_prefix', OLD."login_prefix") AS before, '' AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_scope_change_insert AFTER INSERT ON "scope_change"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'scope_change' AS table_name, CAST(NEW."id" AS TEXT) AS row_id, 'insert' AS action,
      '' AS before, json_object('id', NEW."id", 'case_id', NEW."case_id", 'batch_id', NEW."batch_id", 'supplement_id', NEW."supplement_id", 'before', NEW."before", 'after', NEW."after", 'reason', NEW."reason", 'person_id', NEW."person_id", 'at', NEW."at") AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_scope_change_update AFTER UPDATE ON "scope_change"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'scope_change' AS table_name, CAST(NEW."id" AS TEXT) AS row_id, 'update' AS action,
      json_object('id', OLD."id", 'case_id', OLD."case_id", 'batch_id', OLD."batch_id", 'supplement_id', OLD."supplement_id", 'before', OLD."before", 'after', OLD."after", 'reason', OLD."reason", 'person_id', OLD."person_id", 'at', OLD."at") AS before, json_object('id', NEW."id", 'case_id', NEW."case_id", 'batch_id', NEW."batch_id", 'supplement_id', NEW."supplement_id", 'before', NEW."before", 'after', NEW."after", 'reason', NEW."reason", 'person_id', NEW."person_id", 'at', NEW."at") AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_scope_change_delete AFTER DELETE ON "scope_change"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'scope_change' AS table_name, CAST(OLD."id" AS TEXT) AS row_id, 'delete' AS action,
      json_object('id', OLD."id", 'case_id', OLD."case_id", 'batch_id', OLD."batch_id", 'supplement_id', OLD."supplement_id", 'before', OLD."before", 'after', OLD."after", 'reason', OLD."reason", 'person_id', OLD."person_id", 'at', OLD."at") AS before, '' AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_scope_line_insert AFTER INSERT ON "scope_line"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'scope_line' AS table_name, CAST(NEW."id" AS TEXT) AS row_id, 'insert' AS action,
      '' AS before, json_object('id', NEW."id", 'case_id', NEW."case_id", 'batch_id', NEW."batch_id", 'verdict', NEW."verdict", 'because', NEW."because", 'quantity', NEW."quantity", 'decided_by', NEW."decided_by", 'decided_reason', NEW."decided_reason") AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_scope_line_update AFTER UPDATE ON "scope_line"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'scope_line' AS table_name, CAST(NEW."id" AS TEXT) AS row_id, 'update' AS action,
      json_object('id', OLD."id", 'case_id', OLD."case_id", 'batch_id', OLD."batch_id", 'verdict', OLD."verdict", 'because', OLD."because", 'quantity', OLD."quantity", 'decided_by', OLD."decided_by", 'decided_reason', OLD."decided_reason") AS before, json_object('id', NEW."id", 'case_id', NEW."case_id", 'batch_id', NEW."batch_id", 'verdict', NEW."verdict", 'because', NEW."because", 'quantity', NEW."quantity", 'decided_by', NEW."decided_by", 'decided_reason', NEW."decided_reason") AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_scope_line_delete AFTER DELETE ON "scope_line"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'scope_line' AS table_name, CAST(OLD."id" AS TEXT) AS row_id, 'delete' AS action,
      json_object('id', OLD."id", 'case_id', OLD."case_id", 'batch_id', OLD."batch_id", 'verdict', OLD."verdict", 'because', OLD."because", 'quantity', OLD."quantity", 'decided_by', OLD."decided_by", 'decided_reason', OLD."decided_reason") AS before, '' AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_serial_unit_insert AFTER INSERT ON "serial_unit"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'serial_unit' AS table_name, CAST(NEW."id" AS TEXT) AS row_id, 'insert' AS action,
      '' AS before, json_object('id', NEW."id", 'product_id', NEW."product_id", 'batch_id', NEW."batch_id", 'serial_no', NEW."serial_no", 'serial_key', NEW."serial_key", 'location_id', NEW."location_id", 'state', NEW."state", 'last_movement_id', NEW."last_movement_id") AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_serial_unit_update AFTER UPDATE ON "serial_unit"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'serial_unit' AS table_name, CAST(NEW."id" AS TEXT) AS row_id, 'update' AS action,
      json_object('id', OLD."id", 'product_id', OLD."product_id", 'batch_id', OLD."batch_id", 'serial_no', OLD."serial_no", 'serial_key', OLD."serial_key", 'location_id', OLD."location_id", 'state', OLD."state", 'last_movement_id', OLD."last_movement_id") AS before, json_object('id', NEW."id", 'product_id', NEW."product_id", 'batch_id', NEW."batch_id", 'serial_no', NEW."serial_no", 'serial_key', NEW."serial_key", 'location_id', NEW."location_id", 'state', NEW."state", 'last_movement_id', NEW."last_movement_id") AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_serial_unit_delete AFTER DELETE ON "serial_unit"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'serial_unit' AS table_name, CAST(OLD."id" AS TEXT) AS row_id, 'delete' AS action,
      json_object('id', OLD."id", 'product_id', OLD."product_id", 'batch_id', OLD."batch_id", 'serial_no', OLD."serial_no", 'serial_key', OLD."serial_key", 'location_id', OLD."location_id", 'state', OLD."state", 'last_movement_id', OLD."last_movement_id") AS before, '' AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_service_person_insert AFTER INSERT ON "service_person"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'service_person' AS table_name, CAST(NEW."person_id" AS TEXT) AS row_id, 'insert' AS action,
      '' AS before, json_object('person_id', NEW."person_id", 'made_at', NEW."made_at") AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_service_person_update AFTER UPDATE ON "service_person"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'service_person' AS table_name, CAST(NEW."person_id" AS TEXT) AS row_id, 'update' AS action,
      json_object('person_id', OLD."person_id", 'made_at', OLD."made_at") AS before, json_object('person_id', NEW."person_id", 'made_at', NEW."made_at") AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_service_person_delete AFTER DELETE ON "service_person"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'service_person' AS table_name, CAST(OLD."person_id" AS TEXT) AS row_id, 'delete' AS action,
      json_object('person_id', OLD."person_id", 'made_at', OLD."made_at") AS before, '' AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_setting_insert AFTER INSERT ON "setting"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'setting' AS table_name, CAST(NEW."key" AS TEXT) AS row_id, 'insert' AS action,
      '' AS before, json_object('key', NEW."key", 'value', NEW."value", 'changed_by', NEW."changed_by", 'changed_at', NEW."changed_at") AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_setting_update AFTER UPDATE ON "setting"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'setting' AS table_name, CAST(NEW."key" AS TEXT) AS row_id, 'update' AS action,
      json_object('key', OLD."key", 'value', OLD."value", 'changed_by', OLD."changed_by", 'changed_at', OLD."changed_at") AS before, json_object('key', NEW."key", 'value', NEW."value", 'changed_by', NEW."changed_by", 'changed_at', NEW."changed_at") AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_setting_delete AFTER DELETE ON "setting"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'setting' AS table_name, CAST(OLD."key" AS TEXT) AS row_id, 'delete' AS action,
      json_object('key', OLD."key", 'value', OLD."value", 'changed_by', OLD."changed_by", 'changed_at', OLD."changed_at") AS before, '' AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_shelf_place_insert AFTER INSERT ON "shelf_place"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'shelf_place' AS table_name, CAST(NEW."id" AS TEXT) AS row_id, 'insert' AS action,
      '' AS before, json_object('id', NEW."id", 'location_id', NEW."location_id", 'code', NEW."code", 'note', NEW."note", 'is_active', NEW."is_active") AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_shelf_place_update AFTER UPDATE ON "shelf_place"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'shelf_place' AS table_name, CAST(NEW."id" AS TEXT) AS row_id, 'update' AS action,
      json_object('id', OLD."id", 'location_id', OLD."location_id", 'code', OLD."code", 'note', OLD."note", 'is_active', OLD."is_active") AS before, json_object('id', NEW."id", 'location_id', NEW."location_id", 'code', NEW."code", 'note', NEW."note", 'is_active', NEW."is_active") AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_shelf_place_delete AFTER DELETE ON "shelf_place"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'shelf_place' AS table_name, CAST(OLD."id" AS TEXT) AS row_id, 'delete' AS action,
      json_object('id', OLD."id", 'location_id', OLD."location_id", 'code', OLD."code", 'note', OLD."note", 'is_active', OLD."is_active") AS before, '' AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_signature_insert AFTER INSERT ON "signature"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'signature' AS table_name, CAST(NEW."id" AS TEXT) AS row_id, 'insert' AS action,
      '' AS before, json_object('id', NEW."id", 'op_id', NEW."op_id", 'person_id', NEW."person_id", 'meaning', NEW."meaning", 'content_hash', NEW."content_hash", 'reason', NEW."reason", 'signed_at', NEW."signed_at") AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_signature_update AFTER UPDATE ON "signature"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'signature' AS table_name, CAST(NEW."id" AS TEXT) AS row_id, 'update' AS action,
      json_object('id', OLD."id", 'op_id', OLD."op_id", 'person_id', OLD."person_id", 'meaning', OLD."meaning", 'content_hash', OLD."content_hash", 'reason', OLD."reason", 'signed_at', OLD."signed_at") AS before, json_object('id', NEW."id", 'op_id', NEW."op_id", 'person_id', NEW."person_id", 'meaning', NEW."meaning", 'content_hash', NEW."content_hash", 'reason', NEW."reason", 'signed_at', NEW."signed_at") AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_signature_delete AFTER DELETE ON "signature"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'signature' AS table_name, CAST(OLD."id" AS TEXT) AS row_id, 'delete' AS action,
      json_object('id', OLD."id", 'op_id', OLD."op_id", 'person_id', OLD."person_id", 'meaning', OLD."meaning", 'content_hash', OLD."content_hash", 'reason', OLD."reason", 'signed_at', OLD."signed_at") AS before, '' AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_site_insert AFTER INSERT ON "site"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'site' AS table_name, CAST(NEW."id" AS TEXT) AS row_id, 'insert' AS action,
      '' AS before, json_object('id', NEW."id", 'region_id', NEW."region_id", 'code', NEW."code", 'name_zh', NEW."name_zh", 'name_en', NEW."name_en", 'time_zone', NEW."time_zone") AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_site_update AFTER UPDATE ON "site"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'site' AS table_name, CAST(NEW."id" AS TEXT) AS row_id, 'update' AS action,
      json_object('id', OLD."id", 'region_id', OLD."region_id", 'code', OLD."code", 'name_zh', OLD."name_zh", 'name_en', OLD."name_en", 'time_zone', OLD."time_zone") AS before, json_object('id', NEW."id", 'region_id', NEW."region_id", 'code', NEW."code", 'name_zh', NEW."name_zh", 'name_en', NEW."name_en", 'time_zone', NEW."time_zone") AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_site_delete AFTER DELETE ON "site"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'site' AS table_name, CAST(OLD."id" AS TEXT) AS row_id, 'delete' AS action,
      json_object('id', OLD."id", 'region_id', OLD."region_id", 'code', OLD."code", 'name_zh', OLD."name_zh", 'name_en', OLD."name_en", 'time_zone', OLD."time_zone") AS before, '' AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_stock_count_insert AFTER INSERT ON "stock_count"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'stock_count' AS table_name, CAST(NEW."id" AS TEXT) AS row_id, 'insert' AS action,
      '' AS before, json_object('id', NEW."id", 'number', NEW."number", 'op_id', NEW."op_id", 'location_id', NEW."location_id", 'products', NEW."products", 'state', NEW."state", 'started_by', NEW."started_by", 'started_at', NEW."started_at", 'finished_by', NEW."finished_by", 'finished_at', NEW."finished_at", 'posted_by', NEW."posted_by", 'approved_by', NEW."approved_by", 'posted_at', NEW."posted_at", 'post_op_id', NEW."post_op_id", 'version', NEW."version") AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_stock_count_update AFTER UPDATE ON "stock_count"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'stock_count' AS table_name, CAST(NEW."id" AS TEXT) AS row_id, 'update' AS action,
      json_object('id', OLD."id", 'number', OLD."number", 'op_id', OLD."op_id", 'location_id', OLD."location_id", 'products', OLD."products", 'state', OLD."state", 'started_by', OLD."started_by", 'started_at', OLD."started_at", 'finished_by', OLD."finished_by", 'finished_at', OLD."finished_at", 'posted_by', OLD."posted_by", 'approved_by', OLD."approved_by", 'posted_at', OLD."posted_at", 'post_op_id', OLD."post_op_id", 'version', OLD."version") AS before, json_object('id', NEW."id", 'number', NEW."number", 'op_id', NEW."op_id", 'location_id', NEW."location_id", 'products', NEW."products", 'state', NEW."state", 'started_by', NEW."started_by", 'started_at', NEW."started_at", 'finished_by', NEW."finished_by", 'finished_at', NEW."finished_at", 'posted_by', NEW."posted_by", 'approved_by', NEW."approved_by", 'posted_at', NEW."posted_at", 'post_op_id', NEW."post_op_id", 'version', NEW."version") AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_stock_count_delete AFTER DELETE ON "stock_count"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'stock_count' AS table_name, CAST(OLD."id" AS TEXT) AS row_id, 'delete' AS action,
      json_object('id', OLD."id", 'number', OLD."number", 'op_id', OLD."op_id", 'location_id', OLD."location_id", 'products', OLD."products", 'state', OLD."state", 'started_by', OLD."started_by", 'started_at', OLD."started_at", 'finished_by', OLD."finished_by", 'finished_at', OLD."finished_at", 'posted_by', OLD."posted_by", 'approved_by', OLD."approved_by", 'posted_at', OLD."posted_at", 'post_op_id', OLD."post_op_id", 'version', OLD."version") AS before, '' AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_stock_count_entry_insert AFTER INSERT ON "stock_count_entry"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'stock_count_entry' AS table_name, CAST(NEW."id" AS TEXT) AS row_id, 'insert' AS action,
      '' AS before, json_object('id', NEW."id", 'op_id', NEW."op_id", 'count_id', NEW."count_id", 'round_no', NEW."round_no", 'product_id', NEW."product_id", 'lot_no', NEW."lot_no", 'lot_key', NEW."lot_key", 'serial_no', NEW."serial_no", 'serial_unit_id', NEW."serial_unit_id", 'quantity', NEW."quantity", 'source', NEW."source", 'raw', NEW."raw", 'person_id', NEW."person_id", 'at', NEW."at") AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_stock_count_entry_update AFTER UPDATE ON "stock_count_entry"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'stock_count_entry' AS table_name, CAST(NEW."id" AS TEXT) AS row_id, 'update' AS action,
      json_object('id', OLD."id", 'op_id', OLD."op_id", 'count_id', OLD."count_id", 'round_no', OLD."round_no", 'product_id', OLD."product_id", 'lot_no', OLD."lot_no", 'lot_key', OLD."lot_key", 'serial_no', OLD."serial_no", 'serial_unit_id', OLD."serial_unit_id", 'quantity', OLD."quantity", 'source', OLD."source", 'raw', OLD."raw", 'person_id', OLD."person_id", 'at', OLD."at") AS before, json_object('id', NEW."id", 'op_id', NEW."op_id", 'count_id', NEW."count_id", 'round_no', NEW."round_no", 'product_id', NEW."product_id", 'lot_no', NEW."lot_no", 'lot_key', NEW."lot_key", 'serial_no', NEW."serial_no", 'serial_unit_id', NEW."serial_unit_id", 'quantity', NEW."quantity", 'source', NEW."source", 'raw', NEW."raw", 'person_id', NEW."person_id", 'at', NEW."at") AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_stock_count_entry_delete AFTER DELETE ON "stock_count_entry"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'stock_count_entry' AS table_name, CAST(OLD."id" AS TEXT) AS row_id, 'delete' AS action,
      json_object('id', OLD."id", 'op_id', OLD."op_id", 'count_id', OLD."count_id", 'round_no', OLD."round_no", 'product_id', OLD."product_id", 'lot_no', OLD."lot_no", 'lot_key', OLD."lot_key", 'serial_no', OLD."serial_no", 'serial_unit_id', OLD."serial_unit_id", 'quantity', OLD."quantity", 'source', OLD."source", 'raw', OLD."raw", 'person_id', OLD."person_id", 'at', OLD."at") AS before, '' AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_stock_count_line_insert AFTER INSERT ON "stock_count_line"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'stock_count_line' AS table_name, CAST(NEW."id" AS TEXT) AS row_id, 'insert' AS action,
      '' AS before, json_object('id', NEW."id", 'count_id', NEW."count_id", 'key', NEW."key", 'batch_id', NEW."batch_id", 'product_id', NEW."product_id", 'lot_no', NEW."lot_no", 'lot_key', NEW."lot_key", 'serial_no', NEW."serial_no", 'serial_unit_id', NEW."serial_unit_id", 'round_no', NEW."round_no", 'expected', NEW."expected", 'found', NEW."found", 'first_found', NEW."first_found", 'seen_movement_id', NEW."seen_movement_id", 'reason', NEW."reason", 'note', NEW."note", 'is_posted', NEW."is_posted") AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_stock_count_line_update AFTER UPDATE ON "stock_count_line"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'stock_count_line' AS table_name, CAST(NEW."id" AS TEXT) AS row_id, 'update' AS action,
      json_object('id', OLD."id", 'count_id', OLD."count_id", 'key', OLD."key", 'batch_id', OLD."batch_id", 'product_id', OLD."product_id", 'lot_no', OLD."lot_no", 'lot_key', OLD."lot_key", 'serial_no', OLD."serial_no", 'serial_unit_id', OLD."serial_unit_id", 'round_no', OLD."round_no", 'expected', OLD."expected", 'found', OLD."found", 'first_found', OLD."first_found", 'seen_movement_id', OLD."seen_movement_id", 'reason', OLD."reason", 'note', OLD."note", 'is_posted', OLD."is_posted") AS before, json_object('id', NEW."id", 'count_id', NEW."count_id", 'key', NEW."key", 'batch_id', NEW."batch_id", 'product_id', NEW."product_id", 'lot_no', NEW."lot_no", 'lot_key', NEW."lot_key", 'serial_no', NEW."serial_no", 'serial_unit_id', NEW."serial_unit_id", 'round_no', NEW."round_no", 'expected', NEW."expected", 'found', NEW."found", 'first_found', NEW."first_found", 'seen_movement_id', NEW."seen_movement_id", 'reason', NEW."reason", 'note', NEW."note", 'is_posted', NEW."is_posted") AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_stock_count_line_delete AFTER DELETE ON "stock_count_line"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'stock_count_line' AS table_name, CAST(OLD."id" AS TEXT) AS row_id, 'delete' AS action,
      json_object('id', OLD."id", 'count_id', OLD."count_id", 'key', OLD."key", 'batch_id', OLD."batch_id", 'product_id', OLD."product_id", 'lot_no', OLD."lot_no", 'lot_key', OLD."lot_key", 'serial_no', OLD."serial_no", 'serial_unit_id', OLD."serial_unit_id", 'round_no', OLD."round_no", 'expected', OLD."expected", 'found', OLD."found", 'first_found', OLD."first_found", 'seen_movement_id', OLD."seen_movement_id", 'reason', OLD."reason", 'note', OLD."note", 'is_posted', OLD."is_posted") AS before, '' AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_supplier_insert AFTER INSERT ON "supplier"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'supplier' AS table_name, CAST(NEW."id" AS TEXT) AS row_id, 'insert' AS action,
      '' AS before, json_object('id', NEW."id", 'code', NEW."code", 'name_zh', NEW."name_zh", 'name_en', NEW."name_en", 'licence_no', NEW."licence_no", 'licence_valid_from', NEW."licence_valid_from", 'licence_valid_until', NEW."licence_valid_until", 'licence_scope', NEW."licence_scope", 'address', NEW."address", 'phone', NEW."phone", 'is_active', NEW."is_active") AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_supplier_update AFTER UPDATE ON "supplier"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'supplier' AS table_name, CAST(NEW."id" AS TEXT) AS row_id, 'update' AS action,
      json_object('id', OLD."id", 'code', OLD."code", 'name_zh', OLD."name_zh", 'name_en', OLD."name_en", 'licence_no', OLD."licence_no", 'licence_valid_from', OLD."licence_valid_from", 'licence_valid_until', OLD."licence_valid_until", 'licence_scope', OLD."licence_scope", 'address', OLD."address", 'phone', OLD."phone", 'is_active', OLD."is_active") AS before, json_object('id', NEW."id", 'code', NEW."code", 'name_zh', NEW."name_zh", 'name_en', NEW."name_en", 'licence_no', NEW."licence_no", 'licence_valid_from', NEW."licence_valid_from", 'licence_valid_until', NEW."licence_valid_until", 'licence_scope', NEW."licence_scope", 'address', NEW."address", 'phone', NEW."phone", 'is_active', NEW."is_active") AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_supplier_delete AFTER DELETE ON "supplier"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'supplier' AS table_name, CAST(OLD."id" AS TEXT) AS row_id, 'delete' AS action,
      json_object('id', OLD."id", 'code', OLD."code", 'name_zh', OLD."name_zh", 'name_en', OLD."name_en", 'licence_no', OLD."licence_no", 'licence_valid_from', OLD."licence_valid_from", 'licence_valid_until', OLD."licence_valid_until", 'licence_scope', OLD."licence_scope", 'address', OLD."address", 'phone', OLD."phone", 'is_active', OLD."is_active") AS before, '' AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_task_line_insert AFTER INSERT ON "task_line"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'task_line' AS table_name, CAST(NEW."id" AS TEXT) AS row_id, 'insert' AS action,
      '' AS before, json_object('id', NEW."id", 'task_id', NEW."task_id", 'batch_id', NEW."batch_id", 'expected', NEW."expected", 'found', NEW."found", 'reason', NEW."reason") AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_task_line_update AFTER UPDATE ON "task_line"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'task_line' AS table_name, CAST(NEW."id" AS TEXT) AS row_id, 'update' AS action,
      json_object('id', OLD."id", 'task_id', OLD."task_id", 'batch_id', OLD."batch_id", 'expected', OLD."expected", 'found', OLD."found", 'reason', OLD."reason") AS before, json_object('id', NEW."id", 'task_id', NEW."task_id", 'batch_id', NEW."batch_id", 'expected', NEW."expected", 'found', NEW."found", 'reason', NEW."reason") AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_task_line_delete AFTER DELETE ON "task_line"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'task_line' AS table_name, CAST(OLD."id" AS TEXT) AS row_id, 'delete' AS action,
      json_object('id', OLD."id", 'task_id', OLD."task_id", 'batch_id', OLD."batch_id", 'expected', OLD."expected", 'found', OLD."found", 'reason', OLD."reason") AS before, '' AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_transfer_insert AFTER INSERT ON "transfer"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'transfer' AS table_name, CAST(NEW."id" AS TEXT) AS row_id, 'insert' AS action,
      '' AS before, json_object('id', NEW."id", 'number', NEW."number", 'op_id', NEW."op_id", 'source_id', NEW."source_id", 'target_id', NEW."target_id", 'state', NEW."state", 'reason', NEW."reason", 'sent_by', NEW."sent_by", 'sent_at', NEW."sent_at", 'finished_by', NEW."finished_by", 'finished_at', NEW."finished_at", 'second_person_id', NEW."second_person_id", 'finish_reason', NEW."finish_reason", 'version', NEW."version") AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_transfer_update AFTER UPDATE ON "transfer"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'transfer' AS table_name, CAST(NEW."id" AS TEXT) AS row_id, 'update' AS action,
      json_object('id', OLD."id", 'number', OLD."number", 'op_id', OLD."op_id", 'source_id', OLD."source_id", 'target_id', OLD."target_id", 'state', OLD."state", 'reason', OLD."reason", 'sent_by', OLD."sent_by", 'sent_at', OLD."sent_at", 'finished_by', OLD."finished_by", 'finished_at', OLD."finished_at", 'second_person_id', OLD."second_person_id", 'finish_reason', OLD."finish_reason", 'version', OLD."version") AS before, json_object('id', NEW."id", 'number', NEW."number", 'op_id', NEW."op_id", 'source_id', NEW."source_id", 'target_id', NEW."target_id", 'state', NEW."state", 'reason', NEW."reason", 'sent_by', NEW."sent_by", 'sent_at', NEW."sent_at", 'finished_by', NEW."finished_by", 'finished_at', NEW."finished_at", 'second_person_id', NEW."second_person_id", 'finish_reason', NEW."finish_reason", 'version', NEW."version") AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_transfer_delete AFTER DELETE ON "transfer"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'transfer' AS table_name, CAST(OLD."id" AS TEXT) AS row_id, 'delete' AS action,
      json_object('id', OLD."id", 'number', OLD."number", 'op_id', OLD."op_id", 'source_id', OLD."source_id", 'target_id', OLD."target_id", 'state', OLD."state", 'reason', OLD."reason", 'sent_by', OLD."sent_by", 'sent_at', OLD."sent_at", 'finished_by', OLD."finished_by", 'finished_at', OLD."finished_at", 'second_person_id', OLD."second_person_id", 'finish_reason', OLD."finish_reason", 'version', OLD."version") AS before, '' AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_transfer_line_insert AFTER INSERT ON "transfer_line"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'transfer_line' AS table_name, CAST(NEW."id" AS TEXT) AS row_id, 'insert' AS action,
      '' AS before, json_object('id', NEW."id", 'transfer_id', NEW."transfer_id", 'line_no', NEW."line_no", 'batch_id', NEW."batch_id", 'serial_unit_id', NEW."serial_unit_id", 'movement_id', NEW."movement_id", 'quantity', NEW."quantity", 'received', NEW."received", 'damaged', NEW."damaged", 'lost', NEW."lost") AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_transfer_line_update AFTER UPDATE ON "transfer_line"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'transfer_line' AS table_name, CAST(NEW."id" AS TEXT) AS row_id, 'update' AS action,
      json_object('id', OLD."id", 'transfer_id', OLD."transfer_id", 'line_no', OLD."line_no", 'batch_id', OLD."batch_id", 'serial_unit_id', OLD."serial_unit_id", 'movement_id', OLD."movement_id", 'quantity', OLD."quantity", 'received', OLD."received", 'damaged', OLD."damaged", 'lost', OLD."lost") AS before, json_object('id', NEW."id", 'transfer_id', NEW."transfer_id", 'line_no', NEW."line_no", 'batch_id', NEW."batch_id", 'serial_unit_id', NEW."serial_unit_id", 'movement_id', NEW."movement_id", 'quantity', NEW."quantity", 'received', NEW."received", 'damaged', NEW."damaged", 'lost', NEW."lost") AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_transfer_line_delete AFTER DELETE ON "transfer_line"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'transfer_line' AS table_name, CAST(OLD."id" AS TEXT) AS row_id, 'delete' AS action,
      json_object('id', OLD."id", 'transfer_id', OLD."transfer_id", 'line_no', OLD."line_no", 'batch_id', OLD."batch_id", 'serial_unit_id', OLD."serial_unit_id", 'movement_id', OLD."movement_id", 'quantity', OLD."quantity", 'received', OLD."received", 'damaged', OLD."damaged", 'lost', OLD."lost") AS before, '' AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_workstation_insert AFTER INSERT ON "workstation"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'workstation' AS table_name, CAST(NEW."id" AS TEXT) AS row_id, 'insert' AS action,
      '' AS before, json_object('id', NEW."id", 'login', NEW."login", 'location_id', NEW."location_id", 'is_active', NEW."is_active", 'added_by', NEW."added_by", 'added_at', NEW."added_at") AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_workstation_update AFTER UPDATE ON "workstation"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'workstation' AS table_name, CAST(NEW."id" AS TEXT) AS row_id, 'update' AS action,
      json_object('id', OLD."id", 'login', OLD."login", 'location_id', OLD."location_id", 'is_active', OLD."is_active", 'added_by', OLD."added_by", 'added_at', OLD."added_at") AS before, json_object('id', NEW."id", 'login', NEW."login", 'location_id', NEW."location_id", 'is_active', NEW."is_active", 'added_by', NEW."added_by", 'added_at', NEW."added_at") AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER audit_workstation_delete AFTER DELETE ON "workstation"
BEGIN
  INSERT INTO audit_head (person_id, sequence, hash)
    SELECT coalesce(current_actor(), 0), 0, '' WHERE NOT EXISTS
      (SELECT 1 FROM audit_head WHERE person_id = coalesce(current_actor(), 0));
  INSERT INTO audit_entry (person_id, sequence, at, table_name, row_id, action, "before", "after", previous, hash)
    SELECT person_id, sequence, at, table_name, row_id, action, before, after, previous,
      audit_hash(previous, person_id, sequence, at, table_name, row_id, action, before, after)
    FROM (SELECT DISTINCT head.person_id AS person_id, head.sequence + 1 AS sequence, utc_now() AS at,
      'workstation' AS table_name, CAST(OLD."id" AS TEXT) AS row_id, 'delete' AS action,
      json_object('id', OLD."id", 'login', OLD."login", 'location_id', OLD."location_id", 'is_active', OLD."is_active", 'added_by', OLD."added_by", 'added_at', OLD."added_at") AS before, '' AS after, head.hash AS previous
      FROM audit_head AS head WHERE head.person_id = coalesce(current_actor(), 0));
  UPDATE audit_head SET sequence = sequence + 1, hash =
      (SELECT hash FROM audit_entry WHERE person_id = audit_head.person_id ORDER BY sequence DESC LIMIT 1)
    WHERE person_id = coalesce(current_actor(), 0);
END
----
CREATE TRIGGER agent_attachment_insert BEFORE INSERT ON attachment
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_attachment_update BEFORE UPDATE ON attachment
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_attachment_delete BEFORE DELETE ON attachment
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_batch_insert BEFORE INSERT ON batch
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_batch_update BEFORE UPDATE ON batch
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_batch_delete BEFORE DELETE ON batch
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_batch_supplement_insert BEFORE INSERT ON batch_supplement
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_batch_supplement_update BEFORE UPDATE ON batch_supplement
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_batch_supplement_delete BEFORE DELETE ON batch_supplement
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_case_entry_insert BEFORE INSERT ON case_entry
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_case_entry_update BEFORE UPDATE ON case_entry
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_case_entry_delete BEFORE DELETE ON case_entry
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_certificate_insert BEFORE INSERT ON certificate
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_certificate_update BEFORE UPDATE ON certificate
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_certificate_delete BEFORE DELETE ON certificate
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_delivery_insert BEFORE INSERT ON delivery
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_delivery_update BEFORE UPDATE ON delivery
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_delivery_delete BEFORE DELETE ON delivery
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_delivery_line_insert BEFORE INSERT ON delivery_line
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_delivery_line_update BEFORE UPDATE ON delivery_line
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_delivery_line_delete BEFORE DELETE ON delivery_line
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_department_task_insert BEFORE INSERT ON department_task
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_department_task_update BEFORE UPDATE ON department_task
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_department_task_delete BEFORE DELETE ON department_task
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_departure_insert BEFORE INSERT ON departure
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_departure_update BEFORE UPDATE ON departure
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_departure_delete BEFORE DELETE ON departure
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_departure_line_insert BEFORE INSERT ON departure_line
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_departure_line_update BEFORE UPDATE ON departure_line
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_departure_line_delete BEFORE DELETE ON departure_line
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_device_identifier_insert BEFORE INSERT ON device_identifier
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_device_identifier_update BEFORE UPDATE ON device_identifier
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_device_identifier_delete BEFORE DELETE ON device_identifier
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_document_insert BEFORE INSERT ON document
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_document_update BEFORE UPDATE ON document
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_document_delete BEFORE DELETE ON document
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_ended_session_insert BEFORE INSERT ON ended_session
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_ended_session_update BEFORE UPDATE ON ended_session
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_ended_session_delete BEFORE DELETE ON ended_session
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_inspection_check_insert BEFORE INSERT ON inspection_check
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_inspection_check_update BEFORE UPDATE ON inspection_check
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_inspection_check_delete BEFORE DELETE ON inspection_check
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_kit_insert BEFORE INSERT ON kit
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_kit_update BEFORE UPDATE ON kit
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_kit_delete BEFORE DELETE ON kit
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_kit_component_insert BEFORE INSERT ON kit_component
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_kit_component_update BEFORE UPDATE ON kit_component
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_kit_component_delete BEFORE DELETE ON kit_component
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_kit_content_insert BEFORE INSERT ON kit_content
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_kit_content_update BEFORE UPDATE ON kit_content
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_kit_content_delete BEFORE DELETE ON kit_content
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_kit_recipe_insert BEFORE INSERT ON kit_recipe
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_kit_recipe_update BEFORE UPDATE ON kit_recipe
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_kit_recipe_delete BEFORE DELETE ON kit_recipe
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_location_insert BEFORE INSERT ON location
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_location_update BEFORE UPDATE ON location
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_location_delete BEFORE DELETE ON location
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_lock_lift_insert BEFORE INSERT ON lock_lift
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_lock_lift_update BEFORE UPDATE ON lock_lift
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_lock_lift_delete BEFORE DELETE ON lock_lift
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_lot_lock_insert BEFORE INSERT ON lot_lock
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_lot_lock_update BEFORE UPDATE ON lot_lock
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_lot_lock_delete BEFORE DELETE ON lot_lock
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_manufacturer_insert BEFORE INSERT ON manufacturer
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_manufacturer_update BEFORE UPDATE ON manufacturer
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_manufacturer_delete BEFORE DELETE ON manufacturer
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_movement_insert BEFORE INSERT ON movement
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_movement_update BEFORE UPDATE ON movement
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_movement_delete BEFORE DELETE ON movement
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_packaging_level_insert BEFORE INSERT ON packaging_level
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_packaging_level_update BEFORE UPDATE ON packaging_level
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_packaging_level_delete BEFORE DELETE ON packaging_level
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_part_rejection_insert BEFORE INSERT ON part_rejection
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_part_rejection_update BEFORE UPDATE ON part_rejection
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_part_rejection_delete BEFORE DELETE ON part_rejection
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_past_password_insert BEFORE INSERT ON past_password
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_past_password_update BEFORE UPDATE ON past_password
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_past_password_delete BEFORE DELETE ON past_password
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_patient_look_insert BEFORE INSERT ON patient_look
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_patient_look_update BEFORE UPDATE ON patient_look
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_patient_look_delete BEFORE DELETE ON patient_look
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_patient_use_insert BEFORE INSERT ON patient_use
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_patient_use_update BEFORE UPDATE ON patient_use
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_patient_use_delete BEFORE DELETE ON patient_use
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_person_insert BEFORE INSERT ON person
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_person_update BEFORE UPDATE ON person
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_person_delete BEFORE DELETE ON person
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_person_role_insert BEFORE INSERT ON person_role
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_person_role_update BEFORE UPDATE ON person_role
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_person_role_delete BEFORE DELETE ON person_role
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_product_insert BEFORE INSERT ON product
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_product_update BEFORE UPDATE ON product
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_product_delete BEFORE DELETE ON product
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_purchase_order_insert BEFORE INSERT ON purchase_order
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_purchase_order_update BEFORE UPDATE ON purchase_order
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_purchase_order_delete BEFORE DELETE ON purchase_order
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_purchase_order_line_insert BEFORE INSERT ON purchase_order_line
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_purchase_order_line_update BEFORE UPDATE ON purchase_order_line
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_purchase_order_line_delete BEFORE DELETE ON purchase_order_line
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_put_away_insert BEFORE INSERT ON put_away
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_put_away_update BEFORE UPDATE ON put_away
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_put_away_delete BEFORE DELETE ON put_away
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_recall_case_insert BEFORE INSERT ON recall_case
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_recall_case_update BEFORE UPDATE ON recall_case
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_recall_case_delete BEFORE DELETE ON recall_case
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_recall_clause_insert BEFORE INSERT ON recall_clause
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_recall_clause_update BEFORE UPDATE ON recall_clause
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_recall_clause_delete BEFORE DELETE ON recall_clause
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_region_insert BEFORE INSERT ON region
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_region_update BEFORE UPDATE ON region
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_region_delete BEFORE DELETE ON region
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_requisition_insert BEFORE INSERT ON requisition
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_requisition_update BEFORE UPDATE ON requisition
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_requisition_delete BEFORE DELETE ON requisition
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_requisition_issue_insert BEFORE INSERT ON requisition_issue
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_requisition_issue_update BEFORE UPDATE ON requisition_issue
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_requisition_issue_delete BEFORE DELETE ON requisition_issue
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_requisition_line_insert BEFORE INSERT ON requisition_line
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_requisition_line_update BEFORE UPDATE ON requisition_line
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_requisition_line_delete BEFORE DELETE ON requisition_line
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_reservation_insert BEFORE INSERT ON reservation
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_reservation_update BEFORE UPDATE ON reservation
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_reservation_delete BEFORE DELETE ON reservation
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_return_shipment_insert BEFORE INSERT ON return_shipment
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_return_shipment_update BEFORE UPDATE ON return_shipment
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_return_shipment_delete BEFORE DELETE ON return_shipment
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_schema_info_insert BEFORE INSERT ON schema_info
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_schema_info_update BEFORE UPDATE ON schema_info
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_schema_info_delete BEFORE DELETE ON schema_info
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_scope_change_insert BEFORE INSERT ON scope_change
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_scope_change_update BEFORE UPDATE ON scope_change
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_scope_change_delete BEFORE DELETE ON scope_change
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_scope_line_insert BEFORE INSERT ON scope_line
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_scope_line_update BEFORE UPDATE ON scope_line
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_scope_line_delete BEFORE DELETE ON scope_line
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_serial_unit_insert BEFORE INSERT ON serial_unit
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_serial_unit_update BEFORE UPDATE ON serial_unit
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_serial_unit_delete BEFORE DELETE ON serial_unit
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_service_person_insert BEFORE INSERT ON service_person
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_service_person_update BEFORE UPDATE ON service_person
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_service_person_delete BEFORE DELETE ON service_person
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_setting_insert BEFORE INSERT ON setting
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_setting_update BEFORE UPDATE ON setting
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_setting_delete BEFORE DELETE ON setting
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_shelf_place_insert BEFORE INSERT ON shelf_place
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_shelf_place_update BEFORE UPDATE ON shelf_place
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_shelf_place_delete BEFORE DELETE ON shelf_place
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_signature_insert BEFORE INSERT ON signature
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_signature_update BEFORE UPDATE ON signature
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_signature_delete BEFORE DELETE ON signature
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_site_insert BEFORE INSERT ON site
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_site_update BEFORE UPDATE ON site
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_site_delete BEFORE DELETE ON site
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_stock_count_insert BEFORE INSERT ON stock_count
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_stock_count_update BEFORE UPDATE ON stock_count
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_stock_count_delete BEFORE DELETE ON stock_count
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_stock_count_entry_insert BEFORE INSERT ON stock_count_entry
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_stock_count_entry_update BEFORE UPDATE ON stock_count_entry
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_stock_count_entry_delete BEFORE DELETE ON stock_count_entry
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_stock_count_line_insert BEFORE INSERT ON stock_count_line
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_stock_count_line_update BEFORE UPDATE ON stock_count_line
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_stock_count_line_delete BEFORE DELETE ON stock_count_line
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_supplier_insert BEFORE INSERT ON supplier
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_supplier_update BEFORE UPDATE ON supplier
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_supplier_delete BEFORE DELETE ON supplier
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_task_line_insert BEFORE INSERT ON task_line
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_task_line_update BEFORE UPDATE ON task_line
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_task_line_delete BEFORE DELETE ON task_line
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_transfer_insert BEFORE INSERT ON transfer
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_transfer_update BEFORE UPDATE ON transfer
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_transfer_delete BEFORE DELETE ON transfer
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_transfer_line_insert BEFORE INSERT ON transfer_line
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_transfer_line_update BEFORE UPDATE ON transfer_line
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_transfer_line_delete BEFORE DELETE ON transfer_line
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_workstation_insert BEFORE INSERT ON workstation
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_workstation_update BEFORE UPDATE ON workstation
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_workstation_delete BEFORE DELETE ON workstation
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = current_actor())
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_role_insert BEFORE INSERT ON person_role
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = NEW.person_id)
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
----
CREATE TRIGGER agent_role_update BEFORE UPDATE ON person_role
WHEN EXISTS (SELECT 1 FROM service_person WHERE person_id = NEW.person_id)
BEGIN SELECT RAISE(ABORT, 'wall:agent_may_not'); END
