import { decode } from 'cborg';

const prefix = 'YZ1:';
const signs = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:';
/** Of the map of facts. */
const handoffKey = 2;
/** Tag of a COSE_Sign1. */
const sign1Tag = 0xd2;

export const isSlipText = (text: string): boolean => text.trim().startsWith(prefix);

/**
 * The handoff that the QR code of a slip names, or `undefined` where it is no slip. Nothing is proven by it: it only says what
 * to ask the service for. Whether a slip is genuine is said by `npx yizhan slip verify`.
 */
export function handoffOfSlip(text: string): string | undefined {
  const [tag, ...message] = isSlipText(text) ? fromBase45(text.trim().slice(prefix.length)) : [];
  if (tag !== sign1Tag) return undefined;
  try {
    const parts: unknown = decode(Uint8Array.from(message), { useMaps: true });
    const payload: unknown = Array.isArray(parts) ? parts[2] : undefined;
    const facts: unknown = payload instanceof Uint8Array ? decode(payload, { useMaps: true }) : undefined;
    const id: unknown = facts instanceof Map ? facts.get(handoffKey) : undefined;
    return id instanceof Uint8Array && id.length === 16 ? uuidOf(id) : undefined;
  } catch {
    // Bytes that are no CBOR: no slip.
    return undefined;
  }
}

function uuidOf(bytes: Uint8Array): string {
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/** RFC 9285. Nothing where the text is none. */
function fromBase45(text: string): number[] {
  const bytes: number[] = [];
  for (let at = 0; at < text.length; at += 3) {
    const group = Array.from(text.slice(at, at + 3), (sign) => signs.indexOf(sign));
    const value = group.reduce((sum, digit, index) => sum + digit * 45 ** index, 0);
    const isWhole = group.length === 3;
    if (group.includes(-1) || group.length === 1 || value > (isWhole ? 0xffff : 0xff)) return [];
    if (isWhole) bytes.push(value >> 8);
    bytes.push(value & 0xff);
  }
  return bytes;
}
