import { isEvent, type Flow, type YizhanEvent } from '@yizhan/contracts';

/** What happened in a log, event by event, in the plainest way: slow, and obviously right. It shares no code with the reports. */
export class ReportReference {
  readonly #events: readonly YizhanEvent[];

  /** @param strandedAfterMillis of the one policy of the log */
  constructor(
    events: readonly YizhanEvent[],
    private readonly strandedAfterMillis: number,
  ) {
    const takenBack = events.flatMap((event) =>
      isEvent(event, 'record.retracted') ? [event.data.retractedEventId] : [],
    );
    this.#events = events.filter(({ id }) => !takenBack.includes(id));
  }

  /** The figures of the stations named, as the report has them. */
  daily(isOurs: (stationCode: string) => boolean, from: number, to: number, now: number) {
    const visits = this.#visits().filter((visit) => isOurs(visit.stationCode));
    const arrived = visits.filter(({ arrivedAt }) => arrivedAt >= from && arrivedAt < to);
    const departed = visits.filter(
      ({ departedAt }) => departedAt !== undefined && departedAt >= from && departedAt < to,
    );
    const swaps = this.#swaps().filter((swap) => isOurs(swap.stationCode) && swap.at >= from && swap.at < to);
    const thereAt = (at: number) =>
      count(
        visits.filter((visit) => visit.arrivedAt < at && !(visit.departedAt !== undefined && visit.departedAt < at)),
      );
    const ended = (outcome: string) => departed.filter((visit) => visit.outcome === outcome);
    const happened = (name: 'handoff.aborted' | 'cargo.held') =>
      count(
        this.#events
          .filter((event) => isEvent(event, name))
          .map((event) => ({
            at: Date.parse(event.time),
            data: event.data as { visitId: string; stationCode: string },
          }))
          .filter(({ at, data }) => isOurs(data.stationCode) && at >= from && at < to)
          .map(({ data }) => ({ flow: this.#visits().find((visit) => visit.visitId === data.visitId)!.flow })),
      );
    const brought = arrived.map(({ broughtBy }) => broughtBy);
    const tookOver = swaps.map((swap) => swap.toDriverId);
    return {
      presentAtStart: thereAt(from),
      arrived: count(arrived),
      departed: count(departed),
      presentAtEnd: thereAt(to),
      outcomes: {
        swapped: count(ended('swapped')),
        no_swap_needed: count(ended('no_swap_needed')),
        turned_away: count(ended('turned_away')),
        redirected: count(ended('redirected')),
      },
      swaps: count(swaps),
      abortedHandoffs: happened('handoff.aborted'),
      cargoHeld: happened('cargo.held'),
      cargo: cargo([...ended('swapped'), ...ended('no_swap_needed')]),
      drivers: {
        brought: this.#bySide(brought, to),
        tookOver: this.#bySide(tookOver, to),
        all: this.#bySide([...brought, ...tookOver], to),
      },
      stranded: visits
        .filter(({ arrivedAt }) => arrivedAt < to)
        .filter(({ departedAt }) => departedAt === undefined || departedAt >= from)
        .map((visit) => ({ ...visit, until: Math.min(visit.departedAt ?? Infinity, to, now) }))
        .filter(({ arrivedAt, until }) => until - arrivedAt > this.strandedAfterMillis)
        .map(({ plate, until, arrivedAt }) => ({ plate, waitedSeconds: Math.floor((until - arrivedAt) / 1_000) })),
      turnedAway: reasons(ended('turned_away')),
      redirected: reasons(ended('redirected')),
      runs: this.#runFigures(isOurs, from, to),
      exceptions: this.#exceptionFigures(isOurs, from, to),
    };
  }

  /** Plates, instants and custodians of the trucks that were there. */
  ledger(isOurs: (stationCode: string) => boolean, from: number, to: number) {
    return this.#visits()
      .filter(({ stationCode, arrivedAt }) => isOurs(stationCode) && arrivedAt < to)
      .filter(({ departedAt }) => departedAt === undefined || departedAt >= from)
      .toSorted((one, other) => one.arrivedAt - other.arrivedAt || (one.visitId < other.visitId ? -1 : 1))
      .map(({ visitId, plate, arrivedAt, departedAt, broughtBy, leftWith }) => {
        return { visitId, plate, arrivedAt, departedAt, broughtBy, leftWith };
      });
  }

  /** By driver: trucks brought, taken over and handed over, runs and shifts, and their seconds. */
  drivers(isOurs: (stationCode: string) => boolean, from: number, to: number, now: number) {
    const entries: Record<string, Record<string, number>> = {};
    const add = (driverId: string, name: string, amount: number) => {
      entries[driverId] ??= {
        brought: 0,
        tookOver: 0,
        handedOver: 0,
        runs: 0,
        runSeconds: 0,
        shifts: 0,
        shiftSeconds: 0,
      };
      entries[driverId][name] = (entries[driverId][name] ?? 0) + amount;
    };
    const seconds = (begins: number, ends: number | undefined) =>
      Math.max(0, Math.floor((Math.min(ends ?? now, to) - Math.max(begins, from)) / 1_000));
    for (const visit of this.#visits()) {
      if (isOurs(visit.stationCode) && visit.arrivedAt >= from && visit.arrivedAt < to)
        add(visit.broughtBy, 'brought', 1);
    }
    for (const swap of this.#swaps()) {
      if (!isOurs(swap.stationCode) || swap.at < from || swap.at >= to) continue;
      add(swap.toDriverId, 'tookOver', 1);
      if (swap.fromDriverId !== undefined) add(swap.fromDriverId, 'handedOver', 1);
    }
    for (const run of this.#runs()) {
      if (!isOurs(run.stationCode) || run.openedAt >= to || (run.closedAt !== undefined && run.closedAt < from))
        continue;
      add(run.driverId, 'runs', run.openedAt >= from ? 1 : 0);
      add(run.driverId, 'runSeconds', seconds(run.openedAt, run.closedAt));
    }
    for (const shift of this.#shifts()) {
      if (!isOurs(shift.stationCode) || shift.startedAt >= to || (shift.endedAt !== undefined && shift.endedAt < from))
        continue;
      add(shift.driverId, 'shifts', 1);
      add(shift.driverId, 'shiftSeconds', seconds(shift.startedAt, shift.endedAt));
    }
    return entries;
  }

  #visits() {
    const visits: Visit[] = [];
    for (const event of this.#events) {
      if (isEvent(event, 'visit.arrived')) {
        const { visitId, stationCode, flow, truck, custodian, consignments } = event.data;
        const arrivedAt = Date.parse(event.data.arrivedAt);
        visits.push({
          visitId,
          stationCode,
          flow,
          plate: truck.plate,
          broughtBy: custodian.id,
          arrivedAt,
          consignments,
          reasons: [],
        });
      }
      if (isEvent(event, 'visit.departed')) {
        const visit = visits.find(({ visitId }) => visitId === event.data.visitId)!;
        visit.departedAt = Date.parse(event.data.departedAt);
        visit.outcome = event.data.outcome;
        visit.leftWith = event.data.custodian.id;
        visit.reasons = event.data.reasons ?? [];
      }
    }
    return visits;
  }

  #swaps() {
    return this.#events.flatMap((event) => {
      if (!isEvent(event, 'handoff.completed')) return [];
      const { stationCode, visitId, from, toDriverId, custodyAt } = event.data;
      const { flow } = this.#visits().find((visit) => visit.visitId === visitId)!;
      const fromDriverId = from.kind === 'driver' ? from.id : undefined;
      return [{ stationCode, flow, fromDriverId, toDriverId, at: Date.parse(custodyAt) }];
    });
  }

  #runs() {
    const runs: Run[] = [];
    for (const event of this.#events) {
      if (isEvent(event, 'run.opened')) {
        const { runId, driverId, intoZoneVisitId } = event.data;
        const stationCode = this.#visits().find(({ visitId }) => visitId === intoZoneVisitId)!.stationCode;
        runs.push({ runId, driverId, stationCode, openedAt: Date.parse(event.time) });
      }
      const run = runs.find(({ runId }) => runId === (event.data as { runId?: string }).runId);
      if (run && isEvent(event, 'run.overdue')) run.overdueAt = Date.parse(event.time);
      if (run && isEvent(event, 'run.closed')) {
        run.closedAt = Date.parse(event.time);
        run.how = event.data.how;
      }
    }
    return runs;
  }

  #runFigures(isOurs: (stationCode: string) => boolean, from: number, to: number) {
    const runs = this.#runs().filter(({ stationCode }) => isOurs(stationCode));
    const within = (at: number | undefined) => at !== undefined && at >= from && at < to;
    return {
      opened: runs.filter(({ openedAt }) => within(openedAt)).length,
      returned: runs.filter(({ closedAt, how }) => within(closedAt) && how === 'returned').length,
      closedOtherwise: runs.filter(({ closedAt, how }) => within(closedAt) && how !== 'returned').length,
      overdue: runs.filter(({ overdueAt }) => within(overdueAt)).length,
      outAtEnd: runs.filter(({ openedAt, closedAt }) => openedAt < to && !(closedAt !== undefined && closedAt < to))
        .length,
    };
  }

  #exceptionFigures(isOurs: (stationCode: string) => boolean, from: number, to: number) {
    const opened = this.#events.flatMap((event) => {
      if (!isEvent(event, 'exception.opened')) return [];
      const { exceptionId, code, owner, visitId, runId } = event.data;
      const ofVisit = this.#visits().find((visit) => visit.visitId === visitId)?.stationCode;
      const ofRun = this.#runs().find((run) => run.runId === runId)?.stationCode;
      const resolution = this.#events.find(
        (other) => isEvent(other, 'exception.resolved') && other.data.exceptionId === exceptionId,
      );
      const resolvedAt = resolution && Date.parse(resolution.time);
      return [{ code, stationCode: ofVisit ?? ofRun ?? owner, openedAt: Date.parse(event.time), resolvedAt }];
    });
    const known = opened
      .filter(({ stationCode, openedAt }) => isOurs(stationCode) && openedAt < to)
      .filter(({ resolvedAt }) => resolvedAt === undefined || resolvedAt >= from);
    return [...new Set(known.map(({ code }) => code))].toSorted().map((code) => {
      const ofCode = known.filter((each) => each.code === code);
      return {
        code,
        opened: ofCode.filter(({ openedAt }) => openedAt >= from).length,
        resolved: ofCode.filter(({ resolvedAt }) => resolvedAt !== undefined && resolvedAt < to).length,
        open: ofCode.filter(({ resolvedAt }) => !(resolvedAt !== undefined && resolvedAt < to)).length,
      };
    });
  }

  #shifts() {
    const shifts: { driverId: string; stationCode: string; startedAt: number; endedAt?: number }[] = [];
    for (const event of this.#events) {
      if (isEvent(event, 'driver.shift_started')) {
        const { driverId, stationCode } = event.data;
        shifts.push({ driverId, stationCode, startedAt: Date.parse(event.time) });
      }
      if (isEvent(event, 'driver.shift_ended')) {
        const open = shifts.find((shift) => shift.driverId === event.data.driverId && shift.endedAt === undefined)!;
        open.endedAt = Date.parse(event.time);
      }
    }
    return shifts;
  }

  #bySide(driverIds: readonly string[], to: number) {
    const sides = new Map<string, 'inside' | 'outside'>();
    for (const event of this.#events) {
      if (Date.parse(event.time) >= to) continue;
      if (!isEvent(event, 'driver.enrolled') && !isEvent(event, 'driver.side_changed')) continue;
      sides.set(event.data.driverId, event.data.insideZoneId === null ? 'outside' : 'inside');
    }
    const persons = [...new Set(driverIds)].map((driverId) => sides.get(driverId));
    return {
      inside: persons.filter((side) => side === 'inside').length,
      outside: persons.filter((side) => side === 'outside').length,
    };
  }
}

