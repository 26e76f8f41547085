import { signaturesOf } from './signatures.js';

const signing = { onComing: 'R1', operator: 'operator:lin', signedAt: '2026-03-02T00:00:00Z' };
const all = ['offgoing', 'oncoming', 'witness'] as const;

it('has both drivers on paper and the operator as the witness', () => {
  const signatures = signaturesOf({ ...signing, missing: all, custodian: { kind: 'driver', id: 'O1' } });
  expect(signatures.map(({ role, personId, method }) => [role, personId, method])).toEqual([
    ['offgoing', 'O1', 'paper'],
    ['oncoming', 'R1', 'paper'],
    ['witness', 'operator:lin', 'token'],
  ]);
});

it('has the operator sign for the absent where the truck is with the station', () => {
  const [offGoing] = signaturesOf({ ...signing, missing: all, custodian: { kind: 'station', id: 'JD' } });
  expect(offGoing).toMatchObject({ personId: 'operator:lin', method: 'operator_for_absent' });
});

it('asks nobody who has signed already', () => {
  const signatures = signaturesOf({ ...signing, missing: ['witness'], custodian: undefined });
  expect(signatures.map(({ role }) => role)).toEqual(['witness']);
});
