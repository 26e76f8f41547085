import { createHash, type Hash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import { Readable, Transform, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { environmentFault, messageOf } from '@yizhan/process';
import { Decrypter, Encrypter } from 'age-encryption';
import type { BackupKey } from './backup-key.js';
import type { BackupPart } from './manifest.js';

/** Some 80 MB a second, and a third larger than at level 6, which takes three times as long. */
const gzipLevel = 1;
const chunkBytes = 64 * 1_024;

/** Writes a stream packed and encrypted into a new file, and flushes it. */
export async function writeEncrypted(source: Readable, file: string, { recipient }: BackupKey): Promise<BackupPart> {
  const encrypter = new Encrypter();
  encrypter.addRecipient(recipient);
  const plain = new Measured();
  const written = new Measured();
  const gzip = createGzip({ level: gzipLevel, chunkSize: chunkBytes });
  const packed = pipeline(source, plain, gzip);
  const stored = encrypter
    .encrypt(webStream(gzip))
    .then((encrypted) =>
      pipeline(nodeStream(encrypted), written, createWriteStream(file, { flags: 'wx', mode: 0o600 })),
    );
  await Promise.all([packed, stored]);
  await flush(file);
  return {
    file: basename(file),
    fileBytes: written.bytes,
    fileSha256: written.digest(),
    bytes: plain.bytes,
    sha256: plain.digest(),
  };
}

/** Opens a file of a backup into `target`. @throws Fault where it is not what the manifest says, after all was written. */
export async function readEncrypted(file: string, part: BackupPart, key: BackupKey, target: Writable): Promise<void> {
  const decrypter = new Decrypter();
  decrypter.addIdentity(key.identity);
  const stored = new Measured();
  const plain = new Measured();
  try {
    const read = pipeline(createReadStream(file, { highWaterMark: chunkBytes }), stored);
    const opened = decrypter
      .decrypt(webStream(stored))
      .then((decrypted) => pipeline(nodeStream(decrypted), createGunzip({ chunkSize: chunkBytes }), plain, target));
    await Promise.all([read, opened]);
  } catch (error) {
    throw damaged(file, messageOf(error));
  }
  if (stored.digest() !== part.fileSha256) throw damaged(file, 'its SHA-256 is another than the manifest says');
  if (plain.digest() !== part.sha256) throw damaged(file, 'it holds something else than the manifest says');
}

/** As `readEncrypted`, of what fits into memory. */
export async function readEncryptedText(file: string, part: BackupPart, key: BackupKey): Promise<string> {
  const chunks: Buffer[] = [];
  const collect = new Transform({
    transform(chunk: Buffer, _encoding, done): void {
      chunks.push(chunk);
      done();
    },
  });
  await readEncrypted(file, part, key, collect);
  return Buffer.concat(chunks).toString('utf8');
}

const damaged = (file: string, why: string): Error =>
  environmentFault(
    `${file} cannot be restored: ${why}`,
    'Restore an older backup: "npx yizhan backup --list" shows them.',
  );

/** Lets everything through and knows how much, and its SHA-256. */
export class Measured extends Transform {
  bytes = 0;
  readonly #hash: Hash = createHash('sha256');

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: (error: null, chunk: Buffer) => void): void {
    this.bytes += chunk.length;
    this.#hash.update(chunk);
    done(null, chunk);
  }

  /** Hex; to be asked once, at the end. */
  digest(): string {
    return this.#hash.digest('hex');
  }
}

const webStream = (stream: Readable): ReadableStream<Uint8Array> => Readable.toWeb(stream);

const nodeStream = (stream: ReadableStream<Uint8Array>): Readable => Readable.fromWeb(stream);

async function flush(path: string): Promise<void> {
  const file = await open(path, 'r+');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}
