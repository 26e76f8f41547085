import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { builtInScenarios, checkScenario, readScenario } from './read-scenario.js';
import type { Scenario } from './scenario.js';
import { yiwu } from './yiwu.js';

/** A scenario with changes, as a file would hold it. */
const changed = (changes: Partial<Record<keyof Scenario, unknown>>): unknown =>
  JSON.parse(JSON.stringify({ ...yiwu, ...changes }));

const fault = (value: unknown): string => {
  try {
    checkScenario(value, 'my.json');
  } catch (error) {
    expect(error).toMatchObject({ exitCode: 2 });
    return (error as Error).message;
  }
  return 'is right';
};

test.each(Object.keys(builtInScenarios))('the built-in scenario %s is right, without a warning', (name) => {
  expect(readScenario(name).warnings).toEqual([]);
});

test('yiwu says what is made up', () => {
  for (const word of ['drivers', 'plates', 'carriers', 'direction']) expect(yiwu.text).toContain(word);
});

test('a built-in scenario can be written to a file, changed and read', () => {
  expect(checkScenario(changed({}), 'my.json').scenario).toEqual(JSON.parse(JSON.stringify(yiwu)));
});

const [firstStation, ...otherStations] = yiwu.stations;
const [firstGate, ...otherGates] = yiwu.gates;
const [zone] = yiwu.zones;

test.each<[string, unknown, string]>([
  ['no object', [], 'my.json: "": must be object'],
  ['a missing field', changed({ gates: undefined }), 'my.json: "gates": is missing'],
  ['an unknown field', { ...yiwu, driver: 1 }, 'my.json: "driver": is not known here'],
  [
    'an unknown field further in',
    changed({ rates: { ...yiwu.rates, declines: 0 } }),
    'my.json: "rates.declines": is not known here',
  ],
  ['a rate over 1', changed({ rates: { ...yiwu.rates, decline: 4 } }), 'my.json: "rates.decline": must be <= 1'],
  [
    'an unknown licence',
    changed({ vehicles: [{ ...yiwu.vehicles[0], licence: 'D9' }] }),
    'my.json: "vehicles[0].licence": must be one of A1, A2, B1, B2, C1',
  ],
  [
    'an unknown kind of duration',
    changed({ durations: { ...yiwu.durations, swap: { kind: 'normal' } } }),
    'my.json: "durations.swap": kind must be fixed, triangular or lognormal',
  ],
  [
    'a duration without a field',
    changed({ durations: { ...yiwu.durations, swap: { kind: 'fixed' } } }),
    'my.json: "durations.swap.seconds": is missing',
  ],
  [
    'a duration out of order',
    changed({
      durations: { ...yiwu.durations, swap: { kind: 'triangular', minSeconds: 9, modeSeconds: 5, maxSeconds: 7 } },
    }),
    'my.json: "durations.swap": needs minSeconds ≤ modeSeconds ≤ maxSeconds',
  ],
  [
    'an unknown policy',
    changed({ policy: 'us-hos' }),
    'my.json: "policy": there is no policy pack "us-hos"; there are cn-freight, cn-strict, cn-closure-2022',
  ],
  [
    'a station without a bay',
    changed({ stations: [{ ...firstStation, bays: 0 }, ...otherStations] }),
    'my.json: "stations[0].bays": station "jindong" has no bay: no driver can be swapped there',
  ],
  [
    'a zone without a station',
    changed({ zones: [{ ...zone, stations: [] }] }),
    'my.json: "zones[0].stations": must NOT have fewer than 1 items',
  ],
  [
    'a zone with an unknown station',
    changed({ zones: [{ ...zone, stations: [...(zone?.stations ?? []), 'lanxi'] }] }),
    'my.json: "zones[0].stations[3]": there is no station "lanxi" in this scenario',
  ],
  [
    'a gate to an unknown station',
    changed({ gates: [{ ...firstGate, stations: [{ code: 'lanxi', share: 1 }] }, ...otherGates] }),
    'my.json: "gates[0].stations[0].code": zone "yiwu" has no station "lanxi"',
  ],
  [
    'a gate into an unknown zone',
    changed({ gates: [{ ...firstGate, zone: 'dongyang' }, ...otherGates] }),
    'my.json: "gates[0].zone": there is no zone "dongyang" in this scenario',
  ],
  [
    'a name that is there twice',
    changed({ stations: [...yiwu.stations, firstStation] }),
    'my.json: "stations[3].code": "jindong" is there twice',
  ],
  [
    'a licence that no relay driver has',
    changed({ relayDrivers: yiwu.relayDrivers.filter(({ licence }) => licence !== 'A2') }),
    'my.json: "vehicles[5].licence": vehicle model 5 needs licence A2, and no relay driver of zone "yiwu" has one that covers it (and 2 more)',
  ],
  [
    'plans that do not add up',
    changed({ rates: { ...yiwu.rates, waits: 0.5 } }),
    'my.json: "rates.waits": waits, goesAway and takesOtherTruck add up to 0.9, not to 1',
  ],
  [
    'a zone where no truck has anywhere to go',
    changed({ enterprises: [{ ...yiwu.enterprises[0], zone: 'other' }] }),
    'my.json: "enterprises[0].zone": there is no zone "other" in this scenario (and 1 more)',
  ],
])('%s is one line that names file and field', (_, value, expected) => {
  expect(fault(value)).toBe(expected);
});

test('hours without a driver on shift are a warning, no fault', () => {
  const relayDrivers = yiwu.relayDrivers.map((group) => ({ ...group, shift: { from: '06:00', hours: 16 } }));
  const { warnings } = checkScenario(changed({ relayDrivers }), 'my.json');
  expect(warnings).toEqual([
    'my.json: "relayDrivers": no driver of zone "yiwu" is on shift at 00:00, 01:00, 02:00, 03:00, 04:00, 05:00, 22:00, 23:00: trucks will wait',
  ]);
});

test('a shift that is too short for a trip is a warning', () => {
  const [group, ...others] = yiwu.relayDrivers;
  const { warnings } = checkScenario(
    changed({ relayDrivers: [{ ...group, shift: { from: '06:00', hours: 2 } }, ...others] }),
    'my.json',
  );
  expect(warnings).toEqual([expect.stringContaining('"relayDrivers[0].shift.hours": a shift of 2 h takes no truck')]);
});

test('a file that is not there, or is no JSON, is named', () => {
  const folder = mkdtempSync(join(tmpdir(), 'scenario-'));
  const file = join(folder, 'broken.json');
  writeFileSync(file, '{');
  expect(() => readScenario(join(folder, 'none.json'))).toThrow(/none\.json: cannot be read/);
  expect(() => readScenario(file)).toThrow(/broken\.json: is no JSON/);
  rmSync(folder, { recursive: true });
});
