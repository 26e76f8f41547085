import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { Problem } from '@yizhan/kernel';
import type { SecretKind } from './account.js';

interface Cost {
  /** Base-2 logarithm of scrypt's N. */
  readonly logN: number;
  readonly r: number;
  readonly p: number;
}

/**
 * A password gets what OWASP asks for. A PIN of six digits falls to whoever has its hash at any cost; the count of tries
 * protects it, and it is checked while a bay waits.
 */
const costs: Readonly<Record<SecretKind, Cost>> = {
  password: { logN: 15, r: 8, p: 3 },
  pin: { logN: 14, r: 8, p: 1 },
};

/** scrypt runs on the threads of libuv, four of them: two are left for files and names. */
const mostAtOnce = 2;
const mostWaiting = 40;
let running = 0;
const waiting: (() => void)[] = [];

/** A hash with its own salt and cost: `scrypt$15$8$3$<salt>$<key>`. */
export async function hashOf(kind: SecretKind, secret: string): Promise<string> {
  const { logN, r, p } = costs[kind];
  const salt = randomBytes(16);
  const key = await derive(secret, salt, costs[kind]);
  return ['scrypt', logN, r, p, salt.toString('base64url'), key.toString('base64url')].join('$');
}

/** Whether the secret is the one of the hash. Without a hash it takes as long and is false: who asks learns nothing. */
export async function isSecret(kind: SecretKind, secret: string, hash: string | null | undefined): Promise<boolean> {
  const [, logN, r, p, salt = '', key = ''] = (hash ?? '').split('$');
  if (!hash) {
    await derive(secret, randomBytes(16), costs[kind]);
    return false;
  }
  const derived = await derive(secret, Buffer.from(salt, 'base64url'), {
    logN: Number(logN),
    r: Number(r),
    p: Number(p),
  });
  return timingSafeEqual(derived, Buffer.from(key, 'base64url'));
}

async function derive(secret: string, salt: Buffer, { logN, r, p }: Cost): Promise<Buffer> {
  await enter();
  try {
    return await new Promise<Buffer>((resolve, reject) => {
      const cost = { N: 2 ** logN, r, p, maxmem: 2 * 128 * 2 ** logN * r };
      scrypt(secret.normalize('NFC'), salt, 32, cost, (error, key) => (error ? reject(error) : resolve(key)));
    });
  } finally {
    leave();
  }
}

async function enter(): Promise<void> {
  if (running < mostAtOnce) {
    running += 1;
    return;
  }
  if (waiting.length >= mostWaiting) {
    throw new Problem('unavailable', 'IDENTITY.BUSY', 'too many secrets are being checked; try again in a moment');
  }
  // Whoever leaves hands its place over.
  await new Promise<void>((resolve) => waiting.push(resolve));
}

function leave(): void {
  const next = waiting.shift();
  if (next) next();
  else running -= 1;
}
