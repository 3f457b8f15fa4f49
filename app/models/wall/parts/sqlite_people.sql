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
