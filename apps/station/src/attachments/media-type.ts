export const mediaTypes = ['image/jpeg', 'image/png', 'image/webp'] as const;
export type MediaType = (typeof mediaTypes)[number];

/** What a picture is by its first bytes, whatever it is called; undefined for what is none that is taken. */
export function mediaTypeOf(content: Buffer): MediaType | undefined {
  if (startsWith(content, [0xff, 0xd8, 0xff])) return 'image/jpeg';
  if (startsWith(content, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) return 'image/png';
  const isRiff = content.length >= 12 && content.toString('latin1', 0, 4) === 'RIFF';
  return isRiff && content.toString('latin1', 8, 12) === 'WEBP' ? 'image/webp' : undefined;
}

const startsWith = (content: Buffer, bytes: readonly number[]): boolean =>
  content.length > bytes.length && content.subarray(0, bytes.length).equals(Buffer.from(bytes));
