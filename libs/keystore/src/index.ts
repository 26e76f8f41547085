export { KeyDestroyed, KeystoreFault } from './key-file.js';
export { Keystore } from './keystore.js';
export type { KeystoreSettings, WantedKey } from './keystore.js';
export { OwnerKey } from './owner-key.js';
export { newWrappingKey, readWrappingKey } from './wrapping-key.js';
export type { WrappingKey } from './wrapping-key.js';
