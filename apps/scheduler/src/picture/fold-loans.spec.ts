import { toIso } from '@yizhan/kernel';
import { drivenStretches } from '@yizhan/policy';
import { pictureAfter } from '../../../../test/support/area-picture.js';
import { hour, minute } from '../../../../test/support/area-story.js';
import { LoanStory } from '../../../../test/support/loan-story.js';
import { Contest } from '../candidates/contest.js';
import { rankCandidates } from '../candidates/rank-candidates.js';
import { matchArea } from '../matching/match-area.js';

const story = (): LoanStory => new LoanStory().network().onShift('R1').waits('G1');
/** From this area to another one. */
const away = ['jinhua', 'quzhou'] as const;
const back = ['quzhou', 'jinhua'] as const;

/** What is decided for G1: the driver, or the rules that keep all away. */
function decided(told: LoanStory): string {
  const [decision] = matchArea(pictureAfter(told), told.now).decisions;
  if (decision?.kind === 'proposed') return decision.driverId;
  return (decision?.blockers ?? []).map(({ rule, drivers }) => `${rule} ${drivers}`).join(', ');
}

const changes = (told: LoanStory) => {
  const picture = pictureAfter(told);
  return rankCandidates(picture, told.handoffOf('G1'), new Contest(picture, told.now)).changes;
};

it('who is only offered works on', () => {
  const offered = { driverId: 'R1', loanId: '0', fromAreaCode: 'jinhua', toAreaCode: 'quzhou' };
  const told = story().tell('driver.loan_offered', 'driver/R1', { ...offered, expiresAt: toIso(0) });
  expect(decided(told)).toBe('R1');
});

it('who is lent gets nothing new where he is, until he has left or stays', () => {
  const lent = story().loan('driver.lent', 'R1', away);
  expect(decided(lent)).toBe('lent 1');
  expect(pictureAfter(lent).drivers.has('R1')).toBe(true);
  expect(decided(lent.loan('driver.loan_ended', 'R1', away))).toBe('R1');
});

it('who has left is in this pool no more, and it is said where he is and what would bring him back', () => {
  const left = story().loan('driver.lent', 'R1', away).changesPool('driver.pool_joined', 'R1', away);
  expect(pictureAfter(left).drivers.has('R1')).toBe(false);
  expect(decided(left)).toBe('no_drivers 0, lent 1');
  expect(changes(left)).toEqual([{ kind: 'end_loan', driverId: 'R1', areaCode: 'quzhou' }]);
  const returned = left.changesPool('driver.returned', 'R1', back).qualifies('R1').startsShift('R1');
  expect(decided(returned)).toBe('R1');
});

it('who would not help anyway is not named', () => {
  const other = new LoanStory().network().onShift('R1', ['C1']).waits('G1');
  expect(decided(other.changesPool('driver.pool_joined', 'R1', away))).toBe('no_drivers 0');
});

describe('in the area that he is lent to', () => {
  const fresh = (): LoanStory => new LoanStory('quzhou').network();

  it('he is known by what the event says: side, licences, papers, hours', () => {
    const told = fresh();
    const drove = { startedAt: toIso(told.now - 3 * hour), endedAt: toIso(told.now - hour) };
    const held = {
      credential: 'professional_qualification',
      validFrom: toIso(0),
      validUntil: toIso(told.now + hour * 99),
    };
    told.changesPool('driver.pool_joined', 'R1', away, { driving: [drove], credentials: [held] });
    const driver = pictureAfter(told).drivers.get('R1');
    expect(driver).toMatchObject({ insideZoneId: 'yiwu', licences: ['A2'], atStationCode: 'JD' });
    expect(drivenStretches(driver?.activity ?? { driving: [], rests: [] }, told.now)).toEqual([
      { from: told.now - 3 * hour, to: told.now - hour },
    ]);
    expect(decided(told.startsShift('R1').waits('G1'))).toBe('R1');
  });

  it('he is not there before he has joined, and gets nothing new once he goes back', () => {
    const held = {
      credential: 'professional_qualification',
      validFrom: toIso(0),
      validUntil: '2030-01-01T00:00:00.000Z',
    };
    const told = fresh().loan('driver.lent', 'R1', away).waits('G1');
    expect(decided(told)).toBe('no_drivers 0');
    told.at(told.now + minute).changesPool('driver.pool_joined', 'R1', away, { credentials: [held] });
    expect(decided(told.startsShift('R1'))).toBe('R1');
    expect(decided(told.loan('driver.return_begun', 'R1', away))).toBe('lent 1');
    expect(decided(told.changesPool('driver.returned', 'R1', back))).toBe('no_drivers 0');
  });
});
