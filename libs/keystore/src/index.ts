export { KeyDestroyed, Keystore, KeystoreFault } from './keystore.js';
export type { KeystoreSettings } from './keystore.js';
export { OwnerKey } from './owner-key.js';
export { newWrappingKey, readWrappingKey } from './wrapping-key.js';
export type { WrappingKey } from './wrapping-key.js';
