import jsQrModule from 'jsqr';
import { newSigningKey, publicKeyOf } from '@yizhan/identity';
import { qrMatrix } from './qr-code.js';
import { signSlip, verifySlip } from './slip-code.js';

// The package's types describe an ES module; what is loaded is the function itself.
const jsQr = jsQrModule as unknown as typeof jsQrModule.default;

/** Pixels of a code as a camera sees it: `scale` to a module, four modules of white around it. */
function pixelsOf(text: string, scale = 4): { data: Uint8ClampedArray; side: number } {
  const { size, isDark } = qrMatrix(text);
  const side = (size + 8) * scale;
  const data = new Uint8ClampedArray(side * side * 4).fill(255);
  for (let y = 0; y < side; y += 1) {
    for (let x = 0; x < side; x += 1) {
      const [row, column] = [Math.floor(y / scale) - 4, Math.floor(x / scale) - 4];
      const isInside = row >= 0 && row < size && column >= 0 && column < size;
      if (isInside && isDark(row, column)) data.fill(0, (y * side + x) * 4, (y * side + x) * 4 + 3);
    }
  }
  return { data, side };
}

it('what a reader takes from the code is the text that was signed', async () => {
  const key = await newSigningKey();
  const text = signSlip(
    {
      kind: 'swap',
      handoffId: '01900000-aaaa-7bbb-8ccc-0123456789ab',
      stationCode: 'jindong',
      plate: '浙G12345',
      flow: 'out_of_zone',
      from: { kind: 'driver', id: 'driver-relay-0042' },
      toDriverId: 'driver-outside-0017',
      at: Date.parse('2026-03-02T00:06:00Z'),
      seal: { number: 'S20260302-0001', intact: true },
      items: ['keys', 'vehicle_licence', 'waybill', 'toll_card'].map((code) => ({ code, given: true })),
    },
    key,
  );
  const { data, side } = pixelsOf(text);
  const read = jsQr(data, side, side);
  expect(read?.data).toBe(text);
  expect(verifySlip(read?.data ?? '', [publicKeyOf(key)]).isGenuine).toBe(true);
});

it('a usual slip fits into 61 modules: on a strip of 80 mm each is wider than three dots of its printer', async () => {
  const text = signSlip(
    {
      kind: 'swap',
      handoffId: '01900000-aaaa-7bbb-8ccc-0123456789ab',
      stationCode: 'yiwu-port',
      plate: '浙G12345',
      flow: 'into_zone',
      from: { kind: 'driver', id: 'outside-000123' },
      toDriverId: 'relay-0042',
      at: Date.parse('2026-03-02T00:06:00Z'),
      returnAt: Date.parse('2026-03-02T02:06:00Z'),
      seal: { number: 'S20260302-0001', intact: true },
      items: [{ code: 'keys', given: true }],
    },
    await newSigningKey(),
  );
  expect(qrMatrix(text).size).toBeLessThanOrEqual(61);
});
