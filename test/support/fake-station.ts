import {
  type EventData,
  type EventName,
  eventType,
  type Flow,
  type Licence,
  type Party,
  type YizhanEvent,
} from '@yizhan/contracts';
import { Problem, toIso } from '@yizhan/kernel';
import { licenceCovers, policyPack } from '@yizhan/policy';
import type { Asked } from '../../apps/yizhan/src/replay/people/steps.js';
import { fakeSteps } from './fake-steps.js';

export interface FakeVisit {
  readonly visitId: string;
  readonly stationCode: string;
  readonly flow: Flow;
  readonly plate: string;
  readonly licence: Licence;
  readonly runId?: string;
  custodian: Party;
  isPassed: boolean;
  isHeld: boolean;
  isReleased: boolean;
  handoff?: FakeHandoff;
}

export interface FakeHandoff {
  readonly handoffId: string;
  readonly visitId: string;
  state: 'requested' | 'proposed' | 'assigned' | 'accepted' | 'started' | 'completed';
  driverId?: string;
  bayCode?: string;
  readonly declinedBy: Set<string>;
  assignmentNo: number;
}

export interface FakeDriver {
  readonly driverId: string;
  readonly inside: boolean;
  readonly licence: Licence;
  shiftEndsAt?: number;
  stationCode?: string;
  /** A handoff that he is bound to, or a truck that he holds. */
  busy?: string;
}

const rules = policyPack('cn-freight').rules;
const usualTurn = 2 * 3_600_000;

/** A station and a scheduler in memory, with just enough rules to refuse what is out of order. Survives its own kill. */
export class FakeStation {
  readonly log: YizhanEvent[] = [];
  readonly outbox: YizhanEvent[] = [];
  readonly answered = new Set<string>();
  readonly timers = new Map<string, { dueAt: number; fire: (at: number) => void }>();
  readonly visits = new Map<string, FakeVisit>();
  readonly handoffs = new Map<string, FakeHandoff>();
  readonly drivers = new Map<string, FakeDriver>();
  readonly runs = new Map<
    string,
    { plate: string; driverId: string; visitId: string; returnDriverId?: string; isOpen: boolean }
  >();
  readonly runOfPlate = new Map<string, string>();
  readonly waiting = new Set<string>();
  readonly withheld = new Set<string>();
  consumedUpTo = 0;
  count = 0;
  /** What the clock says, told by the process in front of it. */
  now = 0;
  readonly steps = fakeSteps(this);

  /** Carries out a step or refuses it; nothing is changed then. */
  do(asked: Asked, at: number): void {
    (this.steps[asked.step] as (input: unknown, at: number) => void)(asked.input, at);
  }

  /** Gives what is in the outbox its places. */
  sequence(): number {
    const count = this.outbox.length;
    for (const event of this.outbox.splice(0)) {
      const position = String(this.log.length + 1);
      this.log.push({ ...event, position, previous: String(this.log.length) });
    }
    return count;
  }

  /** A driver for each waiting handoff, the first come first. @returns whether anything was proposed or withheld. */
  match(at: number): boolean {
    let worked = false;
    for (const handoffId of this.waiting) {
      const handoff = this.handoffs.get(handoffId);
      const visit = handoff && this.visits.get(handoff.visitId);
      if (!handoff || !visit || visit.isHeld) continue;
      const driver = visit.flow === 'into_zone' ? this.insideDriver(visit, handoff, at) : this.returnDriver(visit);
      if (driver) {
        this.waiting.delete(handoffId);
        Object.assign(handoff, { state: 'proposed', driverId: driver.driverId });
        driver.busy = handoffId;
        this.write('assignment.proposed', `assignment/${handoffId}`, at, {
          handoffId,
          visitId: visit.visitId,
          driverId: driver.driverId,
          plannedStartAt: toIso(at),
          decisionId: 'd',
          epoch: 1,
          basedOnPosition: '0',
          expiresAt: toIso(at + 60_000),
          alternatives: [],
        });
        worked = true;
      } else if (!this.withheld.has(handoffId)) {
        this.withheld.add(handoffId);
        const blockers = [
          { rule: visit.flow === 'into_zone' ? 'busy' : 'no_return_driver', drivers: this.drivers.size },
        ];
        this.write('assignment.withheld', `assignment/${handoffId}`, at, {
          handoffId,
          visitId: visit.visitId,
          blockers,
        });
        worked = true;
      }
    }
    return worked;
  }

