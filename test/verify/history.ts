import type { Fields } from './log-builder.js';
import { driver, JourneyHistory, type Who } from './journey-history.js';
import { POLICY, RULES } from './network-history.js';

export { driver, enterprise, station } from './journey-history.js';

/** Tells a history in the words of the contract; every method takes the truck's plate and, last, fields to add or change. */
export class History extends JourneyHistory {
  /** The truck comes in at the gate, by default into the zone at Jindong. */
  arrive(plate: string, by: string, more: Fields = {}): this {
    const before = this.journeys.get(plate);
    const visits = (before?.visits ?? 0) + 1;
    const code = textOr(more['stationCode'], 'JD');
    const flow = textOr(more['flow'], 'into_zone');
    const visit = `V-${plate}-${visits}`;
    this.journeys.set(plate, {
      visit,
      station: code,
      flow,
      handoff: '',
      driver: by,
      bay: 'B1',
      run: before?.run,
      visits,
      handoffs: 0,
    });
    this.custodians.set(plate, driver(by));
    const truck = { plate, plateColour: 'yellow', licenceRequired: 'A2' };
    const consignments = [{ id: `K-${visit}`, enterpriseId: 'E1', category: 'parts' }];
    const data = {
      zoneId: 'YW',
      flow,
      truck,
      carrierId: 'C1',
      custodian: driver(by),
      arrivedAt: this.now(),
      priority: 1,
      consignments,
    };
    return this.visitEvent('visit.arrived', plate, { ...data, ...more });
  }

  /** The truck comes out of the zone; its run is closed. */
  comeOut(plate: string, by: string, more: Fields = {}): this {
    const { run } = this.journey(plate);
    this.arrive(plate, by, { flow: 'out_of_zone', ...(run ? { runId: run } : {}), ...more });
    return run ? this.closeRun(plate, { how: 'returned', outOfZoneVisitId: this.journey(plate).visit }) : this;
  }

  check(plate: string, more: Fields = {}): this {
    return this.visitEvent('visit.checked', plate, { passed: true, checks: [], policy: POLICY, ...more });
  }

  hold(plate: string, reason = 'seal_mismatch', more: Fields = {}): this {
    return this.visitEvent('cargo.held', plate, { reasons: [reason], ...more });
  }

  lift(plate: string, holdId: string): this {
    return this.visitEvent('cargo.hold_lifted', plate, { holdId, reasons: ['papers'], reason: 'settled' });
  }

  request(plate: string, more: Fields = {}): this {
    const journey = this.journey(plate);
    journey.handoffs += 1;
    journey.handoff = `H-${journey.visit.slice(2)}-${journey.handoffs}`;
    return this.handoffEvent('handoff.requested', plate, {
      readyAt: this.now(),
      requirements: { licence: 'A2', certificates: [] },
      ...more,
    });
  }

  propose(plate: string, driverId: string, decisionId: string, more: Fields = {}): this {
    const { visit, handoff } = this.journey(plate);
    const expiresAt = new Date(Date.parse(this.now()) + 60_000).toISOString();
    const data = {
      handoffId: handoff,
      visitId: visit,
      driverId,
      plannedStartAt: this.now(),
      decisionId,
      epoch: 1,
      basedOnPosition: '1',
      expiresAt,
      alternatives: [],
    };
    return this.event('assignment.proposed', `assignment/${handoff}`, { ...data, ...more });
  }

  withhold(plate: string, blockers: Fields[] = [{ rule: 'licence', drivers: 2 }]): this {
    const { visit, handoff } = this.journey(plate);
    return this.event('assignment.withheld', `assignment/${handoff}`, { handoffId: handoff, visitId: visit, blockers });
  }

  refuse(plate: string, driverId: string, decisionId: string): this {
    return this.handoffEvent('assignment.refused', plate, { driverId, decisionId, reason: 'older_epoch' });
  }

  assign(plate: string, driverId: string, more: Fields = {}): this {
    const journey = this.journey(plate);
    journey.driver = driverId;
    const isReturnPlanned = journey.flow === 'into_zone';
    const plannedReturnAt = new Date(Date.parse(this.now()) + 3_600_000).toISOString();
    const clock = { continuousSeconds: 0, drivingSeconds24h: 0 };
    const data = {
      driverId,
      plannedStartAt: this.now(),
      ...(isReturnPlanned ? { plannedReturnAt } : {}),
      assignedBy: 'operator',
      clock,
      policy: POLICY,
      overrides: [],
    };
    return this.handoffEvent('handoff.assigned', plate, { ...data, ...more });
  }

  override(plate: string, what: 'requested' | 'approved' | 'refused', data: Fields): this {
    return this.handoffEvent(`handoff.override_${what}`, plate, data);
  }

  accept(plate: string): this {
    return this.handoffEvent('handoff.accepted', plate, { driverId: this.journey(plate).driver });
  }

  endAssignment(plate: string, reason: string, more: Fields = {}): this {
    return this.handoffEvent('handoff.assignment_ended', plate, {
      driverId: this.journey(plate).driver,
      reason,
      ...more,
    });
  }

