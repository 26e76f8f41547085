import type { BoardResponse } from '@yizhan/client';
import { boardWithSteps } from './board-with-steps.js';
import type { LoggedStep } from './logged-step.js';
import type { NewStep } from './step-kinds.js';

const time = '2026-03-02T08:00:00.000Z';
const board: BoardResponse = {
  position: '1',
  asOf: time,
  station: { stationCode: 'jindong', areaCode: 'yiwu', name: '金东', state: 'open', zoneIds: ['yiwu'], bays: ['B01'] },
  visits: [],
  isCut: false,
  driversOnDuty: [],
  outsideDrivers: [],
  openExceptions: 0,
  overrideRequests: [],
  care: { restPlaces: 0, restPlacesTaken: 0, meals: 0 },
};

const logged = (order: number, step: NewStep): LoggedStep => ({
  order,
  requestId: `key-${order}`,
  step,
  about: { visitId: 'v', plate: '浙G12345', stationCode: 'jindong' },
  time,
  loggedAt: order,
  account: 'operator:lin',
  state: 'waiting',
  ...(step.kind === 'queue' && { provisionalNo: 'L001' }),
});

const ticket: readonly LoggedStep[] = [
  logged(1, {
    kind: 'announcement',
    body: {
      visitId: 'v',
      stationCode: 'jindong',
      zoneId: 'yiwu',
      flow: 'into_zone',
      truck: { plate: '浙G12345', plateColour: 'yellow', licenceRequired: 'A2' },
      consignments: [],
      expectedAt: time,
    },
  }),
  logged(2, { kind: 'queue', id: 'v', body: { queue: 'outside' } }),
];

it('has a truck that was given a ticket here, with its number of this device', () => {
  const { visits } = boardWithSteps(board, ticket, 0);
  expect(visits).toMatchObject([{ visitId: 'v', state: 'announced', queue: 'outside', ticketNo: 'L001' }]);
});

it('has a truck whose ticket was taken back in no column, and not among those that have left', () => {
  const undone = logged(3, { kind: 'cancellation', id: 'v', body: { reason: 'entered_by_mistake' } });
  expect(boardWithSteps(board, [...ticket, undone], 0).visits).toEqual([]);
});

it('is the same board where nothing was logged of its station', () => {
  expect(boardWithSteps(board, [], 0)).toBe(board);
});
