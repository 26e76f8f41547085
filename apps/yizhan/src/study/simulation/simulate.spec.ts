import { isEvent, type YizhanEvent } from '@yizhan/contracts';
import { policyPack } from '@yizhan/policy';
import { simulationFaults } from '../../../../../test/support/simulation-faults.js';
import { faultsIn } from '../../../../../test/support/verified.js';
import { proposal } from '../../../../scheduler/src/matching/decision.js';
import { usualRoundTripSeconds } from '../../../../scheduler/src/matching/usual-round-trip.js';
import { waitingRows } from '../../../../scheduler/src/matching/waiting-rows.js';
import { hour, minute } from '../../replay/passages/local-time.js';
import { verifyExport } from '../../verify/verify.js';
import { announcedDay } from '../days/announced-day.js';
import { simulatedDay } from '../days/simulated-day.js';
import { faithful, type StudyDay } from '../days/study-day.js';
import { outcomesOf } from '../figures/outcomes.js';
import { nearestFirst } from '../policies/nearest-first.js';
import type { Policy } from '../policies/policy.js';
import { yizhan } from '../policies/yizhan.js';
import { simulate, type Simulation } from './simulate.js';

/** 20 days with every change; all 200 before a release. */
const days = process.env['YIZHAN_TEST_SIMULATION'] === 'full' ? 200 : 20;

const count = (events: readonly YizhanEvent[], reason: string): number =>
  events.filter((event) => isEvent(event, 'handoff.assignment_ended') && event.data.reason === reason).length;

async function brokenRules({ log }: Simulation): Promise<object[]> {
  async function* lines() {
    yield* log.documents();
  }
  const { form, rules } = await verifyExport(lines());
  return [form, ...rules].filter(({ violations }) => violations > 0);
}

test(
  `on ${days} simulated days with declines, no-shows and recalls every truck is served or says why not, and nobody goes beyond the rules`,
  async () => {
    const seen = { trucks: 0, assigned: 0, declined: 0, no_show: 0, expired: 0, withdrawn: 0, waiting: 0 };
    for (let number = 0; number < days; number += 1) {
      // Every other day most trucks are announced.
      const day = announcedDay(simulatedDay(String(number)), number % 2 === 0 ? 0 : 80);
      const simulation = simulate(day, yizhan);
      const { events } = simulation;
      const where = `day ${number}`;
      expect([where, simulationFaults(day, events)]).toEqual([where, []]);
      expect([where, await brokenRules(simulation)]).toEqual([where, []]);
      const outcomes = outcomesOf(day, events);
      expect(outcomes).toHaveLength(day.trucks.length);
      const silent = outcomes.filter(({ kind, reasons }) => !isAccountedFor(kind, reasons));
      expect([where, silent]).toEqual([where, []]);
      seen.trucks += outcomes.length;
      seen.waiting += outcomes.filter(({ kind }) => kind === 'waiting').length;
      seen.assigned += events.filter((event) => isEvent(event, 'handoff.assigned')).length;
      for (const reason of ['declined', 'no_show', 'expired', 'withdrawn'] as const)
        seen[reason] += count(events, reason);
    }
    expect(seen.trucks).toBeGreaterThan(days * 40);
    for (const often of Object.values(seen)) expect(often).toBeGreaterThan(0);
  },
  days * 6_000,
);

/** Nobody is left on the way when the day and half of the next are over. */
function isAccountedFor(kind: string, reasons: readonly string[]): boolean {
  return kind === 'served' || kind === 'turned_away' || (kind === 'waiting' && reasons.length > 0);
}

