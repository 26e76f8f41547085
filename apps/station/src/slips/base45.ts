const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:';
const values = new Map(alphabet.split('').map((character, value) => [character, value]));

/** Bytes as text of the alphanumeric mode of QR codes (RFC 9285): two bytes make three characters. */
export function toBase45(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 2) {
    const first = bytes[at] ?? 0;
    const second = bytes[at + 1];
    text += second === undefined ? characters(first, 2) : characters(first * 256 + second, 3);
  }
  return text;
}

/** The bytes of a text, or `undefined` where it is none. */
export function fromBase45(text: string): Uint8Array | undefined {
  const digits = text.split('').map((character) => values.get(character));
  if (text.length % 3 === 1) return undefined;
  const bytes: number[] = [];
  for (let at = 0; at < digits.length; at += 3) {
    const [c, d, e] = [digits[at], digits[at + 1], digits[at + 2]];
    if (c === undefined || d === undefined) return undefined;
    if (at + 2 === digits.length) {
      const value = c + d * 45;
      if (value > 0xff) return undefined;
      bytes.push(value);
      continue;
    }
    if (e === undefined) return undefined;
    const value = c + d * 45 + e * 2_025;
    if (value > 0xffff) return undefined;
    bytes.push(value >> 8, value & 0xff);
  }
  return Uint8Array.from(bytes);
}

function characters(value: number, count: number): string {
  let text = '';
  for (let rest = value, place = 0; place < count; place += 1) {
    text += alphabet[rest % 45];
    rest = Math.floor(rest / 45);
  }
  return text;
}
