import type { DepartureOutcome, Flow, Party } from '@yizhan/contracts';
import type { TruckCase } from '../cases/truck-case.js';
import { assertOutcome } from './departure-outcome.js';

interface Leaving {
  readonly flow?: Flow;
  /** Where the custodian lives: the zone, or null for outside. */
  readonly side?: string | null;
  readonly swapped?: boolean;
  readonly released?: boolean;
  readonly held?: boolean;
  readonly checked?: boolean | null;
  readonly zoneState?: 'active' | 'lifted';
  readonly custodian?: Party;
}

const driver: Party = { kind: 'driver', id: 'D1' };

function codeOf(outcome: DepartureOutcome, leaving: Leaving): string {
  const { flow = 'into_zone', side = null, swapped = false, released = false, held = false, checked = true } = leaving;
  const truckCase = {
    visit: {
      state: 'arrived',
      flow,
      zoneId: 'zone',
      held,
      holds: [],
      holdReasons: [],
      checked,
      releasedAt: released ? 1 : null,
    },
    handoff: swapped ? { state: 'completed' } : undefined,
    place: { zoneState: leaving.zoneState ?? 'active' },
    custodianSide: side,
  } as unknown as TruckCase;
  try {
    assertOutcome(truckCase, leaving.custodian ?? driver, outcome);
    return 'leaves';
  } catch (problem) {
    return (problem as { code: string }).code;
  }
}

const swap = { swapped: true, released: true, side: 'zone' };

test.each<[DepartureOutcome, Leaving, string]>([
  ['swapped', swap, 'leaves'],
  ['swapped', { ...swap, flow: 'out_of_zone', side: null }, 'leaves'],
  ['swapped', { side: 'zone' }, 'VISIT.NOT_SWAPPED'],
  ['swapped', { ...swap, released: false }, 'CARGO.NOT_RELEASED'],
  ['swapped', { ...swap, side: null }, 'DRIVER.ON_THE_OTHER_SIDE'],
  ['swapped', { ...swap, custodian: { kind: 'station', id: 'JD' } }, 'CUSTODY.NOBODY_TO_DRIVE'],
  ['no_swap_needed', { side: 'zone' }, 'leaves'],
  ['no_swap_needed', { side: null }, 'DRIVER.ON_THE_OTHER_SIDE'],
  ['no_swap_needed', { side: 'zone', held: true }, 'CARGO.HELD'],
  ['no_swap_needed', { side: 'zone', checked: false }, 'VISIT.CHECK_NOT_PASSED'],
  ['no_swap_needed', { side: 'zone', checked: null }, 'VISIT.NOT_CHECKED'],
  ['no_swap_needed', { zoneState: 'lifted', flow: 'out_of_zone', checked: null }, 'leaves'],
  ['no_swap_needed', swap, 'VISIT.SWAP_IS_MADE'],
  ['no_swap_needed', { zoneState: 'lifted' }, 'ZONE.LIFTED'],
  ['no_swap_needed', { zoneState: 'lifted', flow: 'out_of_zone' }, 'leaves'],
  ['turned_away', { side: null }, 'leaves'],
  ['turned_away', { side: null, held: true, checked: false }, 'leaves'],
  ['turned_away', swap, 'DRIVER.ON_THE_OTHER_SIDE'],
  ['turned_away', { flow: 'out_of_zone', side: 'zone' }, 'leaves'],
  ['redirected', { flow: 'out_of_zone', side: null }, 'DRIVER.ON_THE_OTHER_SIDE'],
  ['redirected', { zoneState: 'lifted' }, 'leaves'],
])('%s with %j: %s', (outcome, leaving, expected) => {
  expect(codeOf(outcome, leaving)).toBe(expected);
});
