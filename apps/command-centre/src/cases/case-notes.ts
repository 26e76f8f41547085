import { createHash, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Keystore } from '@yizhan/keystore';

/** What somebody wrote down, encrypted, and what the event names it by. */
export interface SealedNote {
  readonly sealed: Buffer;
  /** SHA-256 (hex) of 16 random bytes and the text, so that nobody can guess a short note from it. */
  readonly hash: string;
}

const use = 'case note';
const saltBytes = 16;
const ownerOf = (caseId: string): string => `case:${caseId}`;

/** Notes lie encrypted in the database; the key of each case lies outside of it, and is destroyed when their time is over. */
@Injectable()
export class CaseNotes {
  constructor(private readonly keystore: Keystore) {}

  /** Made before a transaction, as it waits for files. */
  async seal(caseId: string, text: string): Promise<SealedNote> {
    const content = Buffer.concat([randomBytes(saltBytes), Buffer.from(text)]);
    const key = await this.keystore.ensure(ownerOf(caseId));
    return { sealed: key.seal(content, use), hash: createHash('sha256').update(content).digest('hex') };
  }

  /** Undefined where the key is gone: their time is over, or the keystore was lost. None is made for what it could not open. */
  async open(caseId: string, sealed: readonly Buffer[]): Promise<string[] | undefined> {
    if (sealed.length === 0) return [];
    if (await this.keystore.isDestroyed(ownerOf(caseId))) return undefined;
    const key = await this.keystore.find(ownerOf(caseId));
    if (key === undefined) return undefined;
    return sealed.map((each) => key.open(each, use).subarray(saltBytes).toString());
  }

  /** Forgets them for good, in backups of the database too. */
  destroy(caseId: string): Promise<void> {
    return this.keystore.destroy(ownerOf(caseId));
  }

  /** The digest of a request as it is kept: a note could be guessed from one without a key. */
  keptDigest(hash: string): string {
    return this.keystore.digest(hash, 'request');
  }
}
