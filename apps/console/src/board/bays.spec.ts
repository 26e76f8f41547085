import { baysFor, byBay } from './bays.js';
import type { BoardVisit } from './use-board.js';

const visit = (visitId: string, more: Partial<BoardVisit>) =>
  ({ visitId, plate: `浙G${visitId}`, state: 'arrived', ...more }) as BoardVisit;

const inBay = visit('1', { handoffState: 'started', bayCode: 'B01' });
const calledTo = visit('2', { calledBayCode: 'B02' });
const visits = [
  inBay,
  calledTo,
  visit('3', { handoffState: 'completed', bayCode: 'B03', calledBayCode: 'B03' }),
  visit('4', { state: 'departed', calledBayCode: 'B04' }),
];

it('says who is in each bay and who is called to it, and nobody who is done', () => {
  const { started, called } = byBay(visits);
  expect([[...started], [...called]]).toEqual([[['B01', inBay]], [['B02', calledTo]]]);
});

it('offers a truck every bay, with whoever else has it', () => {
  expect(baysFor('9', ['B01', 'B02', 'B03', 'B04'], visits)).toEqual([
    { bay: 'B01', takenBy: inBay, how: 'in_bay' },
    { bay: 'B02', takenBy: calledTo, how: 'called' },
    { bay: 'B03' },
    { bay: 'B04' },
  ]);
});

it('keeps no truck from its own bay', () => {
  expect(baysFor('2', ['B02'], visits)).toEqual([{ bay: 'B02' }]);
});
