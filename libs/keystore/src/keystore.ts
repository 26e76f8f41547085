import { createHmac } from 'node:crypto';
import { existsSync } from 'node:fs';
import { access, constants } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { bundleAt, type BundledKey, bundleOf, destroyBundled, readBundled } from './key-bundle.js';
import { inSlices, ManyFiles, mostLinks } from './many-files.js';
import { asKeyFile, type KeyFile, KeystoreFault, KeyDestroyed, nameOf, parse } from './key-file.js';
import { OwnerKey } from './owner-key.js';
import {
  makeOnce,
  namesIn,
  readIfThere,
  remove,
  removeDrafts,
  replaceForGood,
  syncPath,
  writeOnce,
} from './private-files.js';
import { random } from './random.js';
import type { WrappingKey } from './wrapping-key.js';

export interface KeystoreSettings {
  /** Where the keys lie: outside the database and outside its backups. Made at the first key. */
  readonly folder: string;
  /** Encrypts them. */
  readonly wrapping: WrappingKey;
}

/** An owner who is to have a key, and by which texts he is to be found. */
export interface WantedKey {
  readonly owner: string;
  readonly foundBy?: readonly { readonly text: string; readonly use: string }[];
}

const damaged = '{}';
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
    this.#finding = Buffer.from(this.digest('', findingUse), 'hex');
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
    const path = this.#pathOf(owner);
    const isThere = (await this.find(owner)) !== undefined;
    if (!isThere) await this.#ensureMark();
    const isMine = !isThere && (await writeOnce(path, this.#keyFile(owner, random(32))));
    // Whoever else made it may not have flushed its name yet.
    if (!isMine) await syncPath(dirname(path));
    // Made by this process or by another one: what the file says holds.
    return (await this.find(owner)) ?? gone(owner);
  }

  /**
   * As `ensure` and `note` of thousands: all that is written is flushed together, twice, in place of some ten times for each.
   * @throws KeyDestroyed of the first owner whose key was; the keys of the others are made, and stay unused.
   */
  async ensureMany(wanted: readonly WantedKey[]): Promise<ReadonlyMap<string, OwnerKey>> {
    if (wanted.length === 0) return new Map();
    await this.#ensureMark();
    const files = new ManyFiles(this.settings.folder);
    try {
      const made = await this.#makeMany(files, wanted);
      return await this.#found(files, wanted, made);
    } finally {
      await files.end();
    }
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
    await replaceForGood(path, JSON.stringify(tombstone), async (held) => {
      const bundle = bundleAt(held);
      if (bundle !== undefined) await destroyBundled(join(this.settings.folder, bundle), nameOf(owner));
      return bundle !== undefined;
    });
    await removeDrafts(path);
    await this.#forgetAll(owner);
  }

  /**
   * HMAC-SHA-256 (hex) of a text that can be guessed, for the database: the same to every process of this keystore, and
   * nothing to whoever has no wrapping key. Its key is derived from that one.
   */
  digest(text: string, use: string): string {
    return this.#wrapping.digest(text, use);
  }

  /**
   * Owners that were noted under a text, such as a phone number, and have a key. The text is nowhere: the file's name is its
   * HMAC. It lies here and not in the database because an HMAC of eleven digits can be guessed by whoever has its key.
   */
  async ownersOf(text: string, use: string): Promise<readonly string[]> {
    const note = this.#noteOf(text, use);
    const names = await namesIn(this.#place('found-by', note, ''), `${note}-`);
    const files = await Promise.all(names.map((name) => this.#readNamed(name.slice(note.length + 1))));
    return files.flatMap((file) => (file && 'wrapped' in file ? [file.owner] : []));
  }

  /** Notes that the owner is to be found by the text, until his key is destroyed. */
  async note(text: string, use: string, owner: string): Promise<void> {
    const note = this.#noteOf(text, use);
    await this.#ensureMark();
    // First what destroying goes by, so that nothing is ever found that it would leave.
    const name = nameOf(owner);
    await makeOnce(this.#notedAt(name, note));
    await makeOnce(this.#foundAt(note, name));
    if (await this.isDestroyed(owner)) await this.#forgetAll(owner);
  }

  async #forgetAll(owner: string): Promise<void> {
    const name = nameOf(owner);
    for (const noted of await namesIn(this.#place('noted', name, ''), `${name}-`)) {
      const note = noted.slice(name.length + 1);
      await remove(this.#foundAt(note, name));
      await remove(this.#notedAt(name, note));
    }
  }

  /** @returns the secrets that it has made, by the path of their key: another process may have made the same key first. */
  async #makeMany(files: ManyFiles, wanted: readonly WantedKey[]): Promise<ReadonlyMap<string, Buffer>> {
    const made = new Map<string, Buffer>();
    const bundled: (BundledKey & { readonly path: string })[] = [];
    const findable: string[] = [];
    await inSlices(wanted, ({ owner, foundBy = [] }) => {
      const name = nameOf(owner);
      const path = this.#place('keys', name);
      if (existsSync(path)) files.flushNameOf(path);
      else if (!made.has(path)) {
        const secret = random(32);
        made.set(path, secret);
        bundled.push({ path, name, text: this.#keyFile(owner, secret) });
      }
      for (const { text, use } of foundBy) {
        const note = this.#noteOf(text, use);
        files.make(this.#notedAt(name, note));
        findable.push(this.#foundAt(note, name));
      }
    });
    const pointers: { readonly path: string; readonly pointer: string }[] = [];
    for (let from = 0; from < bundled.length; from += mostLinks) {
      const some = bundled.slice(from, from + mostLinks);
      const { place, text, pointer } = bundleOf(some);
      files.write(join(this.settings.folder, place), text);
      pointers.push(...some.map(({ path }) => ({ path, pointer })));
    }
    // A key has its name only when it is whole on the disk, and is found only by what destroying it forgets.
    await files.flush();
    await inSlices(pointers, ({ path, pointer }) => files.make(path, pointer));
    await inSlices(findable, (path) => files.make(path));
    await files.flush();
    return made;
  }

  /** Another process may have made one of the keys first, or destroyed it. */
  async #found(
    files: ManyFiles,
    wanted: readonly WantedKey[],
    made: ReadonlyMap<string, Buffer>,
  ): Promise<ReadonlyMap<string, OwnerKey>> {
    const keys = new Map<string, OwnerKey>();
    const others = new Set<string>();
    await inSlices(wanted, ({ owner }) => {
      const path = this.#pathOf(owner);
      const secret = made.get(path);
      if (secret && files.isOurs(path)) keys.set(owner, new OwnerKey(owner, secret));
      else others.add(owner);
    });
    const destroyed: string[] = [];
    for (const owner of others) {
      const file = (await this.#read(owner)) ?? gone(owner);
      if ('destroyed' in file) destroyed.push(owner);
      else keys.set(owner, this.#unwrap(owner, file.wrapped));
    }
    for (const owner of destroyed) await this.#forgetAll(owner);
    if (destroyed[0] !== undefined) throw new KeyDestroyed(destroyed[0]);
    return keys;
  }

  #keyFile(owner: string, secret: Buffer): string {
    const wrapped = this.#wrapping.seal(secret, this.#useOf(owner)).toString('base64');
    return JSON.stringify({ owner, wrapped } satisfies KeyFile);
  }

  async #read(owner: string): Promise<KeyFile | undefined> {
    const name = nameOf(owner);
    const text = await this.#textOf(name);
    return text === '' ? { owner, destroyed: true } : asKeyFile(owner, text);
  }

  /** What says all of a key: empty where it was destroyed in its bundle, undefined where there is none. */
  async #textOf(name: string): Promise<string | undefined> {
    const text = await readIfThere(this.#place('keys', name));
    const bundle = bundleAt(text);
    if (bundle === undefined) return text;
    const bundled = await readBundled(join(this.settings.folder, bundle), name);
    // As a damaged file says nothing of its owner.
    return bundled ?? damaged;
  }

  async #readNamed(name: string): Promise<KeyFile | undefined> {
    const text = await this.#textOf(name);
    const { owner } = (parse(text ?? '') ?? {}) as { readonly owner?: unknown };
    // A damaged one is told to whoever reads what its owner has.
    return typeof owner === 'string' && nameOf(owner) === name ? asKeyFile(owner, text) : undefined;
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

  /** Says by which texts an owner, by the name of his key's file, is found, to be forgotten with his key. */
  #notedAt(name: string, note: string): string {
    return this.#place('noted', name, `${name}-${note}`);
  }

  #foundAt(note: string, name: string): string {
    return this.#place('found-by', note, `${note}-${name}`);
  }

  #noteOf(text: string, use: string): string {
    return createHmac('sha256', this.#finding)
      .update(JSON.stringify([use, text]))
      .digest('hex');
  }

  /** A folder with a hundred thousand names is slow: they are spread over 256. */
  #place(what: string, name: string, file = name): string {
    return join(this.settings.folder, what, name.slice(0, 2), file);
  }

  #useOf(owner: string): string {
    return `${wrapUse} of ${owner}`;
  }
}

function gone(owner: string): never {
  throw new KeystoreFault(`the key of ${owner} is gone right after it was made`);
}
