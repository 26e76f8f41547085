import { createHash } from 'node:crypto';
import { deserialize, serialize } from 'node:v8';
import type { Database } from '@yizhan/persistence';
import type { AreaPicture } from '../picture/area-picture.js';
import { foldFingerprint } from './fold-fingerprint.js';

/** A picture that was kept, or why it cannot be used. */
export type Kept = { readonly picture: AreaPicture } | { readonly unusable: string };

interface KeptRow {
  readonly isOurs: boolean;
  readonly isInLog: boolean;
  readonly position: number;
  readonly event_id: string;
  /** Null where it is not ours. */
  readonly picture: Buffer | null;
  readonly picture_digest: Buffer;
}

/** Pictures of areas in the database, each with the entry of the log that it goes up to and the code that has made it. */
export class KeptPictures {
  constructor(
    private readonly database: Pick<Database, 'rows'>,
    private readonly madeBy = foldFingerprint,
  ) {}

  /** Of which of these areas, or of all, something is kept. */
  async areaCodes(wanted?: readonly string[]): Promise<readonly string[]> {
    const rows = await this.database.rows<{ areaCode: string }>(listKept, [wanted ?? null]);
    return rows.map(({ areaCode }) => areaCode);
  }

  /** What is kept of an area. It is used only where this code has made it, from the log as it is now. */
  async read(areaCode: string): Promise<Kept> {
    const [row] = await this.database.rows<KeptRow>(readKept, [areaCode, this.madeBy]);
    if (!row) return { unusable: 'it is gone' };
    if (!row.isOurs) return { unusable: 'another version has made it' };
    if (!row.isInLog) return { unusable: `the log has another entry at position ${row.position}, or none` };
    return restored(row, areaCode);
  }

  /**
   * Keeps the picture as it is now, where the log has the entry that it goes up to and nothing newer is kept.
   * @returns whether it did.
   */
  async write(picture: AreaPicture): Promise<boolean> {
    // Before anything is waited for: it is folded on meanwhile.
    const { areaCode, position, eventId } = picture;
    const bytes = serialize(picture);
    const values = [areaCode, this.madeBy, position, eventId, bytes, digestOf(bytes)];
    const rows = await this.database.rows(writeKept, values);
    return rows.length > 0;
  }
}

function restored({ position, event_id, picture: bytes, picture_digest }: KeptRow, areaCode: string): Kept {
  if (bytes === null || !digestOf(bytes).equals(picture_digest)) return { unusable: 'its bytes are damaged' };
  let picture: AreaPicture;
  try {
    picture = deserialize(bytes) as AreaPicture;
  } catch (error) {
    return { unusable: `it cannot be read: ${error instanceof Error ? error.message : String(error)}` };
  }
  if (picture.areaCode === areaCode && picture.position === position && picture.eventId === event_id)
    return { picture };
  return { unusable: 'it is of something else' };
}

const digestOf = (bytes: Buffer): Buffer => createHash('sha256').update(bytes).digest();

// A document names the hash of the one before it in its area: the same document stands for the same history.
const fits = (kept: string): string => `EXISTS (
  SELECT FROM event_log.entries e WHERE e.position = ${kept}.position AND e.partition_key = ${kept}.area_code
    AND e.event_id = ${kept}.event_id AND sha256(convert_to(e.document, 'UTF8')) = ${kept}.entry_digest)`;

const listKept = `
  SELECT area_code AS "areaCode" FROM scheduler.pictures
  WHERE $1::text[] IS NULL OR area_code = ANY ($1) ORDER BY area_code`;

const readKept = `
  SELECT made_by = $2 AS "isOurs", ${fits('k')} AS "isInLog", position, event_id,
    CASE WHEN made_by = $2 THEN picture END AS picture, picture_digest
  FROM scheduler.pictures k WHERE area_code = $1`;

// What is kept goes back only where other code has made it, or where it is of a log that is no more.
const writeKept = `
  INSERT INTO scheduler.pictures AS k
    (area_code, made_by, position, event_id, entry_digest, picture, picture_digest, written_at)
  SELECT e.partition_key, $2, e.position, e.event_id, sha256(convert_to(e.document, 'UTF8')), $5::bytea, $6::bytea, now()
  FROM event_log.entries e WHERE e.position = $3::bigint AND e.partition_key = $1 AND e.event_id = $4::uuid
  ON CONFLICT (area_code) DO UPDATE SET made_by = excluded.made_by, position = excluded.position, event_id = excluded.event_id,
    entry_digest = excluded.entry_digest, picture = excluded.picture, picture_digest = excluded.picture_digest,
    written_at = excluded.written_at
  WHERE k.position < excluded.position OR k.made_by <> excluded.made_by OR NOT ${fits('k')}
  RETURNING position`;
