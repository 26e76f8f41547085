import { createHash, createHmac, randomBytes } from 'node:crypto';
import { access, constants } from 'node:fs/promises';
import { join } from 'node:path';
import { OwnerKey } from './owner-key.js';
import { namesIn, readIfThere, remove, removeDrafts, replaceForGood, writeOnce } from './private-files.js';
import type { WrappingKey } from './wrapping-key.js';

/** What stood here was destroyed: whatever was sealed with it cannot be read again. */
export class KeyDestroyed extends Error {
  constructor(readonly owner: string) {
    super(`the key of ${owner} was destroyed`);
    this.name = 'KeyDestroyed';
  }
}

/** The keystore is not what the caller takes it for: another wrapping key, a damaged file, no folder. */
export class KeystoreFault extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'KeystoreFault';
  }
}

export interface KeystoreSettings {
  /** Where the keys lie: outside the database and outside its backups. Made at the first key. */
  readonly folder: string;
  /** Encrypts them. */
  readonly wrapping: WrappingKey;
}

/** A file of the keystore: a wrapped key, or the tombstone that keeps it from being made again. */
type KeyFile =
  { readonly owner: string; readonly wrapped: string } | { readonly owner: string; readonly destroyed: true };

const markFile = 'keystore.json';
const wrapUse = 'wrapped key';
const findingUse = 'finding';

/**
 * One AES-256 key per owner, each in a file of its own. Several processes may share the folder: a key is made once, and
 * whoever asks after it was destroyed is told so, as nothing is kept in memory.
 */
export class Keystore {
  readonly #wrapping: OwnerKey;
  readonly #finding: Buffer;
  #isMarked = false;

  private constructor(private readonly settings: KeystoreSettings) {
    const secret = Buffer.from(settings.wrapping.k, 'base64url');
    this.#wrapping = new OwnerKey(`keystore/${settings.wrapping.kid}`, secret);
    this.#finding = Buffer.from(this.#wrapping.digest('', findingUse), 'hex');
  }

  /** @throws KeystoreFault where the folder holds keys that another wrapping key has wrapped. */
  static async open(settings: KeystoreSettings): Promise<Keystore> {
    const keystore = new Keystore(settings);
    await keystore.#readMark();
    return keystore;
  }

  /** Whether keys can be made here now. @throws Error where the folder is missing or not ours to write to. */
  async assertWritable(): Promise<void> {
    await access(this.settings.folder, constants.R_OK | constants.W_OK | constants.X_OK);
  }

