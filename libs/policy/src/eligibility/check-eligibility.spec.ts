import fc from 'fast-check';
import { activities, monday } from '../../test/arbitraries.js';
import { hoursVerdict } from '../hours/hours-verdict.js';
import { licenceCovers } from '../licence-covers.js';
import { cnFreight } from '../packs/cn-freight.js';
import { cnStrict } from '../packs/cn-strict.js';
import type { OverridableRule, PolicyRules } from '../policy-rules.js';
import { checkEligibility, eligibilityBlocks, type Eligibility } from './check-eligibility.js';
import type { DriverFacts, SwapNeeds } from './driver-facts.js';

const { rules } = cnFreight;
const hour = 3_600_000;
/** Monday 10:00 in China. */
const start = monday + 2 * hour;

const qualification = {
  credential: 'professional_qualification',
  validFrom: monday - hour,
  validUntil: monday + 48 * hour,
};

function inside(facts: Partial<DriverFacts> = {}): DriverFacts {
  return {
    driverId: 'R1',
    insideZoneId: 'yiwu',
    licences: ['A2'],
    shift: { stationCode: 'JD', endsAt: start + 8 * hour },
    credentials: [qualification],
    activity: { driving: [], rests: [] },
    ...facts,
  };
}

function outside(facts: Partial<DriverFacts> = {}): DriverFacts {
  return { ...inside({ driverId: 'O1', insideZoneId: null, carrierId: 'SF', ...facts }), shift: undefined };
}

function intoZone(needs: Partial<SwapNeeds> = {}): SwapNeeds {
  return {
    flow: 'into_zone',
    zoneId: 'yiwu',
    licenceRequired: 'B2',
    carrierId: 'SF',
    returnDriverIds: [],
    plannedStartAt: start,
    plannedReturnAt: start + 2 * hour,
    ...needs,
  };
}

function outOfZone(needs: Partial<SwapNeeds> = {}): SwapNeeds {
  return { ...intoZone({ flow: 'out_of_zone', ...needs }), plannedReturnAt: undefined };
}

function reason(answer: Eligibility): string {
  return answer.eligible ? 'eligible' : answer.rule;
}

describe('who may take a truck into the zone', () => {
  it('is an inside driver of it, with licence, credential, shift and hours; the clock is said', () => {
    const driven = { driving: [{ from: start - hour, to: start - hour / 2 }], rests: [] };
    expect(checkEligibility(rules, inside({ activity: driven }), intoZone())).toEqual({
      eligible: true,
      clock: {
        continuousSeconds: 0,
        drivingSeconds24h: 1800,
        continuousNightSeconds: 0,
        lastRestEndedAt: '2026-11-02T02:00:00.000Z',
      },
    });
  });

  it.each([
    ['side', inside({ insideZoneId: null })],
    ['side', inside({ insideZoneId: 'pujiang' })],
    ['licence', inside({ licences: ['C1'] })],
    ['licence', inside({ licences: [] })],
    ['credentials', inside({ credentials: [] })],
    ['credentials', inside({ credentials: [{ ...qualification, validUntil: start + hour }] })],
    ['home_before_shift_ends', inside({ shift: { stationCode: 'JD', endsAt: start + 2 * hour - 1 } })],
    ['hours', inside({ activity: { driving: [{ from: start - 3 * hour, to: start }], rests: [] } })],
  ])('is not who is kept away by %s', (rule, driver) => {
    expect(reason(checkEligibility(rules, driver, intoZone()))).toBe(rule);
  });

  it('is not who has no open shift, and no waiting is said to help', () => {
    const driver = inside({ shift: undefined });
    expect(checkEligibility(rules, driver, intoZone())).toEqual({ eligible: false, rule: 'shift' });
  });

  it('needs no qualification for a light truck', () => {
    expect(reason(checkEligibility(rules, inside({ credentials: [] }), intoZone({ licenceRequired: 'C1' })))).toBe(
      'eligible',
    );
  });

  it('names the first rule in order where several keep him away', () => {
    const driver = inside({ insideZoneId: null, licences: [], credentials: [] });
    expect(reason(checkEligibility(rules, driver, intoZone()))).toBe('side');
  });

  it('says from when a credential will be valid, if it is valid for long enough then', () => {
    const later = { ...qualification, validFrom: start + hour, validUntil: start + 3 * hour };
    const short = { ...qualification, validFrom: start + 1, validUntil: start + hour };
    expect(checkEligibility(rules, inside({ credentials: [short, later] }), intoZone())).toEqual({
      eligible: false,
      rule: 'credentials',
      until: start + hour,
    });
  });

  it('says from when the hours allow it', () => {
    const driving = [{ from: start - 3 * hour, to: start - 60_000 }];
    expect(checkEligibility(rules, inside({ activity: { driving, rests: [] } }), intoZone())).toEqual({
      eligible: false,
      rule: 'hours',
      until: start - 60_000 + 1_200_000,
    });
  });
});

