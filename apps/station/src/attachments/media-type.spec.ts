import { mediaTypeOf } from './media-type.js';

const bytes = (...parts: (string | number[])[]): Buffer =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from(part))));

describe('a picture', () => {
  it.each([
    ['image/jpeg', bytes([0xff, 0xd8, 0xff, 0xe0], 'JFIF')],
    ['image/png', bytes([0x89], 'PNG\r\n', [0x1a], '\n', 'IHDR')],
    ['image/webp', bytes('RIFF', [4, 0, 0, 0], 'WEBPVP8 ')],
  ])('is known as %s by its content', (type, content) => {
    expect(mediaTypeOf(content)).toBe(type);
  });

  it.each([
    ['nothing', bytes()],
    ['a page', bytes('<html><script>')],
    ['a drawing with scripts', bytes('<svg xmlns=')],
    ['a moving picture', bytes('GIF89a')],
    ['a sound', bytes('RIFF', [4, 0, 0, 0], 'WAVEfmt ')],
    ['the beginning of one alone', bytes([0xff, 0xd8, 0xff])],
  ])('is not %s', (_what, content) => {
    expect(mediaTypeOf(content)).toBeUndefined();
  });
});