interface Visit {
  visitId: string;
  stationCode: string;
  flow: Flow;
  plate: string;
  broughtBy: string;
  leftWith?: string;
  arrivedAt: number;
  departedAt?: number;
  outcome?: string;
  reasons: readonly string[];
  consignments: readonly { category: string; tonnes?: number }[];
}

interface Run {
  runId: string;
  driverId: string;
  stationCode: string;
  openedAt: number;
  closedAt?: number;
  overdueAt?: number;
  how?: string;
}

const count = (items: readonly { flow: Flow }[]) => ({
  into_zone: items.filter(({ flow }) => flow === 'into_zone').length,
  out_of_zone: items.filter(({ flow }) => flow === 'out_of_zone').length,
});

function cargo(visits: readonly Visit[]) {
  const loads = visits.flatMap(({ flow, consignments }) => consignments.map((load) => ({ ...load, flow })));
  return [...new Set(loads.map(({ category }) => category))].toSorted().map((category) => {
    const ofCategory = loads.filter((load) => load.category === category);
    const kilograms = (flow: Flow) =>
      ofCategory
        .filter((load) => load.flow === flow)
        .reduce((sum, { tonnes = 0 }) => sum + Math.round(tonnes * 1_000), 0);
    return {
      category,
      consignments: count(ofCategory),
      tonnes: { into_zone: kilograms('into_zone') / 1_000, out_of_zone: kilograms('out_of_zone') / 1_000 },
      withoutTonnes: count(ofCategory.filter(({ tonnes }) => tonnes === undefined)),
    };
  });
}

function reasons(visits: readonly Visit[]) {
  const all = visits.flatMap((visit) => (visit.reasons.length === 0 ? ['not_given'] : visit.reasons));
  return [...new Set(all)]
    .toSorted()
    .map((reason) => ({ reason, trucks: all.filter((each) => each === reason).length }));
}