describe('a simulated day', () => {
  const day = simulatedDay('one', { trucks: 50, drivers: 25, policy: 'cn-freight' });

  it('writes the same log again, byte for byte, and another with another seed', () => {
    const documents = [...simulate(day, yizhan).log.documents()];
    expect([...simulate(day, yizhan).log.documents()]).toEqual(documents);
    const other = simulate(simulatedDay('two', { trucks: 50, drivers: 25, policy: 'cn-freight' }), yizhan);
    expect([...other.log.documents()]).not.toEqual(documents);
  });

  it.each([yizhan, nearestFirst])('writes events as the contract has them, whoever decides ($name)', async (policy) => {
    const simulation = simulate(day, policy);
    expect(faultsIn([...simulation.log.documents()])).toEqual([]);
    expect(await brokenRules(simulation)).toEqual([]);
    expect(simulationFaults(day, simulation.events)).toEqual([]);
  });

  it('is one on which trucks come when they are announced, or a little earlier or later, where carriers announce', () => {
    const { events } = simulate(announcedDay(day, 100), yizhan);
    const arrivedAt = new Map<string, number>();
    for (const event of events) {
      if (isEvent(event, 'visit.arrived')) arrivedAt.set(event.data.visitId, Date.parse(event.data.arrivedAt));
    }
    const announced = events.flatMap((event) => (isEvent(event, 'visit.announced') ? [event.data] : []));
    expect(announced).toHaveLength(day.trucks.length);
    const off = announced.map(
      ({ visitId, expectedAt }) => (Date.parse(expectedAt) - (arrivedAt.get(visitId) ?? 0)) / minute,
    );
    expect(Math.max(...off.map(Math.abs))).toBeLessThanOrEqual(15);
    expect([off.some((minutes) => minutes < -5), off.some((minutes) => minutes > 5)]).toEqual([true, true]);
  });

  it('is one in which some decline, some do not come, and a recalled driver gets nothing more', () => {
    const recalling: StudyDay = simulatedDay('one', { trucks: 80, drivers: 30, policy: 'cn-freight', recalls: 0.5 });
    const { events } = simulate(recalling, yizhan);
    const recalledAt = new Map<string, number>();
    for (const event of events) {
      if (isEvent(event, 'driver.credential_recalled')) recalledAt.set(event.data.driverId, Number(event.position));
    }
    expect(recalledAt.size).toBeGreaterThan(3);
    const above = new Set(
      recalling.trucks.filter(({ truck }) => truck.licenceRequired !== 'C1').map((one) => one.visitId),
    );
    const after = events.filter(
      (event) =>
        isEvent(event, 'handoff.assigned') &&
        above.has(event.data.visitId) &&
        Number(event.position) > (recalledAt.get(event.data.driverId) ?? Infinity),
    );
    expect(after).toEqual([]);
  });
});

describe('the faults that a simulation is searched for', () => {
  /** Gives each truck the first driver of the pool who covers it, and asks nothing else. */
  const careless: Policy = {
    name: 'nearest-first',
    decide: (picture, now) => {
      const taken = new Set<string>();
      const plannedReturnAt = now + usualRoundTripSeconds * 1_000;
      const decisions = waitingRows(picture, now).flatMap((row) => {
        const { visit } = row.handoff;
        if (visit.flow === 'out_of_zone')
          return row.options.slice(0, 1).map((option) => proposal(row, option, now, taken));
        const driver = (picture.insidePools.get(visit.zoneId) ?? []).find(
          ({ driverId, licences, shift, holdsPlate, liveHandoffId }) =>
            !taken.has(driverId) &&
            licences.includes('A2') &&
            shift &&
            shift.endsAt >= plannedReturnAt &&
            !holdsPlate &&
            !liveHandoffId,
        );
        if (!driver) return [];
        taken.add(driver.driverId);
        const parts = {
          delaySeconds: 0,
          travelMinutes: 0,
          spareLicences: 0,
          drivenMinutes: 0,
          shiftLeftMinutes: 0,
          unanswered: 0,
        };
        const costs = { wait: 0, worth: 0 };
        return [proposal(row, { driver, plannedStartAt: now, plannedReturnAt, parts, costs }, now, taken)];
      });
      return { decisions, lookAgainAt: undefined };
    },
  };

  it('are found in a log whose drivers were given away without looking at their hours', () => {
    const day = simulatedDay('careless', {
      trucks: 90,
      drivers: 12,
      policy: 'cn-freight',
      rates: faithful,
      recalls: 0,
    });
    expect(simulationFaults(day, simulate(day, careless).events)).toContainEqual(
      expect.stringMatching(/planned to break continuous_driving/),
    );
  });

  it('are a planned return after the shift, a second truck and a drive that is too long', () => {
    const day = simulatedDay('broken', { trucks: 60, drivers: 25, policy: 'cn-freight', rates: faithful });
    const { events } = simulate(day, yizhan);
    const longest = policyPack('cn-freight').rules.hours[0].rule === 'continuous_driving' ? 5 * hour : 0;
    const broken = (change: (event: YizhanEvent) => YizhanEvent | undefined): string =>
      simulationFaults(
        day,
        events.flatMap((event) => change(event) ?? []),
      ).join('\n');
    expect(
      broken((event) =>
        isEvent(event, 'driver.shift_started') ? { ...event, data: { ...event.data, endsAt: event.time } } : event,
      ),
    ).toMatch(/after his shift/);
    expect(
      broken((event) =>
        isEvent(event, 'handoff.completed') && event.data.from.id.startsWith('relay') ? undefined : event,
      ),
    ).toMatch(/second truck|while he has a truck|two assignments/);
    const departed = events.find(
      (event) => isEvent(event, 'visit.departed') && event.data.custodian.id.startsWith('relay'),
    );
    const earlier = (event: YizhanEvent): YizhanEvent =>
      event === departed && isEvent(event, 'visit.departed')
        ? {
            ...event,
            data: { ...event.data, departedAt: new Date(Date.parse(event.time) - longest + minute).toISOString() },
          }
        : event;
    expect(broken(earlier)).toMatch(/breaks continuous_driving/);
  });
});
