const instant = (expression: string): string => `to_timestamp(${expression}::double precision / 1000)`;

/** The statements about the notices of a service; leases go by the clock of the database, everything else by the product's. */
export interface NoticeSql {
  readonly write: string;
  readonly overtake: string;
  readonly expire: string;
  readonly lease: string;
  readonly record: string;
  readonly forget: string;
  readonly list: string;
}

/** @param schema one of ours, never what somebody sent. */
export function noticeSql(schema: string): NoticeSql {
  const table = `${schema}.notices`;
  const isFree = `(leased_until IS NULL OR leased_until < now())`;
  /** It was overtaken while it was sent: whoever sent it has not known of it when he had it tried again. */
  const isOver = `($3 = 'waiting' AND ${instant('$4')} >= expires_at)`;
  return {
    write: `
      INSERT INTO ${table} (notice_id, cause, about, area_code, station_code, template, "values", text, language, recipient, gateway,
        made_at, due_at, expires_at, state)
      SELECT r."noticeId", r.cause, r.about, r."areaCode", r."stationCode", r.template, r."values", r.text, r.language, r.recipient,
             r.gateway, ${instant('$2')}, ${instant('r."dueAt"')}, ${instant('r."expiresAt"')}, 'waiting'
      FROM json_to_recordset($1::json) AS r ("noticeId" uuid, cause text, about text, "areaCode" text, "stationCode" text,
        template text, "values" jsonb, text text, language text, recipient text, gateway text, "dueAt" bigint, "expiresAt" bigint,
        "isSequel" boolean)
      WHERE r."isSequel" IS NOT TRUE OR EXISTS (
        SELECT FROM ${table} b
        WHERE b.about = r.about AND b.gateway = r.gateway AND b.recipient = r.recipient
          AND (b.state = 'sent' OR (b.state = 'waiting' AND b.leased_until >= now())))
      ON CONFLICT (cause, gateway, recipient) DO NOTHING
      RETURNING gateway`,
    // What is being sent may arrive: it is not tried again where it does not.
    overtake: `
      UPDATE ${table}
      SET state = CASE WHEN ${isFree} THEN 'overtaken' ELSE state END,
        ended_at = CASE WHEN ${isFree} THEN ${instant('$2')} END,
        expires_at = CASE WHEN ${isFree} THEN expires_at ELSE least(expires_at, ${instant('$2')}) END
      WHERE about = ANY($1) AND state = 'waiting'`,
    expire: `
      UPDATE ${table} SET state = 'expired', ended_at = ${instant('$1')}
      WHERE state = 'waiting' AND expires_at <= ${instant('$1')} AND ${isFree}`,
    lease: `
      UPDATE ${table} n SET leased_until = now() + $4::int * interval '1 millisecond', tries = n.tries + 1
      FROM (
        SELECT notice_id FROM ${table}
        WHERE state = 'waiting' AND gateway = $1 AND due_at <= ${instant('$2')} AND expires_at > ${instant('$2')} AND ${isFree}
        ORDER BY due_at, notice_id LIMIT $3 FOR UPDATE SKIP LOCKED) due
      WHERE n.notice_id = due.notice_id
      RETURNING n.notice_id AS "noticeId", n.about, n.template, n."values", n.text, n.recipient, n.language, n.tries,
                n.expires_at AS "expiresAt", n.due_at AS "dueAt"`,
    record: `
      UPDATE ${table} SET state = CASE WHEN ${isOver} THEN 'overtaken' ELSE $3 END, leased_until = NULL,
        due_at = coalesce(${instant('$4')}, due_at), ended_at = CASE WHEN ${isOver} THEN ${instant('$6')} ELSE ${instant('$5')} END,
        failed_at = ${instant('$6')}, failure = $7, failure_words = $8
      WHERE notice_id = $1 AND tries = $2 AND state = 'waiting'`,
    forget: `
      DELETE FROM ${table} WHERE notice_id IN (
        SELECT notice_id FROM ${table} WHERE made_at < ${instant('$1')} AND state <> 'waiting' LIMIT 1000)`,
    list: `
      SELECT notice_id AS "noticeId", area_code AS "areaCode", station_code AS "stationCode", about, template, text, gateway, recipient,
             state, tries, made_at AS "madeAt", due_at AS "dueAt", ended_at AS "endedAt", failed_at AS "failedAt", failure,
             failure_words AS "failureWords"
      FROM ${table}
      WHERE area_code = $1 AND ($2::text[] IS NULL OR station_code = ANY($2))
        AND ($3::text IS NULL OR state = $3) AND ($4::boolean IS NOT TRUE OR state IN ('failed', 'expired') OR failure IS NOT NULL)
        AND ($5::double precision IS NULL OR (made_at, notice_id) < (${instant('$5')}, $6::uuid))
      ORDER BY made_at DESC, notice_id DESC LIMIT $7`,
  };
}