describe('who may take a truck out of the zone', () => {
  it.each([
    ['of the carrier', outside(), outOfZone(), 'eligible'],
    ['named for the return', outside({ carrierId: 'JD' }), outOfZone({ returnDriverIds: ['O1'] }), 'eligible'],
    ['of another carrier', outside({ carrierId: 'JD' }), outOfZone({ returnDriverIds: ['O2'] }), 'side'],
    ['named, but living inside', inside(), outOfZone({ returnDriverIds: ['R1'] }), 'side'],
    ['without licence', outside({ licences: ['C1'] }), outOfZone(), 'licence'],
  ])('an outside driver %s', (_who, driver, swap, expected) => {
    expect(reason(checkEligibility(rules, driver, swap))).toBe(expected);
  });

  it('nobody where neither he nor the truck has a carrier', () => {
    const driver = outside({ carrierId: undefined });
    const swap = outOfZone({ carrierId: undefined });
    expect(reason(checkEligibility(rules, driver, swap))).toBe('side');
  });

  it('drives no planned run: he may go in the small hours', () => {
    const threeInTheNight = monday + 19 * hour;
    expect(reason(checkEligibility(cnStrict.rules, outside(), outOfZone({ plannedStartAt: threeInTheNight })))).toBe(
      'eligible',
    );
    expect(
      reason(
        checkEligibility(
          cnStrict.rules,
          inside(),
          intoZone({ plannedStartAt: threeInTheNight, plannedReturnAt: threeInTheNight + 1 }),
        ),
      ),
    ).toBe('home_before_shift_ends');
  });
});

describe('overriding by hand', () => {
  const tired = { driving: [{ from: start - 3 * hour, to: start }], rests: [] };

  it('is honoured where the pack allows it, and the clock tells the truth', () => {
    const answer = checkEligibility(rules, inside({ activity: tired }), intoZone({ overridden: ['hours'] }));
    expect(answer).toMatchObject({ eligible: true, clock: { continuousSeconds: 10_800 } });
  });

  it('is not honoured where the pack does not list it', () => {
    const strict: PolicyRules = { ...rules, overridable: ['credentials'] };
    expect(reason(checkEligibility(strict, inside({ activity: tired }), intoZone({ overridden: ['hours'] })))).toBe(
      'hours',
    );
  });

  it.each([
    [inside({ insideZoneId: null }), 'side'],
    [inside({ licences: [] }), 'licence'],
  ])('never reaches side and licence', (driver, rule) => {
    const anything: PolicyRules = {
      ...rules,
      overridable: ['side', 'licence', 'hours'] as unknown as OverridableRule[],
    };
    expect(reason(checkEligibility(anything, driver, intoZone({ overridden: ['side', 'licence', 'custody'] })))).toBe(
      rule,
    );
  });

  it('of a shift covers its end, and of its end no missing shift', () => {
    const late = inside({ shift: { stationCode: 'JD', endsAt: start } });
    const without = inside({ shift: undefined });
    expect(reason(checkEligibility(rules, late, intoZone({ overridden: ['shift'] })))).toBe('eligible');
    expect(reason(checkEligibility(rules, late, intoZone({ overridden: ['home_before_shift_ends'] })))).toBe(
      'eligible',
    );
    expect(reason(checkEligibility(rules, without, intoZone({ overridden: ['home_before_shift_ends'] })))).toBe(
      'shift',
    );
  });
});

const instants = fc.integer({ min: -600, max: 1440 }).map((minutes) => monday + minutes * 60_000);

const drivers: fc.Arbitrary<DriverFacts> = fc.record(
  {
    driverId: fc.constantFrom('R1', 'R2'),
    insideZoneId: fc.constantFrom('yiwu', 'yiwu', 'pujiang', null),
    licences: fc.subarray(['A2', 'B2', 'C1']),
    carrierId: fc.constantFrom('SF', 'JD'),
    shift: instants.map((endsAt) => ({ stationCode: 'JD', endsAt: endsAt + 6 * hour })),
    credentials: fc.array(
      fc.tuple(instants, fc.nat({ max: 2000 })).map(([validFrom, minutes]) => ({
        credential: 'professional_qualification',
        validFrom: validFrom - 6 * hour,
        validUntil: validFrom + minutes * 60_000,
      })),
      { maxLength: 2 },
    ),
    activity: activities,
  },
  { requiredKeys: ['driverId', 'insideZoneId', 'licences', 'credentials', 'activity'] },
);

