const instant = (expression: string): string => `to_timestamp(${expression}::double precision / 1000)`;

export const caseColumns = `
  c.case_id AS "caseId", c.area_code AS "areaCode", c.owner_area_code AS "ownerAreaCode", c.owner_id AS "ownerId",
  c.accepted_at AS "acceptedAt", c.cause, c.cause_key AS "causeKey", c.cause_id AS "causeId", c.code, c.label,
  c.station_code AS "stationCode", c.opened_at AS "openedAt", c.opened_by AS "openedBy", c.due_at AS "dueAt",
  c.overdue_at AS "overdueAt", c.closed_at AS "closedAt", c.closed_by AS "closedBy", c.outcome, c.version`;

/** Of two who open a case for one cause the second finds none here once the first has committed. */
export const insertCase = `
  INSERT INTO command_centre.cases (case_id, area_code, owner_area_code, owner_id, cause, cause_key, cause_id, code, label,
    station_code, opened_at, opened_by, due_at, version)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, ${instant('$11')}, $12, ${instant('$13')}, 1)
  ON CONFLICT (area_code, cause_key) WHERE closed_at IS NULL DO NOTHING RETURNING case_id AS "caseId"`;

export const lockCase = `SELECT ${caseColumns} FROM command_centre.cases c WHERE c.case_id = $1 FOR UPDATE`;

export const readCase = `SELECT ${caseColumns} FROM command_centre.cases c WHERE c.case_id = $1`;

export const readOpenOfCause = `
  SELECT ${caseColumns} FROM command_centre.cases c WHERE c.area_code = $1 AND c.cause_key = $2 AND c.closed_at IS NULL`;

export const updateCase = `
  UPDATE command_centre.cases SET owner_area_code = $3, owner_id = $4, accepted_at = ${instant('$5')}, due_at = ${instant('$6')},
    overdue_at = ${instant('$7')}, closed_at = ${instant('$8')}, closed_by = $9, outcome = $10,
    notes_until = ${instant('$11')}, version = version + 1
  WHERE case_id = $1 AND version = $2 - 1 RETURNING case_id`;

export const insertEntry = `
  INSERT INTO command_centre.case_entries (case_id, entry_no, at, what, by_id, owner_area_code, owner_id, due_at, outcome,
    note_sealed, request_key, request_hash)
  VALUES ($1, $2, ${instant('$3')}, $4, $5, $6, $7, ${instant('$8')}, $9, $10, $11, $12)`;

export const readRequest = `
  SELECT case_id AS "caseId", request_hash AS "hash" FROM command_centre.case_entries WHERE by_id = $1 AND request_key = $2`;

export const readEntries = `
  SELECT entry_no AS "entryNo", at, what, by_id AS "byId", owner_area_code AS "ownerAreaCode", owner_id AS "ownerId",
    due_at AS "dueAt", outcome, note_sealed AS "noteSealed"
  FROM command_centre.case_entries WHERE case_id = $1 ORDER BY entry_no`;

/** The alert that stands for a cause, or stood last. */
export const readAlertOfCase = `
  SELECT key, rule, label, level, station_code AS "stationCode", resolved_at AS "resolvedAt"
  FROM command_centre.alerts WHERE alert_id = $1 AND area_code = $2`;

export const readExceptionOfCase = `
  SELECT label AS code, station_code AS "stationCode" FROM command_centre.stories
  WHERE area_code = $1 AND subject = 'exception/' || $2::text AND kind = 'exception' AND state IS NOT NULL`;

/** An area is there as soon as it has a station. */
export const readArea = `SELECT 1 FROM command_centre.stories WHERE area_code = $1 AND kind = 'station' LIMIT 1`;

/** With whether its cause is still there, and what the alert is about now. */
const shownColumns = `${caseColumns},
  CASE c.cause
    WHEN 'alert' THEN a.alert_id IS NOT NULL
    ELSE EXISTS (SELECT FROM command_centre.stories s
                 WHERE s.area_code = c.area_code AND s.subject = c.cause_key AND s.state IS NOT NULL)
  END AS "causeStands", a.level, coalesce(a.subjects, '{}') AS subjects`;

const shownFrom = `
  FROM command_centre.cases c LEFT JOIN command_centre.alerts a
    ON c.cause = 'alert' AND a.area_code = c.area_code AND 'alert/' || a.key = c.cause_key AND a.resolved_at IS NULL`;

const isSeen = `
  ($1::text[] IS NULL OR c.area_code = ANY ($1) OR c.owner_area_code = ANY ($1))
  AND ($2::text[] IS NULL OR c.station_code = ANY ($2))`;

export const readShown = `SELECT ${shownColumns} ${shownFrom} WHERE ${isSeen} AND c.case_id = $3`;

const listed = {
  all: '',
  // As the index has it: as a parameter it would be looked for among all that ever were.
  open: 'AND c.closed_at IS NULL',
  closed: 'AND c.closed_at IS NOT NULL',
} as const;

export const listCases = (state: keyof typeof listed): string => `
  SELECT ${shownColumns} ${shownFrom}
  WHERE ${isSeen}
    AND ($3::text IS NULL OR c.area_code = $3 OR c.owner_area_code = $3)
    AND ($4::text IS NULL OR c.station_code = $4)
    ${listed[state]}
    AND ($5::text IS NULL OR c.owner_id = $5)
    AND ($6::double precision IS NULL OR (c.opened_at, c.case_id) < (${instant('$6')}, $7::uuid))
  ORDER BY c.opened_at DESC, c.case_id DESC LIMIT $8`;

/** Of several processes each takes others. */
export const claimOverdue = `
  SELECT ${caseColumns} FROM command_centre.cases c
  WHERE c.closed_at IS NULL AND c.overdue_at IS NULL AND c.due_at <= ${instant('$1')}
  ORDER BY c.due_at, c.case_id LIMIT 1 FOR UPDATE SKIP LOCKED`;

export const readForgettable = `
  SELECT c.case_id AS "caseId", EXISTS (
    SELECT FROM command_centre.case_entries e WHERE e.case_id = c.case_id AND e.note_sealed IS NOT NULL) AS "hasNotes"
  FROM command_centre.cases c WHERE c.notes_until <= ${instant('$1')} ORDER BY c.notes_until LIMIT 100`;

export const forgetNotes = `
  WITH done AS (UPDATE command_centre.cases SET notes_until = NULL WHERE case_id = ANY ($1::uuid[]) RETURNING case_id)
  UPDATE command_centre.case_entries e SET note_sealed = ''::bytea FROM done
  WHERE e.case_id = done.case_id AND e.note_sealed IS NOT NULL RETURNING e.case_id`;
