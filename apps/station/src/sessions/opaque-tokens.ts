import { randomBytes } from 'node:crypto';
import { digestOfSecret } from '@yizhan/identity';

/** A secret of 256 random bits that is shown once, and the digest that is kept of it. */
export interface OpaqueToken {
  readonly token: string;
  readonly digest: string;
}

/** Such as `yzr_…` for refreshing and `yzc_…` for claiming. */
export function newOpaqueToken(prefix: 'yzr' | 'yzc'): OpaqueToken {
  const token = `${prefix}_${randomBytes(32).toString('hex')}`;
  return { token, digest: digestOfSecret(token) };
}