  start(plate: string, bayCode = 'B1', more: Fields = {}): this {
    const journey = this.journey(plate);
    journey.bay = bayCode;
    const authorisation = { carrierId: 'C1', by: 'dispatcher-1', at: this.now() };
    return this.handoffEvent('handoff.started', plate, {
      driverId: journey.driver,
      bayCode,
      startedAt: this.now(),
      authorisation,
      ...more,
    });
  }

  complete(plate: string, more: Fields = {}): this {
    const journey = this.journey(plate);
    const signatures = ['offgoing', 'oncoming', 'witness'].map((role) => ({
      role,
      personId: role,
      signedAt: this.now(),
      method: 'pin',
    }));
    const data = {
      from: this.custodian(plate),
      toDriverId: journey.driver,
      bayCode: journey.bay,
      custodyAt: this.now(),
      signatures,
      items: [],
      photos: [],
      reservations: [],
    };
    this.custodians.set(plate, driver(journey.driver));
    return this.handoffEvent('handoff.completed', plate, { ...data, ...more });
  }

  abort(plate: string, reason = 'seal_mismatch'): this {
    return this.handoffEvent('handoff.aborted', plate, { reason });
  }

  release(plate: string, more: Fields = {}): this {
    const consignmentIds = [`K-${this.journey(plate).visit}`];
    return this.handoffEvent('cargo.released', plate, {
      consignmentIds,
      releasedAt: this.now(),
      policy: POLICY,
      ...more,
    });
  }

  depart(plate: string, outcome = 'swapped', more: Fields = {}): this {
    return this.visitEvent('visit.departed', plate, {
      outcome,
      custodian: this.custodian(plate),
      departedAt: this.now(),
      ...more,
    });
  }

  /** Custody moves outside a swap. */
  move(plate: string, from: Who, to: Who, more: Fields = {}): this {
    this.custodians.set(plate, to);
    return this.event('custody.moved', `truck/${plate}`, {
      plate,
      from,
      to,
      custodyAt: this.now(),
      place: 'JD',
      reason: 'nobody_there',
      items: [],
      ...more,
    });
  }

  openRun(plate: string, driverId: string, more: Fields = {}): this {
    const journey = this.journeys.get(plate);
    const run = `RUN-${plate}-${journey?.visits ?? 0}`;
    const intoZone = journey ? { intoZoneVisitId: journey.visit } : {};
    this.journeys.set(plate, {
      ...(journey ?? {
        visit: '',
        station: 'JD',
        flow: '',
        handoff: '',
        driver: driverId,
        bay: 'B1',
        visits: 0,
        handoffs: 0,
      }),
      run,
    });
    return this.event('run.opened', `run/${run}`, { direction: 'in_first', plate, driverId, ...intoZone, ...more });
  }

  planReturn(plate: string, returnDriverId: string): this {
    return this.event('run.return_planned', `run/${this.journey(plate).run}`, { returnDriverId, wait: 'station' });
  }

  closeRun(plate: string, data: Fields): this {
    const journey = this.journey(plate);
    const run = journey.run;
    journey.run = undefined;
    return this.event('run.closed', `run/${run}`, data);
  }

  openException(plate: string, code: string): this {
    return this.visitEvent('exception.opened', plate, { exceptionId: `X-${plate}-${code}`, code, owner: 'JD' });
  }

  /** Takes back the latest event of a type, of a subject where one is named. */
  retract(name: string, more: Fields = {}, of?: string): this {
    const { id, subject } = this.latest(name, of);
    return this.event('record.retracted', subject, { retractedEventId: id, reason: 'did_not_occur', ...more });
  }

  /** At the station and ready: arrived, checked, requested. */
  ready(plate: string, by: string, more: Fields = {}): this {
    return this.arrive(plate, by, more).check(plate).request(plate);
  }

  /** Assigned and accepted. */
  give(plate: string, driverId: string, more: Fields = {}): this {
    return this.assign(plate, driverId, more).accept(plate);
  }

  /** The whole swap, from assignment to custody. */
  swap(plate: string, driverId: string, bay = 'B1'): this {
    return this.give(plate, driverId).start(plate, bay).wait(300).complete(plate);
  }

  /** From the outside gate into the zone, with a run. */
  goIn(plate: string, by: string, relay: string, more: Fields = {}): this {
    return this.ready(plate, by, more).swap(plate, relay).release(plate).depart(plate).openRun(plate, relay);
  }

  /** From the zone to the road, with the run closed. */
  goOut(plate: string, relay: string, by: string, more: Fields = {}): this {
    return this.comeOut(plate, relay, more).check(plate).request(plate).swap(plate, by).release(plate).depart(plate);
  }
}

function textOr(value: unknown, otherwise: string): string {
  return typeof value === 'string' ? value : otherwise;
}

/** One area with a zone, the stations Jindong and Pujiang, inside drivers R1 and R2 and outside drivers O1 and O2. */
export function history(rules: Fields = {}): History {
  return new History()
    .policy({ ...RULES, ...rules })
    .zone('YW')
    .station('JD', ['B1', 'B2'])
    .station('PJ', ['B1'])
    .insider('R1')
    .insider('R2')
    .outsider('O1')
    .outsider('O2')
    .at('09:00');
}
