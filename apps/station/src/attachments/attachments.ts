import { createHash, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock, Problem } from '@yizhan/kernel';
import { Database, type Transaction } from '@yizhan/persistence';
import { PersonalData } from '../personal-data/personal-data.js';
import { type MediaType, mediaTypeOf } from './media-type.js';

export type AttachmentKind = 'photo' | 'note';

/** What is kept of a photo or note beside its content. */
export interface AttachmentFacts {
  /** SHA-256 of a photo; of a note and 16 random bytes before it, so that nobody can guess the note from it. */
  readonly digest: string;
  readonly kind: AttachmentKind;
  readonly mediaType: MediaType | 'text/plain';
  readonly bytes: number;
}

/** Encrypted and ready to be written: made before a transaction, as it waits for files. */
export interface SealedAttachment extends AttachmentFacts {
  readonly owner: string;
  readonly content: Buffer;
}

/** When and by whom it was added, and when its time is over. */
export interface Kept {
  readonly at: number;
  readonly by: string;
  readonly expiresAt: number;
}

const saltBytes = 16;

/** Photos and notes by the digest that events carry, each encrypted with the key of whom it belongs to: `visit:<id>`. */
@Injectable()
export class Attachments {
  constructor(
    private readonly database: Database,
    private readonly data: PersonalData,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem `REQUEST.MEDIA_TYPE` for what is no picture, and where the owner was erased. */
  async sealPhoto(owner: string, content: Buffer): Promise<SealedAttachment> {
    const mediaType = mediaTypeOf(content);
    if (!mediaType) {
      throw new Problem(
        'invalid',
        'REQUEST.MEDIA_TYPE',
        'a photo is a JPEG, PNG or WebP file, and this is none of them',
      );
    }
    const digest = createHash('sha256').update(content).digest('hex');
    return this.#seal(owner, { digest, kind: 'photo', mediaType, bytes: content.length }, content);
  }

  async sealNote(owner: string, text: string): Promise<SealedAttachment> {
    const content = Buffer.concat([randomBytes(saltBytes), Buffer.from(text)]);
    const digest = createHash('sha256').update(content).digest('hex');
    return this.#seal(
      owner,
      { digest, kind: 'note', mediaType: 'text/plain', bytes: content.length - saltBytes },
      content,
    );
  }

  /** Writes what was sealed; the same photo of the same owner is kept once. */
  async put(tx: Transaction, sealed: SealedAttachment, { at, by, expiresAt }: Kept): Promise<void> {
    const { owner, digest, kind, mediaType, bytes, content } = sealed;
    await tx.rows(insertAttachment, [owner, digest, kind, mediaType, bytes, content, at, by, expiresAt]);
  }

  /** What there is of the owner, without its content: nothing is decrypted, so nothing is recorded. */
  async list(owner: string): Promise<readonly AttachmentFacts[]> {
    return this.database.rows<AttachmentFacts>(listAttachments, [owner]);
  }

  /** That it was read is recorded first. @throws Problem `not_found`, or `PERSONAL_DATA.ERASED`. */
  async readPhoto(owner: string, digest: string, caller: string): Promise<{ mediaType: string; content: Buffer }> {
    const { media_type: mediaType, content } = await this.#read(owner, 'photo', digest, caller);
    return { mediaType, content };
  }

  /** As `readPhoto`, of a note. */
  async readNote(owner: string, digest: string, caller: string): Promise<string> {
    const { content } = await this.#read(owner, 'note', digest, caller);
    return content.subarray(saltBytes).toString();
  }

  async #seal(owner: string, facts: AttachmentFacts, content: Buffer): Promise<SealedAttachment> {
    const key = await this.data.keyOf(owner);
    return { owner, ...facts, content: key.seal(content, useOf(facts.kind, facts.digest)) };
  }

  async #read(owner: string, kind: AttachmentKind, digest: string, caller: string): Promise<Stored> {
    const key = await this.data.keyIfAny(owner);
    const [row] = key ? await this.database.rows<Stored>(readAttachment, [owner, digest, kind]) : [];
    if (!key || !row) throw new Problem('not_found', `${kind.toUpperCase()}.NOT_FOUND`, `no such ${kind} was uploaded`);
    await this.database.rows(recordRead, [owner, caller, [`${kind} ${digest}`], this.clock.now()]);
    return { ...row, content: key.open(row.content, useOf(kind, digest)) };
  }
}

interface Stored {
  readonly media_type: string;
  readonly content: Buffer;
}

const useOf = (kind: AttachmentKind, digest: string): string => `${kind} ${digest}`;

const insertAttachment = `
  INSERT INTO station.attachments (owner, digest, kind, media_type, bytes, content, added_at, added_by, expires_at)
  VALUES ($1, $2, $3, $4, $5, $6, to_timestamp($7::double precision / 1000), $8, to_timestamp($9::double precision / 1000))
  ON CONFLICT DO NOTHING`;

const listAttachments = `
  SELECT digest, kind, media_type AS "mediaType", bytes FROM station.attachments WHERE owner = $1 ORDER BY added_at, digest`;

const readAttachment = `
  SELECT media_type, content FROM station.attachments WHERE owner = $1 AND digest = $2 AND kind = $3`;

const recordRead = `
  INSERT INTO station.personal_data_reads (person_id, caller, fields, read_at)
  VALUES ($1, $2, $3, to_timestamp($4::double precision / 1000))`;
