import jsQrModule from 'jsqr';
import { qrAsText } from './qr-code.js';

// The package's types describe an ES module; what is loaded is the function itself.
const jsQr = jsQrModule as unknown as typeof jsQrModule.default;
const text = 'http://192.168.1.5:7780/';

/** Without what a terminal takes for a colour. */
const withoutColours = (shown: string): string =>
  shown
    .split('\u001b[')
    .map((part, index) => (index === 0 ? part : part.slice(part.indexOf('m') + 1)))
    .join('');

/** Reads what a terminal shows. @param ink brightness of a character that is written. */
function read(shown: string, ink: 0 | 255): string | undefined {
  const scale = 4;
  const lines = withoutColours(shown).split('\n');
  const rows = lines.flatMap((line) => [
    Array.from(line, (each) => '█▀'.includes(each)),
    Array.from(line, (each) => '█▄'.includes(each)),
  ]);
  const [width, height] = [(rows[0]?.length ?? 0) * scale, rows.length * scale];
  const data = new Uint8ClampedArray(width * height * 4).fill(255);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const isInk = rows[Math.floor(y / scale)]?.[Math.floor(x / scale)] ?? false;
      data.fill(isInk ? ink : 255 - ink, (y * width + x) * 4, (y * width + x) * 4 + 3);
    }
  }
  return jsQr(data, width, height, { inversionAttempts: 'dontInvert' })?.data;
}

it('a camera reads it from a terminal that shows black on white', () => {
  expect(read(qrAsText(text, true), 0)).toBe(text);
});

it('a camera reads it from a dark terminal without colours', () => {
  expect(read(qrAsText(text, false), 255)).toBe(text);
});
