import type { SlipRecord } from './slip-record.js';
import { markOf, slipLines } from './slip-lines.js';

const planned: SlipRecord = {
  facts: {
    kind: 'plan',
    handoffId: '01900000-aaaa-7bbb-8ccc-0123456789ab',
    stationCode: 'JD',
    plate: '浙G12345',
    flow: 'into_zone',
    from: { kind: 'driver', id: 'O1' },
    toDriverId: 'R1',
    at: Date.parse('2026-03-02T00:06:00Z'),
    seal: { number: 'S1', intact: true },
    items: [],
  },
  stationName: '金东中转站',
  plateColour: 'yellow',
  trailerPlate: '浙G0001挂',
  bayCode: null,
  carrierId: 'carrier-1',
  consignmentIds: ['c-1', 'c-2'],
  utcOffsetMinutes: 480,
};
const done: SlipRecord = {
  ...planned,
  facts: { ...planned.facts, kind: 'swap', from: { kind: 'station', id: 'JD' }, seal: { number: 'S1', intact: false } },
  bayCode: '2',
  evidence: {
    from: { kind: 'station', id: 'JD' },
    signatures: [{ role: 'witness', personId: 'operator-lin', signedAt: '2026-03-02T00:05:30.000Z', method: 'pin' }],
    items: [
      { code: 'keys', given: true },
      { code: 'fuel_card', given: false },
    ],
    odometerKm: 120_001.5,
    fuelPercent: 40,
    photos: [],
    reservations: [{ code: 'scratch_left' }],
  },
};

it('before the swap it says what is planned, on the clock of the station', () => {
  expect(slipLines(planned, 'zh')).toEqual([
    ['中转站', '金东中转站 (JD)'],
    ['挂车', '浙G0001挂'],
    ['方向', '进区'],
    ['交车方', 'O1'],
    ['接车司机', 'R1'],
    ['计划换驾时间', '2026-03-02 08:06:00'],
    ['承运商', 'carrier-1'],
    ['货物', 'c-1  c-2'],
    ['铅封', 'S1'],
  ]);
});

it('after it, it says what was handed over and who has signed', () => {
  expect(slipLines(done, 'en').slice(3)).toEqual([
    ['Handed over by', 'station JD'],
    ['Taken over by', 'R1'],
    ['Responsibility moved', '2026-03-02 08:06:00'],
    ['Bay', '2'],
    ['Carrier', 'carrier-1'],
    ['Consignments', 'c-1  c-2'],
    ['Seal', 'S1 broken'],
    ['Items', '√keys  ×fuel card'],
    ['Odometer (km)', '120001.5'],
    ['Fuel (%)', '40'],
    ['Reservations', 'scratch_left'],
    ['Signatures (witness)', 'operator-lin  08:05:30  PIN'],
  ]);
});

it('calls everything by its name that the console lets people hand over, and every way to sign', () => {
  const codes = ['keys', 'vehicle_licence', 'waybill', 'pass', 'etc_card', 'fuel_card'];
  const evidence = {
    ...done.evidence!,
    items: codes.map((code) => ({ code, given: true })),
    signatures: (['link', 'pin', 'token', 'paper', 'operator_for_absent'] as const).map((method) => ({
      ...done.evidence!.signatures[0],
      method,
    })),
  };
  const said = slipLines({ ...done, evidence }, 'zh').filter(([name]) => /^(交接物品|签字)/.test(name));
  expect(said.map(([, value]) => value).join(' ')).not.toMatch(/[a-z]{3,}_|keys|waybill|pass\b|paper|token|link/);
});

it('the first print has no mark, the others say which reprint they are, and a screen says that it is none', () => {
  expect([markOf(1, 'zh'), markOf(2, 'zh'), markOf(3, 'en'), markOf(undefined, 'zh')]).toEqual([
    undefined,
    '【补打 1】',
    '【REPRINT 2】',
    '【电子件】',
  ]);
});