  commitProposal({ handoffId, driverId, plannedStartAt }: EventData['assignment.proposed'], at: number): void {
    const { handoff, visit } = this.live(handoffId, 'proposed');
    handoff.state = 'assigned';
    handoff.assignmentNo += 1;
    const no = handoff.assignmentNo;
    this.timers.set(`expiry/${handoffId}`, {
      dueAt: at + 300_000,
      fire: (now) => {
        if (handoff.state === 'assigned' && handoff.assignmentNo === no)
          this.endAssignment(visit, handoff, 'expired', now);
      },
    });
    this.ofVisit('handoff.assigned', visit, at, {
      handoffId,
      driverId,
      plannedStartAt,
      assignedBy: 'scheduler',
      clock: { continuousSeconds: 0, drivingSeconds24h: 0 },
      policy: { id: 'cn-freight', version: '1' },
      overrides: [],
    });
  }

  insideDriver(visit: FakeVisit, handoff: FakeHandoff, at: number): FakeDriver | undefined {
    let found: FakeDriver | undefined;
    for (const driver of this.drivers.values()) {
      if (!driver.inside || driver.busy || (driver.shiftEndsAt ?? 0) < at + usualTurn) continue;
      if (handoff.declinedBy.has(driver.driverId) || !licenceCovers(rules, [driver.licence], visit.licence)) continue;
      if (driver.stationCode === visit.stationCode) return driver;
      found ??= driver;
    }
    return found;
  }

  returnDriver({ runId = '' }: FakeVisit): FakeDriver | undefined {
    const driver = this.drivers.get(this.runs.get(runId)?.returnDriverId ?? '');
    return driver && !driver.busy ? driver : undefined;
  }

  endAssignment(visit: FakeVisit, handoff: FakeHandoff, reason: 'declined' | 'expired' | 'no_show', at: number): void {
    const { handoffId, driverId = '' } = handoff;
    if (reason !== 'expired') handoff.declinedBy.add(driverId);
    this.driver(driverId).busy = undefined;
    this.timers.delete(`expiry/${handoffId}`);
    Object.assign(handoff, { state: 'requested', driverId: undefined });
    this.waiting.add(handoffId);
    this.ofVisit('handoff.assignment_ended', visit, at, { handoffId, driverId, reason });
  }

  hold(visit: FakeVisit, reasons: readonly string[], at: number): void {
    Object.assign(visit, { isHeld: true, isReleased: false });
    this.ofVisit('cargo.held', visit, at, { reasons });
  }

  release(visit: FakeVisit, at: number): void {
    const handoffId = visit.handoff?.handoffId ?? '';
    this.refuseIf(visit.handoff?.state !== 'completed' || visit.isHeld || visit.isReleased, 'CARGO.NOT_RELEASABLE');
    visit.isReleased = true;
    this.ofVisit('cargo.released', visit, at, {
      handoffId,
      consignmentIds: [],
      releasedAt: toIso(at),
      policy: { id: 'cn-freight', version: '1' },
    });
  }

  free({ kind, id }: Party): void {
    const driver = kind === 'driver' ? this.drivers.get(id) : undefined;
    if (driver) driver.busy = undefined;
  }

  live(handoffId: string, state: FakeHandoff['state']): { handoff: FakeHandoff; visit: FakeVisit } {
    const handoff = this.handoffs.get(handoffId);
    const visit = this.visits.get(handoff?.visitId ?? '');
    if (!handoff || !visit || handoff.state !== state)
      throw new Problem('illegal_state', 'HANDOFF.OTHER_STATE', `not ${state}`);
    return { handoff, visit };
  }

  visit(visitId: string): FakeVisit {
    const visit = this.visits.get(visitId);
    if (!visit) throw new Problem('not_found', 'VISIT.NOT_FOUND', visitId);
    return visit;
  }

  driver(driverId: string): FakeDriver {
    const driver = this.drivers.get(driverId);
    if (!driver) throw new Problem('not_found', 'DRIVER.NOT_FOUND', driverId);
    return driver;
  }

  refuseIf(isRefused: boolean, code: string): void {
    if (isRefused) throw new Problem('conflict', code, code);
  }

  ofVisit<N extends EventName>(name: N, { visitId, stationCode }: FakeVisit, at: number, data: object): void {
    this.write(name, `visit/${visitId}`, at, {
      visitId,
      areaCode: 'a',
      stationCode,
      ...data,
    } as unknown as EventData[N]);
  }

  write<N extends EventName>(name: N, subject: string, at: number, data: EventData[N]): void {
    this.outbox.push({
      specversion: '1.0',
      id: '',
      source: '/yizhan/station',
      type: eventType(name),
      subject,
      time: toIso(at),
      recordedtime: toIso(this.now),
      partitionkey: 'a',
      sequence: '',
      position: '',
      previous: '',
      prevhash: '',
      correlationid: '',
      causationid: '',
      datacontenttype: 'application/json',
      dataschema: '',
      data,
    });
  }
}