const swaps: fc.Arbitrary<SwapNeeds> = fc
  .record({
    flow: fc.constantFrom('into_zone' as const, 'out_of_zone' as const),
    licenceRequired: fc.constantFrom('A2', 'B2', 'C1'),
    carrierId: fc.constantFrom('SF', undefined),
    returnDriverIds: fc.subarray(['R1', 'R3']),
    plannedStartAt: instants,
    runs: fc.nat({ max: 240 }),
    overridden: fc.subarray(['side', 'licence', 'credentials', 'shift', 'hours']),
  })
  .map(({ runs, carrierId, ...swap }) => ({
    ...swap,
    zoneId: 'yiwu',
    ...(carrierId === undefined ? {} : { carrierId }),
    ...(swap.flow === 'into_zone' ? { plannedReturnAt: swap.plannedStartAt + runs * 60_000 } : {}),
  }));

/** The law once more, in the plainest words: every rule that does not allow it, unless overridden. */
function blocking(pack: PolicyRules, driver: DriverFacts, swap: SwapNeeds): string[] {
  const end = swap.plannedReturnAt ?? swap.plannedStartAt;
  const into = swap.flow === 'into_zone';
  const named = swap.returnDriverIds.includes(driver.driverId);
  const sameCarrier = driver.carrierId !== undefined && driver.carrierId === swap.carrierId;
  const may = (rule: OverridableRule): boolean => pack.overridable.includes(rule) && swap.overridden!.includes(rule);
  const found: string[] = [];
  if (into ? driver.insideZoneId !== 'yiwu' : driver.insideZoneId !== null || !(named || sameCarrier))
    found.push('side');
  if (!licenceCovers(pack, driver.licences, swap.licenceRequired)) found.push('licence');
  const covered = driver.credentials.some((held) => held.validFrom <= swap.plannedStartAt && end <= held.validUntil);
  if (swap.licenceRequired !== 'C1' && !covered && !may('credentials')) found.push('credentials');
  if (into && !driver.shift && !may('shift')) found.push('shift');
  if (into && driver.shift && end > driver.shift.endsAt && !may('shift')) found.push('home_before_shift_ends');
  const seconds = into ? (end - swap.plannedStartAt) / 1000 : 0;
  if (!hoursVerdict(pack, driver.activity, swap.plannedStartAt, seconds).allowed && !may('hours')) found.push('hours');
  return found;
}

describe('eligibility of any driver for any swap', () => {
  const packs = fc.constantFrom(cnFreight.rules, cnStrict.rules, { ...cnStrict.rules, overridable: [] });

  it('is what the rules one by one say, the first of them named', () => {
    fc.assert(
      fc.property(packs, drivers, swaps, (pack, driver, swap) => {
        expect(reason(checkEligibility(pack, driver, swap))).toBe(blocking(pack, driver, swap)[0] ?? 'eligible');
      }),
      { numRuns: 2000 },
    );
  });

  it('is kept away by all of them where all are asked for, and each says what may be overridden', () => {
    fc.assert(
      fc.property(packs, drivers, swaps, (pack, driver, swap) => {
        const blocks = eligibilityBlocks(pack, driver, swap);
        expect(blocks.map(({ rule }) => rule)).toEqual(blocking(pack, driver, swap));
        const overridden = [...swap.overridden!, ...blocks.flatMap(({ overridable }) => overridable ?? [])];
        const left = eligibilityBlocks(pack, driver, { ...swap, overridden });
        expect(left.filter(({ overridable }) => overridable !== undefined)).toEqual([]);
      }),
      { numRuns: 2000 },
    );
  });

  it('is not kept away by the same rule any more at the instant that it names', () => {
    fc.assert(
      fc.property(packs, drivers, swaps, (pack, driver, swap) => {
        const answer = checkEligibility(pack, driver, swap);
        if (answer.eligible || answer.until === undefined) return;
        expect(answer.until).toBeGreaterThan(swap.plannedStartAt);
        const delay = answer.until - swap.plannedStartAt;
        const ended = driver.activity.driving.map(({ from, to }) => ({
          from,
          to: to ?? Math.max(from, swap.plannedStartAt),
        }));
        const later = checkEligibility(
          pack,
          { ...driver, activity: { ...driver.activity, driving: ended } },
          {
            ...swap,
            plannedStartAt: answer.until,
            ...(swap.plannedReturnAt === undefined ? {} : { plannedReturnAt: swap.plannedReturnAt + delay }),
          },
        );
        // Driving or resting that was recorded for later may stand in the way again.
        const knowsNothingLater = [...ended, ...driver.activity.rests].every(
          ({ from, to }) => Math.max(from, to) <= swap.plannedStartAt,
        );
        if (knowsNothingLater || answer.rule === 'credentials') expect(reason(later)).not.toBe(answer.rule);
      }),
      { numRuns: 2000 },
    );
  });
});
