import { byDue } from './by-due.js';

it('has what the area has to act on first, what is due first before the rest', () => {
  const of = (ownerAreaCode: string, hour: string) => ({ ownerAreaCode, dueAt: `2026-03-02T${hour}:00:00.000Z` });
  const cases = [of('jinhua', '01'), of('yiwu', '09'), of('jinhua', '00'), of('yiwu', '08')];
  expect(byDue(cases, 'yiwu')).toEqual([cases[3], cases[1], cases[2], cases[0]]);
});
