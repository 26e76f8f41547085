import { createHash } from 'node:crypto';

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

/** A file of the keystore: a wrapped key, or the tombstone that keeps it from being made again. */
export type KeyFile =
  { readonly owner: string; readonly wrapped: string } | { readonly owner: string; readonly destroyed: true };

/** Of the files of an owner. */
export const nameOf = (owner: string): string => createHash('sha256').update(owner).digest('hex');

/** What a file says of its owner. @throws KeystoreFault where it says nothing. */
export function asKeyFile(owner: string, text: string | undefined): KeyFile | undefined {
  if (text === undefined) return undefined;
  const file = parse(text) as Partial<Record<string, unknown>> | undefined;
  if (file?.owner === owner && file.destroyed === true) return { owner, destroyed: true };
  if (file?.owner === owner && typeof file.wrapped === 'string') return { owner, wrapped: file.wrapped };
  throw new KeystoreFault(`the key file of ${owner} is damaged: put it back from a backup of the keystore`);
}

/** JSON, or undefined. */
export function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
