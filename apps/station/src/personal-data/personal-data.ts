import { Injectable } from '@nestjs/common';
import { Clock, Problem } from '@yizhan/kernel';
import { KeyDestroyed, Keystore, type OwnerKey } from '@yizhan/keystore';
import { Database, type Transaction } from '@yizhan/persistence';
import { personOf, type PersonKind } from './person-id.js';
import { type PersonalChanges, type PersonalField, type PersonalFields, personalFields } from './personal-fields.js';

/** What is to be written of a person, encrypted: made before a transaction, as it waits for files. */
export interface SealedData {
  readonly personId: string;
  readonly sealed: readonly { readonly field: PersonalField; readonly content: Buffer | null }[];
}

/** What is to be kept of a person, as `readPersonalChanges` or the columns of a sheet have read it. */
export interface PersonToSeal {
  readonly personId: string;
  readonly changes: PersonalChanges;
}

/** Who looks, for the audit: the subject of his token. */
export interface Reader {
  readonly caller: string;
}

/** Names, phones and identity numbers, each person's encrypted with a key of his own that lies outside the database. */
@Injectable()
export class PersonalData {
  constructor(
    private readonly database: Database,
    private readonly keystore: Keystore,
    private readonly clock: Clock,
  ) {}

  /** Encrypts changes that `readPersonalChanges` has read. @throws Problem `PERSONAL_DATA.ERASED`. */
  async seal(personId: string, changes: PersonalChanges): Promise<SealedData> {
    const key = await this.keyOf(personId);
    if (changes.phone) await this.keystore.note(changes.phone, phoneOf(personOf(personId).kind), personId);
    return sealedWith(key, changes);
  }

  /** As `seal`, of thousands at once. @throws Problem `PERSONAL_DATA.ERASED`. */
  async sealAll(people: readonly PersonToSeal[]): Promise<readonly SealedData[]> {
    const wanted = people.map(({ personId, changes: { phone } }) => ({
      owner: personId,
      foundBy: phone ? [{ text: phone, use: phoneOf(personOf(personId).kind) }] : [],
    }));
    const keys = await orErased(this.keystore.ensureMany(wanted));
    return people.flatMap(({ personId, changes }) => {
      const key = keys.get(personId);
      return key ? [sealedWith(key, changes)] : [];
    });
  }

  /** Writes what was sealed, beside everything else that the transaction changes. */
  async put(tx: Transaction, { personId, sealed }: SealedData, at: number, by: string): Promise<void> {
    const removed = sealed.filter(({ content }) => content === null).map(({ field }) => field);
    const written = sealed.filter(({ content }) => content !== null);
    const fields = written.map(({ field }) => field);
    const contents = written.map(({ content }) => content);
    await Promise.all([
      tx.rows(deleteFields, [personId, removed]),
      tx.rows(upsertFields, [personId, fields, contents, at, by]),
    ]);
  }

  /** As `put`, of many persons of whom nothing is taken away: an import. */
  async putAll(tx: Transaction, people: readonly SealedData[], at: number, by: string): Promise<void> {
    const rows = people.flatMap(({ personId, sealed }) => sealed.map((one) => ({ personId, ...one })));
    const written = rows.filter(({ content }) => content !== null);
    if (written.length === 0) return;
    const persons = written.map(({ personId }) => personId);
    const fields = written.map(({ field }) => field);
    const contents = written.map(({ content }) => content);
    await tx.rows(upsertAll, [persons, fields, contents, at, by]);
  }

  /** The fields asked for, as far as they are known; that they were read is recorded first. @throws Problem `PERSONAL_DATA.ERASED`. */
  async read(personId: string, fields: readonly PersonalField[], reader: Reader): Promise<PersonalFields> {
    const found = await this.readMany([personId], fields, reader);
    if (await this.keystore.isDestroyed(personId)) throw erased(personId);
    return found.get(personId) ?? {};
  }

  /** As `read`, of many; of whom nothing is known or left there is no entry. */
  async readMany(
    personIds: readonly string[],
    fields: readonly PersonalField[],
    { caller }: Reader,
  ): Promise<ReadonlyMap<string, PersonalFields>> {
    await this.database.rows(insertReads, [personIds, caller, fields, this.clock.now()]);
    const rows = await this.database.rows<StoredData>(readFields, [personIds, fields]);
    const found = new Map<string, PersonalFields>();
    for (const stored of rows) {
      const key = await this.#keyLeftOf(stored.person_id);
      if (key) found.set(stored.person_id, openAll(key, stored));
    }
    return found;
  }

  /** Which fields are known, by person: nothing is decrypted, so nothing is recorded. */
  async knownFields(personIds: readonly string[]): Promise<ReadonlyMap<string, readonly PersonalField[]>> {
    const rows = await this.database.rows<{ person_id: string; fields: PersonalField[] }>(readKnown, [personIds]);
    return new Map(rows.map(({ person_id, fields }) => [person_id, fields]));
  }

  /** As `knownFields` of one person, inside a transaction. */
  async knownIn(tx: Transaction, personId: string): Promise<readonly PersonalField[]> {
    const [row] = await tx.rows<{ fields: PersonalField[] }>(readKnown, [[personId]]);
    return row?.fields ?? [];
  }

  /** Persons of a kind who have this phone, as `phoneNumberIn` gives it. */
  async ownersOfPhone(phone: string, kind: PersonKind): Promise<readonly string[]> {
    const noted = await this.keystore.ownersOf(phone, phoneOf(kind));
    const rows = await this.database.rows<StoredData>(readFields, [noted, ['phone']]);
    const found: string[] = [];
    for (const stored of rows) {
      // A note outlives a change of the number.
      const key = await this.#keyLeftOf(stored.person_id);
      if (key && openAll(key, stored).phone === phone) found.push(stored.person_id);
    }
    return found;
  }

