import jsQrModule from 'jsqr';
import type { Locator } from 'playwright-core';

// The package's types describe an ES module; what is loaded is the function itself.
const jsQr = jsQrModule as unknown as typeof jsQrModule.default;
const scale = 4;
const quiet = 3;

/** What a phone's camera reads of a QR code on a page: its modules are drawn as squares of a path. */
export async function readShownCode(code: Locator): Promise<string | undefined> {
  const drawn = (await code.locator('path').getAttribute('d')) ?? '';
  const view = (await code.getAttribute('viewBox')) ?? '';
  const side = Number(view.split(' ')[2]) * scale;
  const data = new Uint8ClampedArray(side * side * 4).fill(255);
  for (const [, column, row] of drawn.matchAll(/M(\d+) (\d+)h1v1h-1z/g)) {
    const [left, top] = [(Number(column) + quiet) * scale, (Number(row) + quiet) * scale];
    for (let y = top; y < top + scale; y += 1) {
      for (let x = left; x < left + scale; x += 1) data.fill(0, (y * side + x) * 4, (y * side + x) * 4 + 3);
    }
  }
  return jsQr(data, side, side)?.data;
}
