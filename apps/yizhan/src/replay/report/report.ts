import { type EventData, type EventName, type Flow, parseEventType, type YizhanEvent } from '@yizhan/contracts';
import { parseInstant, toIso } from '@yizhan/kernel';
import { distributionOf, Tally } from './figures.js';
import type { OpenVisit, ReplayFacts, ReplayReport } from './replay-report.js';
import { DriverFold } from './report-drivers.js';
import { newVisitFold, type VisitFold, whyOpen } from './report-visits.js';

interface FlowFold {
  swapped: number;
  released: number;
  readonly waiting: number[];
  readonly swaps: number[];
}

interface RunFold {
  readonly plate: string;
  readonly intoZoneVisitId: string | undefined;
  isOpen: boolean;
  isOverdue: boolean;
}

type Reactions = { readonly [N in EventName]?: (data: EventData[N], at: number, subject: string) => void };

/** Folds the log, one event after the other, into the figures of a replay. */
export class ReportFold {
  #events = 0;
  #firstAt: number | undefined;
  #lastAt = 0;
  readonly #visits = new Map<string, VisitFold>();
  readonly #runs = new Map<string, RunFold>();
  readonly #flows: Readonly<Record<Flow, FlowFold>> = {
    into_zone: { swapped: 0, released: 0, waiting: [], swaps: [] },
    out_of_zone: { swapped: 0, released: 0, waiting: [], swaps: [] },
  };
  readonly #turns: number[] = [];
  /** By the visit out of the zone, the one into it. */
  readonly #wentInWith = new Map<string, string>();
  readonly #drivers = new DriverFold();
  readonly #counts = new Tally();
  readonly #ended = new Tally();
  readonly #refused = new Tally();
  readonly #runsClosed = new Tally();
  readonly #exceptionsOpened = new Tally();
  readonly #exceptionsResolved = new Tally();
  readonly #rulesOfHandoff = new Map<string, Set<string>>();

  see(event: YizhanEvent): void {
    const at = parseInstant(event.time) ?? 0;
    this.#events += 1;
    this.#firstAt ??= at;
    this.#lastAt = Math.max(this.#lastAt, at);
    const name = parseEventType(event.type)?.name as EventName | undefined;
    const react = name && (this.#reactions[name] as ((data: unknown, at: number, subject: string) => void) | undefined);
    react?.(event.data, at, event.subject);
  }

  report({ visitIds, file, scenario, madeUp, seed, day }: ReplayFacts): ReplayReport {
    const rules = new Tally();
    for (const names of this.#rulesOfHandoff.values()) for (const name of names) rules.add(name);
    const open = [...this.#visits.values()]
      .filter((visit) => visit.arrivedAt !== undefined && visit.departedAt === undefined)
      .map(openVisit);
    return {
      scenario,
      madeUp,
      seed,
      day,
      file,
      from: this.#firstAt === undefined ? null : toIso(this.#firstAt),
      to: this.#firstAt === undefined ? null : toIso(this.#lastAt),
      events: this.#events,
      arrivals: this.#arrivals(visitIds),
      returns: this.#returns(),
      visits: { intoZone: this.#visitFigures('into_zone'), outOfZone: this.#visitFigures('out_of_zone') },
      turnSeconds: distributionOf(this.#turns),
      drivers: this.#drivers.at(this.#lastAt),
      assignments: {
        proposed: this.#counts.get('proposed'),
        assigned: this.#counts.get('assigned'),
        accepted: this.#counts.get('accepted'),
        ended: this.#ended.toObject(),
        refused: this.#refused.toObject(),
      },
      unassigned: {
        handoffs: this.#rulesOfHandoff.size,
        byRule: rules.toObject(),
        atEnd: open.filter(({ reason }) => reason.code === 'waits_for_driver'),
      },
      runs: { opened: this.#runs.size, closed: this.#runsClosed.toObject(), overdue: this.#counts.get('overdue') },
      queued: this.#counts.get('queued'),
      parked: this.#counts.get('parked'),
      exceptions: this.#exceptions(),
    };
  }

  #arrivals(visitIds: readonly string[]): ReplayReport['arrivals'] {
    const folds = visitIds.map((visitId) => this.#visits.get(visitId));
    const departed = folds.filter((visit) => visit?.departedAt !== undefined).length;
    const open = folds.filter((visit) => visit?.arrivedAt !== undefined && visit.departedAt === undefined);
    const cancelled = visitIds.flatMap((visitId, index) => {
      const visit = folds[index];
      if (visit?.cancelled !== undefined) return [{ visitId, reason: visit.cancelled }];
      return visit?.arrivedAt === undefined ? [{ visitId, reason: 'never_registered' }] : [];
    });
    return {
      rows: visitIds.length,
      departed,
      open: open.flatMap((visit) => (visit ? [openVisit(visit)] : [])),
      cancelled,
      isEveryRowAccountedFor: departed + open.length + cancelled.length === visitIds.length,
    };
  }

  #returns(): ReplayReport['returns'] {
    const visits = [...this.#visits.values()].filter(({ flow }) => flow === 'out_of_zone');
    const inZone = [...this.#runs].filter(([, { isOpen }]) => isOpen);
    return {
      wentIn: this.#runs.size,
      cameOut: visits.filter(({ departedAt }) => departedAt !== undefined).length,
      atStation: visits
        .filter(({ arrivedAt, departedAt }) => arrivedAt !== undefined && departedAt === undefined)
        .map(openVisit),
      inZone: inZone.map(([runId, { plate, isOverdue }]) => ({ runId, plate, isOverdue })),
    };
  }

  #visitFigures(flow: Flow): ReplayReport['visits']['intoZone'] {
    const visits = [...this.#visits.values()].filter((visit) => visit.flow === flow);
    const { swapped, released, waiting, swaps } = this.#flows[flow];
    const departed = new Tally();
    const dwell: number[] = [];
    for (const { outcome, arrivedAt, departedAt } of visits) {
      if (outcome === undefined || arrivedAt === undefined || departedAt === undefined) continue;
      departed.add(outcome);
      dwell.push((departedAt - arrivedAt) / 1_000);
    }
    return {
      arrived: visits.filter(({ arrivedAt }) => arrivedAt !== undefined).length,
      swapped,
      released,
      departed: departed.toObject(),
      cancelled: visits.filter(({ cancelled }) => cancelled !== undefined).length,
      waitingSeconds: distributionOf(waiting),
      swapSeconds: distributionOf(swaps),
      dwellSeconds: distributionOf(dwell),
    };
  }

  #exceptions(): ReplayReport['exceptions'] {
    const opened = Object.entries(this.#exceptionsOpened.toObject());
    return Object.fromEntries(
      opened.map(([code, count]) => [code, { opened: count, resolved: this.#exceptionsResolved.get(code) }]),
    );
  }

  readonly #reactions: Reactions = {
    'visit.announced': (data) => this.#visits.set(data.visitId, newVisitFold(data)),
    'visit.arrived': (data, at) => {
      const visit = this.#visits.get(data.visitId) ?? newVisitFold(data);
      visit.arrivedAt = at;
      this.#visits.set(data.visitId, visit);
    },
    'visit.queued': () => this.#counts.add('queued'),
    'visit.cancelled': ({ visitId, reason }) => this.#onVisit(visitId, (visit) => (visit.cancelled = reason)),
    'visit.checked': ({ visitId, passed, checks }) =>
      this.#onVisit(visitId, (visit) => {
        visit.failedChecks = checks.filter((each) => !each.passed).map(({ check }) => check);
        if (passed) visit.heldFor = undefined;
      }),
    'visit.departed': ({ visitId, outcome }, at) =>
      this.#onVisit(visitId, (visit) => {
        Object.assign(visit, { departedAt: at, outcome });
        if (visit.flow === 'out_of_zone') this.#cameOut(visit, at);
      }),
    'handoff.requested': ({ visitId }) => this.#setHandoff(visitId, 'requested'),
    'handoff.assigned': ({ visitId, driverId }, at) => {
      this.#counts.add('assigned');
      this.#drivers.assigned(driverId, at);
      this.#setHandoff(visitId, 'assigned');
    },
    'handoff.accepted': ({ visitId }) => {
      this.#counts.add('accepted');
      this.#setHandoff(visitId, 'accepted');
    },
    'handoff.assignment_ended': ({ visitId, driverId, reason }, at) => {
      this.#ended.add(reason);
      this.#drivers.isFree(driverId, at);
      this.#setHandoff(visitId, 'requested');
    },
    'handoff.started': ({ visitId }, at) =>
      this.#onVisit(visitId, (visit) => {
        // A second try after an aborted one is no second wait.
        if (visit.startedAt === undefined) this.#flows[visit.flow].waiting.push((at - (visit.arrivedAt ?? at)) / 1_000);
        Object.assign(visit, { startedAt: at, handoff: 'started' });
      }),
    'handoff.completed': (data, at) => this.#completed(data, parseInstant(data.custodyAt) ?? at),
    'handoff.aborted': ({ visitId }) => this.#setHandoff(visitId, 'aborted'),
    'cargo.held': ({ visitId, reasons }) =>
      this.#onVisit(visitId, (visit) => Object.assign(visit, { heldFor: reasons, isReleased: false })),
    'cargo.released': ({ visitId }) =>
      this.#onVisit(visitId, (visit) => {
        this.#flows[visit.flow].released += 1;
        visit.isReleased = true;
      }),
    'custody.moved': ({ from, to }, at) => {
      if (from.kind === 'driver') this.#drivers.isFree(from.id, at);
      if (to.kind === 'station') this.#counts.add('parked');
    },
    'run.opened': ({ runId, plate, intoZoneVisitId }) =>
      this.#runs.set(runId, { plate, intoZoneVisitId, isOpen: true, isOverdue: false }),
    'run.overdue': ({ runId }) => {
      this.#counts.add('overdue');
      const run = this.#runs.get(runId);
      if (run) run.isOverdue = true;
    },
    'run.closed': ({ runId, how, outOfZoneVisitId }) => {
      this.#runsClosed.add(how);
      const run = this.#runs.get(runId);
      if (!run) return;
      run.isOpen = false;
      if (outOfZoneVisitId && run.intoZoneVisitId) this.#wentInWith.set(outOfZoneVisitId, run.intoZoneVisitId);
    },
    'driver.enrolled': (data) => this.#drivers.enrolled(data),
    'driver.shift_started': ({ driverId }, at) => this.#drivers.shiftStarted(driverId, at),
    'driver.shift_ended': ({ driverId }, at) => this.#drivers.shiftEnded(driverId, at),
    'assignment.proposed': () => this.#counts.add('proposed'),
    'assignment.refused': ({ reason }) => this.#refused.add(reason),
    'assignment.withheld': ({ handoffId, visitId, blockers }) => {
      const names = this.#rulesOfHandoff.get(handoffId) ?? new Set();
      for (const { rule } of blockers) names.add(rule);
      this.#rulesOfHandoff.set(handoffId, names);
      this.#onVisit(visitId, (visit) => (visit.blockers = blockers));
    },
    'exception.opened': ({ code }) => this.#exceptionsOpened.add(code),
    'exception.resolved': ({ code }) => this.#exceptionsResolved.add(code),
  };

  #onVisit(visitId: string, react: (visit: VisitFold) => void): void {
    const visit = this.#visits.get(visitId);
    if (visit) react(visit);
  }

  #setHandoff(visitId: string, handoff: VisitFold['handoff']): void {
    this.#onVisit(visitId, (visit) => (visit.handoff = handoff));
  }

  #completed({ visitId, toDriverId, from }: EventData['handoff.completed'], custodyAt: number): void {
    if (from.kind === 'driver') this.#drivers.isFree(from.id, custodyAt);
    this.#drivers.tookOver(toDriverId);
    this.#onVisit(visitId, (visit) => {
      const flow = this.#flows[visit.flow];
      flow.swapped += 1;
      flow.swaps.push((custodyAt - (visit.startedAt ?? custodyAt)) / 1_000);
      visit.handoff = 'completed';
    });
  }

  /** The turn is over: the run that this visit has closed says which visit began it. */
  #cameOut({ visitId }: VisitFold, at: number): void {
    const arrivedAt = this.#visits.get(this.#wentInWith.get(visitId) ?? '')?.arrivedAt;
    if (arrivedAt !== undefined) this.#turns.push((at - arrivedAt) / 1_000);
  }
}

function openVisit(visit: VisitFold): OpenVisit {
  const { visitId, plate, stationCode } = visit;
  return { visitId, plate, stationCode, reason: whyOpen(visit) };
}
