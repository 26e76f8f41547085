import type { Flow, YizhanEvent } from '@yizhan/contracts';
import fc from 'fast-check';
import { type WaitsOfVisit, waitCauses, waitsOfVisit } from './waits-of-visit.js';

const minute = 60_000;

type Told = readonly [name: string, at: number, data?: object];

const eventsOf = (...told: readonly Told[]): YizhanEvent[] =>
  told.map(([name, at, data = {}], index) => {
    const time = new Date(at * minute).toISOString();
    return { id: `e${index}`, type: `yizhan.${name}.v1`, time, data } as unknown as YizhanEvent;
  });

const inMinutes = ({ waits }: WaitsOfVisit): unknown[] =>
  waits.map(({ cause, by, from, to }) => [cause, by, from / minute, to / minute]);

const at = (minutes: number): string => new Date(minutes * minute).toISOString();

const whole: readonly Told[] = [
  ['visit.arrived', 0],
  ['visit.checked', 5, { passed: true }],
  ['handoff.requested', 5],
  ['handoff.assigned', 15],
  ['visit.called', 16],
  ['handoff.accepted', 17],
  ['handoff.started', 30, { authorisation: { at: at(20) } }],
  ['handoff.completed', 40, { custodyAt: at(40) }],
  ['cargo.released', 42],
  ['visit.departed', 50],
];

it('tells who let a truck wait, from the gate to the gate', () => {
  const found = waitsOfVisit(eventsOf(...whole), 'into_zone');
  expect(inMinutes(found)).toEqual([
    ['check', 'station', 0, 5],
    ['no_driver', 'driver_pool', 5, 15],
    ['driver_answer', 'driver_pool', 15, 17],
    ['carrier_consent', 'carrier', 17, 20],
    ['bay', 'station', 20, 30],
    ['release', 'station', 40, 42],
    ['departure', 'driver_pool', 42, 50],
  ]);
  expect(found).toMatchObject({ calledAt: 16 * minute, swappedAt: 40 * minute, releasedAt: 42 * minute });
});

it('out of the zone it is the carrier whose driver takes the truck', () => {
  const carriers = waitsOfVisit(eventsOf(...whole), 'out_of_zone').waits.filter(({ by }) => by === 'carrier');
  expect(carriers.map(({ cause }) => cause)).toEqual(['no_driver', 'driver_answer', 'carrier_consent', 'departure']);
});

it.each<[string, readonly Told[], unknown[]]>([
  [
    'a check that fails is the carrier’s until one passes',
    [
      ['visit.arrived', 0],
      ['visit.checked', 3, { passed: false }],
      ['visit.checked', 9, { passed: true }],
      ['visit.departed', 9],
    ],
    [
      ['check', 'station', 0, 3],
      ['check_failed', 'carrier', 3, 9],
    ],
  ],
  [
    'held cargo is the carrier’s until it is released, also over the swap',
    [
      ['visit.arrived', 0],
      ['cargo.held', 2],
      ['handoff.completed', 6, { custodyAt: at(6) }],
      ['cargo.released', 8],
    ],
    [
      ['check', 'station', 0, 2],
      ['cargo_held', 'carrier', 2, 8],
    ],
  ],
  [
    'a driver who does not come is waited for again',
    [
      ['visit.arrived', 0],
      ['handoff.requested', 0],
      ['handoff.assigned', 1],
      ['handoff.assignment_ended', 4],
      ['handoff.assigned', 9],
      ['visit.departed', 9],
    ],
    [
      ['no_driver', 'driver_pool', 0, 1],
      ['driver_answer', 'driver_pool', 1, 4],
      ['no_driver', 'driver_pool', 4, 9],
    ],
  ],
  [
    'consent that was there before keeps nobody waiting',
    [
      ['visit.arrived', 0],
      ['handoff.accepted', 1],
      ['handoff.started', 3, { authorisation: { at: at(0) } }],
    ],
    [
      ['check', 'station', 0, 1],
      ['bay', 'station', 1, 3],
    ],
  ],
  [
    'consent that comes with the start was waited for all the time',
    [
      ['visit.arrived', 0],
      ['handoff.accepted', 1],
      ['handoff.started', 3, { authorisation: { at: at(4) } }],
    ],
    [
      ['check', 'station', 0, 1],
      ['carrier_consent', 'carrier', 1, 3],
    ],
  ],
  [
    'what was taken back never was',
    [
      ['visit.arrived', 0],
      ['cargo.held', 2],
      ['record.retracted', 3, { retractedEventId: 'e1' }],
      ['visit.departed', 5],
    ],
    [['check', 'station', 0, 5]],
  ],
  [
    'what was recorded late does not turn the clock back',
    [
      ['visit.arrived', 5],
      ['handoff.requested', 3],
      ['visit.departed', 9],
    ],
    [['no_driver', 'driver_pool', 5, 9]],
  ],
])('%s', (_what, told, expected) => {
  expect(inMinutes(waitsOfVisit(eventsOf(...told), 'into_zone'))).toEqual(expected);
});

it('counts no minute twice, and none outside the visit', () => {
  const name = fc.constantFrom(
    'visit.called',
    'visit.checked',
    'handoff.requested',
    'handoff.assigned',
    'handoff.accepted',
    'handoff.assignment_ended',
    'handoff.started',
    'handoff.completed',
    'handoff.aborted',
    'cargo.held',
    'cargo.released',
  );
  const minutes = fc.integer({ min: 0, max: 60 });
  const step = fc
    .tuple(name, minutes, minutes, fc.boolean())
    .map(([each, when, other, passed]): Told => [
      each,
      when,
      { passed, custodyAt: at(other), authorisation: { at: at(other) } },
    ]);
  fc.assert(
    fc.property(fc.array(step, { maxLength: 20 }), fc.constantFrom<Flow>('into_zone', 'out_of_zone'), (steps, flow) => {
      const { waits } = waitsOfVisit(eventsOf(['visit.arrived', 0], ...steps, ['visit.departed', 61]), flow);
      let last = 0;
      for (const { cause, from, to } of waits) {
        expect(waitCauses).toContain(cause);
        expect(from).toBeGreaterThanOrEqual(last);
        expect(to).toBeGreaterThan(from);
        last = to;
      }
      expect(last).toBeLessThanOrEqual(61 * minute);
    }),
  );
});