  /** Records that something was looked at by a change. */
  async recordReads(tx: Transaction, personId: string, what: readonly string[], by: string, at: number): Promise<void> {
    await tx.rows(insertReads, [[personId], by, what, at]);
  }

  /**
   * A request whose body holds personal data, as it may be remembered: a plain digest of eleven digits can be guessed.
   * @throws Problem `PERSONAL_DATA.ERASED`.
   */
  async guarded<R extends { readonly hash: string }>(request: R, personId: string): Promise<R> {
    return { ...request, hash: (await this.keyOf(personId)).digest(request.hash, 'request') };
  }

  /**
   * Destroys the person's key, for good, and what was encrypted with it. The key goes before the transaction commits: where
   * that fails, asking again comes to the same end. @throws Problem `PERSONAL_DATA.ERASED` the second time.
   */
  async erase(tx: Transaction, personId: string, at: number, by: string, reason: string): Promise<void> {
    const [recorded] = await tx.rows(recordErasure, [personId, at, by, reason]);
    if (!recorded) throw erased(personId);
    await tx.rows(deleteFields, [personId, personalFields]);
    await this.keystore.destroy(personId);
  }

  /** Destroys the key of what is no person, such as a visit whose photos have had their time. */
  async destroy(tx: Transaction, owner: string, at: number, by: string, reason: string): Promise<void> {
    await tx.rows(recordErasure, [owner, at, by, reason]);
    await this.keystore.destroy(owner);
  }

  /** The owner's key, or undefined where nothing was ever kept. @throws Problem `PERSONAL_DATA.ERASED`. */
  keyIfAny(owner: string): Promise<OwnerKey | undefined> {
    return orErased(this.keystore.find(owner));
  }

  /** The person's key, made where there is none. @throws Problem `PERSONAL_DATA.ERASED`. */
  keyOf(personId: string): Promise<OwnerKey> {
    return orErased(this.keystore.ensure(personId));
  }

  async #keyLeftOf(personId: string): Promise<OwnerKey | undefined> {
    try {
      const key = await this.keystore.find(personId);
      if (key) return key;
    } catch (error) {
      if (error instanceof KeyDestroyed) return undefined;
      throw error;
    }
    throw new Error(`data of ${personId} are kept, and the keystore has no key of it: is it the right keystore?`);
  }
}

interface StoredData {
  readonly person_id: string;
  readonly fields: readonly PersonalField[];
  readonly contents: readonly Buffer[];
}

const phoneOf = (kind: PersonKind): string => `phone of ${kind}`;

const useOf = (field: PersonalField): string => `personal data: ${field}`;

const openAll = (key: OwnerKey, { fields, contents }: StoredData): PersonalFields =>
  Object.fromEntries(
    fields.flatMap((field, index) => {
      const content = contents[index];
      return content ? [[field, key.open(content, useOf(field)).toString()]] : [];
    }),
  );

function sealedWith(key: OwnerKey, changes: PersonalChanges): SealedData {
  const sealed = personalFields.flatMap((field) => {
    const value = changes[field];
    if (value === undefined) return [];
    return [{ field, content: value === null ? null : key.seal(value, useOf(field)) }];
  });
  return { personId: key.owner, sealed };
}

async function orErased<T>(asked: Promise<T>): Promise<T> {
  try {
    return await asked;
  } catch (error) {
    throw error instanceof KeyDestroyed ? erased(error.owner) : error;
  }
}

/** What there was of the person is gone for good. */
export function erased(personId: string): Problem {
  const message = `the personal data of ${personId} were erased and cannot be read or written again`;
  return new Problem('not_found', 'PERSONAL_DATA.ERASED', message, { personId });
}

const deleteFields = `DELETE FROM station.personal_data WHERE person_id = $1 AND field = ANY($2::text[])`;

const upsertFields = `
  INSERT INTO station.personal_data (person_id, field, content, changed_at, changed_by)
  SELECT $1, given.field, given.content, to_timestamp($4::double precision / 1000), $5
  FROM unnest($2::text[], $3::bytea[]) AS given(field, content)
  ON CONFLICT (person_id, field) DO UPDATE
  SET content = EXCLUDED.content, changed_at = EXCLUDED.changed_at, changed_by = EXCLUDED.changed_by`;

const upsertAll = `
  INSERT INTO station.personal_data (person_id, field, content, changed_at, changed_by)
  SELECT given.person_id, given.field, given.content, to_timestamp($4::double precision / 1000), $5
  FROM unnest($1::text[], $2::text[], $3::bytea[]) AS given(person_id, field, content)
  ON CONFLICT (person_id, field) DO UPDATE
  SET content = EXCLUDED.content, changed_at = EXCLUDED.changed_at, changed_by = EXCLUDED.changed_by`;

const readFields = `
  SELECT person_id, array_agg(field ORDER BY field) AS fields, array_agg(content ORDER BY field) AS contents
  FROM station.personal_data WHERE person_id = ANY($1::text[]) AND field = ANY($2::text[]) GROUP BY person_id`;

const readKnown = `
  SELECT person_id, array_agg(field ORDER BY field) AS fields
  FROM station.personal_data WHERE person_id = ANY($1::text[]) GROUP BY person_id`;

const insertReads = `
  INSERT INTO station.personal_data_reads (person_id, caller, fields, read_at)
  SELECT person_id, $2, $3::text[], to_timestamp($4::double precision / 1000) FROM unnest($1::text[]) AS asked(person_id)`;

const recordErasure = `
  INSERT INTO station.erasures (person_id, erased_at, erased_by, reason)
  VALUES ($1, to_timestamp($2::double precision / 1000), $3, $4) ON CONFLICT (person_id) DO NOTHING RETURNING person_id`;
