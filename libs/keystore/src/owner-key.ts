import { createCipheriv, createDecipheriv, createHmac, hkdfSync } from 'node:crypto';
import { random } from './random.js';

const format = 1;
const nonceBytes = 12;
const tagBytes = 16;

/** The key of one owner, a person or a visit: whatever is sealed with it is gone when it is destroyed. */
export class OwnerKey {
  readonly #sealing: Buffer;
  readonly #secret: Buffer;
  #digesting: Buffer | undefined;

  /** @param secret 32 random bytes. */
  constructor(
    readonly owner: string,
    secret: Buffer,
  ) {
    this.#sealing = derive(secret, 'seal');
    this.#secret = secret;
  }

  /** Encrypts with AES-256-GCM. What is sealed for one owner and use opens for no other. */
  seal(content: string | Buffer, use: string): Buffer {
    const nonce = random(nonceBytes);
    const cipher = createCipheriv('aes-256-gcm', this.#sealing, nonce);
    cipher.setAAD(this.#boundTo(use));
    const sealed = Buffer.concat([cipher.update(content), cipher.final()]);
    return Buffer.concat([Buffer.of(format), nonce, sealed, cipher.getAuthTag()]);
  }

  /** @throws Error where it was sealed with another key, for another owner or use, or was changed since. */
  open(sealed: Buffer, use: string): Buffer {
    const isWhole = sealed.length >= 1 + nonceBytes + tagBytes && sealed[0] === format;
    if (!isWhole) throw new Error(`what is kept of ${this.owner} (${use}) is in no form that can be read`);
    const body = sealed.subarray(1 + nonceBytes, -tagBytes);
    const decipher = createDecipheriv('aes-256-gcm', this.#sealing, sealed.subarray(1, 1 + nonceBytes));
    decipher.setAAD(this.#boundTo(use));
    decipher.setAuthTag(sealed.subarray(-tagBytes));
    return Buffer.concat([decipher.update(body), decipher.final()]);
  }

  /** HMAC-SHA-256 (hex): tells whether two texts are the same to whoever has the key, and nothing to anybody else. */
  digest(text: string, use: string): string {
    // Most keys are never asked for one.
    this.#digesting ??= derive(this.#secret, 'digest');
    return createHmac('sha256', this.#digesting)
      .update(JSON.stringify([use, text]))
      .digest('hex');
  }

  #boundTo(use: string): Buffer {
    return Buffer.from(JSON.stringify([this.owner, use]));
  }
}

const derive = (secret: Buffer, use: string): Buffer =>
  Buffer.from(hkdfSync('sha256', secret, '', `yizhan/${use}`, 32));
