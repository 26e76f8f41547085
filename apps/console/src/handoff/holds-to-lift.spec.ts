import { holdsToLift } from './holds-to-lift.js';

const hold = (holdId: string, of: string, minute: number) => ({
  holdId,
  of,
  lifting: 'by_check',
  heldAt: `2026-03-02T08:0${minute}:00.000Z`,
});

it('offers every hold that stands, also one that a check would lift: those of the station first, the oldest first', () => {
  const holds = [hold('centre', 'command_centre', 1), hold('late', 'station', 3), hold('early', 'station', 2)];
  expect(holdsToLift(holds).map(({ holdId }) => holdId)).toEqual(['early', 'late', 'centre']);
  expect(holdsToLift([])).toEqual([]);
});