  /** The owner's key, made where there is none yet. @throws KeyDestroyed. */
  async ensure(owner: string): Promise<OwnerKey> {
    const known = await this.find(owner);
    if (known) return known;
    await this.#ensureMark();
    const wrapped = this.#wrapping.seal(randomBytes(32), this.#useOf(owner)).toString('base64');
    await writeOnce(this.#pathOf(owner), JSON.stringify({ owner, wrapped } satisfies KeyFile));
    // Made by this process or by another one: what the file says holds.
    const made = await this.find(owner);
    if (made) return made;
    throw new KeystoreFault(`the key of ${owner} is gone right after it was made`);
  }

  /** The owner's key, or undefined where none was made. @throws KeyDestroyed. */
  async find(owner: string): Promise<OwnerKey | undefined> {
    const file = await this.#read(owner);
    if (!file) return undefined;
    if ('destroyed' in file) throw new KeyDestroyed(owner);
    return this.#unwrap(owner, file.wrapped);
  }

  async isDestroyed(owner: string): Promise<boolean> {
    const file = await this.#read(owner);
    return file !== undefined && 'destroyed' in file;
  }

  /** Destroys the owner's key for good, for every process at once; without a key it keeps one from being made. */
  async destroy(owner: string): Promise<void> {
    const path = this.#pathOf(owner);
    await this.#ensureMark();
    const tombstone: KeyFile = { owner, destroyed: true };
    await replaceForGood(path, JSON.stringify(tombstone));
    await removeDrafts(path);
    await this.#forgetAll(owner);
  }

  /**
   * Owners that were noted under a text, such as a phone number. The text is nowhere: the folder's name is its HMAC. It lies
   * here and not in the database because an HMAC of eleven digits can be guessed by whoever has its key.
   */
  async ownersOf(text: string, use: string): Promise<readonly string[]> {
    const folder = this.#foundBy(this.#noteOf(text, use));
    const owners = await Promise.all((await namesIn(folder)).map((name) => readIfThere(join(folder, name))));
    return owners.filter((owner) => owner !== undefined);
  }

  /** Notes that the owner is to be found by the text, until it is forgotten or his key is destroyed. */
  async note(text: string, use: string, owner: string): Promise<void> {
    const note = this.#noteOf(text, use);
    await this.#ensureMark();
    // First what destroying goes by, so that nothing is ever found that it would leave.
    await writeOnce(join(this.#notedOf(owner), note), '');
    await writeOnce(join(this.#foundBy(note), nameOf(owner)), owner);
    if (await this.isDestroyed(owner)) await this.#forgetAll(owner);
  }

  async #forgetAll(owner: string): Promise<void> {
    const noted = this.#notedOf(owner);
    for (const note of await namesIn(noted)) {
      await remove(join(this.#foundBy(note), nameOf(owner)));
      await remove(join(noted, note));
    }
  }

  async #read(owner: string): Promise<KeyFile | undefined> {
    const text = await readIfThere(this.#pathOf(owner));
    if (text === undefined) return undefined;
    const file = parse(text) as Partial<Record<string, unknown>> | undefined;
    if (file?.owner === owner && file.destroyed === true) return { owner, destroyed: true };
    if (file?.owner === owner && typeof file.wrapped === 'string') return { owner, wrapped: file.wrapped };
    throw new KeystoreFault(`the key file of ${owner} is damaged: put it back from a backup of the keystore`);
  }

  #unwrap(owner: string, wrapped: string): OwnerKey {
    try {
      return new OwnerKey(owner, this.#wrapping.open(Buffer.from(wrapped, 'base64'), this.#useOf(owner)));
    } catch {
      throw new KeystoreFault(`the key of ${owner} does not open with this wrapping key`);
    }
  }

  async #readMark(): Promise<void> {
    const text = await readIfThere(join(this.settings.folder, markFile));
    if (text === undefined) return;
    const mark = parse(text) as { readonly wrapping?: unknown } | undefined;
    if (mark?.wrapping !== this.settings.wrapping.kid) {
      throw new KeystoreFault(`the keys in ${this.settings.folder} were wrapped with another key`);
    }
    this.#isMarked = true;
  }

  /** The folder says which wrapping key it needs, so that two never mix. */
  async #ensureMark(): Promise<void> {
    if (this.#isMarked) return;
    const { folder, wrapping } = this.settings;
    await writeOnce(join(folder, markFile), JSON.stringify({ wrapping: wrapping.kid }));
    await this.#readMark();
  }

  #pathOf(owner: string): string {
    return this.#place('keys', nameOf(owner));
  }

  #notedOf(owner: string): string {
    return this.#place('noted', nameOf(owner));
  }

  #foundBy(note: string): string {
    return this.#place('found-by', note);
  }

  #noteOf(text: string, use: string): string {
    return createHmac('sha256', this.#finding)
      .update(JSON.stringify([use, text]))
      .digest('hex');
  }

  /** A folder with a hundred thousand names is slow: they are spread over 256. */
  #place(what: string, name: string): string {
    return join(this.settings.folder, what, name.slice(0, 2), name);
  }

  #useOf(owner: string): string {
    return `${wrapUse} of ${owner}`;
  }
}

const nameOf = (owner: string): string => createHash('sha256').update(owner).digest('hex');

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
