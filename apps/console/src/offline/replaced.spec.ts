import { idToCome, type LoggedStep } from './logged-step.js';
import { afterDiscarding, afterReplacing, discarded, placesAfter, withHandoffOf } from './replaced.js';
import type { NewStep } from './step-kinds.js';

const logged = (order: number, step: NewStep, change: Partial<LoggedStep> = {}): LoggedStep => ({
  order,
  requestId: `key-${order}`,
  step,
  about: { visitId: 'v', plate: '浙G10001', stationCode: 'jindong' },
  time: '2026-03-02T00:00:00.000Z',
  loggedAt: order,
  account: 'operator:lin',
  state: 'waiting',
  ...change,
});

const arrivalOf = (driverId: string) => ({ kind: 'arrival', body: { visitId: 'v', driverId } }) as unknown as NewStep;
const completionOf = (personId: string) =>
  ({ kind: 'completion', id: 'h', body: { signatures: [{ role: 'offgoing', personId }] } }) as unknown as NewStep;
const intake = { kind: 'intake', body: { stationCode: 'jindong', plate: '浙G10001', phone: '1' } } as const;
const stranger = idToCome('driver', 'key-1');

const rows = [
  logged(1, intake, { state: 'refused' }),
  logged(2, arrivalOf(stranger)),
  logged(3, completionOf(stranger)),
  logged(4, completionOf(stranger), { about: { visitId: 'w', plate: '浙G10002', stationCode: 'jindong' } }),
];

it('names the driver who is named now in what waits behind, and sends no arrival twice', () => {
  const now = idToCome('driver', 'key-9');
  expect(afterReplacing(rows, rows[0], [{ ...intake, key: 'key-9' }, arrivalOf(now)], 7)).toEqual([
    { ...rows[1], state: 'discarded', discardedFor: 'replaced', settledAt: 7 },
    { ...rows[2], step: completionOf(now) },
  ]);
  const refused = { ...rows[1], state: 'refused' } as const;
  expect(afterReplacing(rows, refused, [arrivalOf('O1')], 7)).toEqual([{ ...rows[2], step: completionOf('O1') }]);
});

it('names the carrier who is named now, or none', () => {
  const carrierId = idToCome('carrier', 'key-1');
  const start = (authorisation: object) =>
    ({ kind: 'start', id: 'h', body: { bayCode: '1', authorisation } }) as unknown as NewStep;
  const waiting = logged(3, start({ by: 'dispatcher', carrierId }));
  const arrival = (ids: object) => ({ kind: 'arrival', body: { visitId: 'v', ...ids } }) as unknown as NewStep;
  const after = (ids: object) => afterReplacing([rows[0], waiting], rows[0], [arrival(ids)], 7);
  expect(after({ driverId: 'O1', carrierId: 'C1' })).toEqual([
    { ...waiting, step: start({ by: 'dispatcher', carrierId: 'C1' }) },
  ]);
  expect(after({ driverId: 'O1' })).toEqual([{ ...waiting, step: start({ by: 'dispatcher' }) }]);
});

it('changes nothing where the driver is the same, or where there is none', () => {
  expect(afterReplacing(rows, rows[1], [arrivalOf(stranger)], 7)).toEqual([]);
  const queue = { kind: 'queue', id: 'v', body: { queue: 'inside' } } as const;
  expect(afterReplacing(rows, logged(0, queue), [queue], 7)).toEqual([]);
});

it('asks a person who brings the truck, where the driver is not taken in', () => {
  expect(afterDiscarding(rows, rows[0], 7)).toMatchObject([
    { order: 2, state: 'refused', problem: { code: 'OFFLINE.DRIVER_UNKNOWN' } },
  ]);
  expect(afterDiscarding(rows, rows[1], 7)).toEqual([]);
});

it('has a place of its own for each step that is entered anew, however often', () => {
  const steps = [logged(1, intake), logged(2, intake), logged(3, intake)];
  const place = (old: LoggedStep, count: number) => {
    const places = placesAfter(steps, old, count);
    const next = Math.min(4, ...steps.map(({ order }) => order).filter((order) => order > old.order));
    for (const order of places) {
      expect(steps.map((each) => each.order)).not.toContain(order);
      expect(order).toBeGreaterThan(old.order);
      expect(order).toBeLessThan(next);
      steps.push(logged(order, intake));
    }
    return steps.slice(-count);
  };
  const [first, second] = place(steps[1], 2);
  const [ofFirst] = place(first, 2);
  place(ofFirst, 3);
  place(second, 2);
  place(steps[1], 1);
  place(place(steps[2], 2)[1], 2);
});

it('keeps no phone of who is not taken in by it', () => {
  const withPhones = { ...intake, body: { ...intake.body, phone: '13800138000', carrierPhone: '13900139000' } };
  const left = discarded(logged(1, withPhones), 'entered_twice', 7);
  expect(JSON.stringify(left)).not.toMatch(/13[89]00/);
  expect(left).toMatchObject({ state: 'discarded', discardedFor: 'entered_twice', settledAt: 7 });
});

it('asks for the same handoff where a check is entered anew, so that what waits behind it still names it', () => {
  const check = (handoffId?: string, sealNumber = 'S1') =>
    ({
      kind: 'check',
      id: 'v',
      body: { checks: [], sealNumber, ...(handoffId !== undefined && { handoffId }) },
    }) as NewStep;
  expect(withHandoffOf(check('new', 'S2'), check('old'))).toEqual(check('old', 'S2'));
  expect(withHandoffOf(check('new'), check())).toEqual(check('new'));
  expect(withHandoffOf(check(undefined, 'S2'), check('old'))).toEqual(check(undefined, 'S2'));
  expect(withHandoffOf(check('new'), intake)).toEqual(check('new'));
  expect(withHandoffOf(intake, check('old'))).toBe(intake);
});
