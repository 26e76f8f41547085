import type { Party, Signature } from '@yizhan/contracts';
import { assertSigned, assertSignedInTime, missingRoles, withSignature, withThose } from './signatures.js';

const signedAt = '2026-03-02T00:00:00.000Z';
const sign = (role: Signature['role'], personId: string, method = 'pin'): Signature => ({
  role,
  personId,
  signedAt,
  method,
});
const fromDriver: Party = { kind: 'driver', id: 'O1' };
const fromStation: Party = { kind: 'station', id: 'JD' };
const three = [sign('offgoing', 'O1'), sign('oncoming', 'R1'), sign('witness', 'lin')];
const absent = [sign('offgoing', 'lin', 'operator_for_absent'), sign('oncoming', 'R1'), sign('witness', 'lin')];
const refused = expect.objectContaining({ kind: 'invalid', code: 'HANDOFF.SIGNATURES' }) as Error;

test('the custodian, the assigned driver and a witness sign', () => {
  expect(() => assertSigned(three, fromDriver, 'R1')).not.toThrow();
});

test('for a parked truck the witness signs for the absent driver', () => {
  expect(() => assertSigned(absent, fromStation, 'R1')).not.toThrow();
});

test.each<[string, Signature[], Party]>([
  ['one is missing', three.slice(1), fromDriver],
  ['one role signs twice', [...three, sign('witness', 'chen')], fromDriver],
  ['somebody else gives the truck away', [sign('offgoing', 'O2'), ...three.slice(1)], fromDriver],
  ['somebody else takes it', [three[0], sign('oncoming', 'R2'), three[2]], fromDriver],
  ['the on-coming driver is the witness', [three[0], three[1], sign('witness', 'R1')], fromDriver],
  ['the off-going driver is the witness', [three[0], three[1], sign('witness', 'O1')], fromDriver],
  ['an operator signs for a driver who has the truck', absent, fromDriver],
  ['a driver gives away a truck that the station has', three, fromStation],
  [
    'another operator signs for the absent one',
    [sign('offgoing', 'chen', 'operator_for_absent'), absent[1], absent[2]],
    fromStation,
  ],
])('refused: %s', (_why, signatures, from) => {
  expect(() => assertSigned(signatures, from, 'R1')).toThrow(refused);
});

const start = Date.parse(signedAt);
const minute = 60_000;

test('three sign between the start and now, as far as clocks agree', () => {
  expect(() => assertSignedInTime(three, start, start)).not.toThrow();
  expect(() => assertSignedInTime(three, start + 10 * minute, start + 20 * minute)).not.toThrow();
  expect(() => assertSignedInTime(three, start - 5 * minute, start - minute)).not.toThrow();
});

test.each([
  ['HANDOFF.SIGNED_IN_FUTURE', start - 5 * minute, start - minute - 1],
  ['HANDOFF.SIGNED_TOO_EARLY', start + 10 * minute + 1, start + 20 * minute],
])('%s', (code, startedAt, now) => {
  const problem = expect.objectContaining({ kind: 'invalid', code }) as Error;
  expect(() => assertSignedInTime(three, startedAt, now)).toThrow(problem);
  expect(() => assertSignedInTime([{ ...three[0], signedAt: 'soon' }], start, start)).toThrow(
    expect.objectContaining({ kind: 'invalid', code: 'REQUEST.INVALID' }) as Error,
  );
});

describe('one by one', () => {
  const [offgoing, oncoming, witnessed] = three as [Signature, Signature, Signature];
  const again = expect.objectContaining({ kind: 'conflict', code: 'HANDOFF.ALREADY_SIGNED' }) as Error;
  const chen = sign('witness', 'chen');

  test('who has not signed is missing', () => {
    expect(missingRoles([])).toEqual(['offgoing', 'oncoming', 'witness']);
    expect(missingRoles([oncoming])).toEqual(['offgoing', 'witness']);
    expect(missingRoles(three)).toEqual([]);
  });

  test('nobody signs twice, and no driver in the place of another', () => {
    expect(() => withSignature([offgoing], offgoing)).toThrow(again);
    expect(() => withSignature([offgoing], sign('offgoing', 'O2'))).toThrow(again);
    expect(() => withSignature([witnessed], witnessed)).toThrow(again);
  });

  test('another operator relieves the witness, and then signs for an absent driver anew', () => {
    expect(withSignature([oncoming, witnessed], chen)).toEqual([oncoming, chen]);
    expect(withSignature(absent, chen)).toEqual([oncoming, chen]);
  });

  test('a completion brings those that are missing', () => {
    const fromHisPhone = { ...oncoming, method: 'link' };
    expect(withThose([fromHisPhone], three)).toEqual([fromHisPhone, offgoing, witnessed]);
    expect(withThose(three, [])).toEqual(three);
    expect(withThose(three, [chen])).toEqual([offgoing, oncoming, chen]);
    expect(withThose(three, [sign('oncoming', 'R2')])).toHaveLength(4);
  });
});
