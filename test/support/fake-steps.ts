import { toIso } from '@yizhan/kernel';
import type { Step, StepInputs } from '../../apps/yizhan/src/replay/people/steps.js';
import type { FakeStation, FakeVisit } from './fake-station.js';

type FakeSteps = { readonly [S in Step]: (input: StepInputs[S], at: number) => void };

/** What each step does to a station in memory. */
export function fakeSteps(station: FakeStation): FakeSteps {
  return {
    createArea: () => undefined,
    publishPolicy: ({ policyId }, at) =>
      station.write('policy.published', `policy/${policyId}`, at, { id: policyId, version: '1', rules: {} }),
    activateZone: ({ areaCode: _areaCode, startsAt, ...zone }, at) =>
      station.write('zone.activated', `zone/${zone.zoneId}`, at, { ...zone, startsAt: toIso(startsAt) }),
    openStation: ({ name: _name, ...opened }, at) =>
      station.write('station.opened', `station/${opened.stationCode}`, at, opened),
    registerCarrier: () => undefined,
    registerEnterprise: ({ enterpriseId }, at) =>
      station.write('enterprise.readiness_changed', `enterprise/${enterpriseId}`, at, {
        enterpriseId,
        readiness: 'willing',
        willing: true,
        ready: false,
        activated: false,
        ended: false,
      }),
    enrolDriver: ({ driverId, insideZoneId, licences, homeStationCode, carrierId }, at) => {
      const [licence = 'C1'] = licences;
      station.refuseIf(station.drivers.has(driverId), 'DRIVER.ALREADY_ENROLLED');
      station.drivers.set(driverId, { driverId, inside: insideZoneId !== null, licence, stationCode: homeStationCode });
      station.write('driver.enrolled', `driver/${driverId}`, at, {
        driverId,
        insideZoneId,
        licences,
        homeStationCode,
        carrierId,
      });
    },
    grantCredential: ({ driverId, validFrom, validUntil, ...rest }, at) => {
      const data = { driverId, validFrom: toIso(validFrom), validUntil: toIso(validUntil), ...rest };
      station.write('driver.credential_granted', `driver/${driverId}`, at, data);
    },
    startShift: ({ driverId, stationCode, endsAt }, at) => {
      const driver = station.driver(driverId);
      station.refuseIf(driver.shiftEndsAt !== undefined, 'SHIFT.STARTED');
      Object.assign(driver, { shiftEndsAt: endsAt, stationCode });
      station.write('driver.shift_started', `driver/${driverId}`, at, { driverId, stationCode, endsAt: toIso(endsAt) });
    },
    endShift: ({ driverId }, at) => {
      const driver = station.driver(driverId);
      station.refuseIf(station.handoffs.has(driver.busy ?? ''), 'DRIVER.ASSIGNED');
      driver.shiftEndsAt = undefined;
      station.write('driver.shift_ended', `driver/${driverId}`, at, {
        driverId,
        stationCode: driver.stationCode ?? '',
      });
    },
    registerArrival: ({ visitId, stationCode, flow, truck, carrierId, driverId, ...rest }, at) => {
      station.refuseIf(station.visits.has(visitId), 'VISIT.ALREADY_EXISTS');
      const runId = station.runOfPlate.get(truck.plate);
      const run = station.runs.get(runId ?? '');
      station.refuseIf(run !== undefined && run.driverId !== driverId, 'CUSTODY.NOT_THE_CUSTODIAN');
      const custodian = { kind: 'driver', id: driverId } as const;
      const visit: FakeVisit = {
        visitId,
        stationCode,
        flow,
        plate: truck.plate,
        licence: truck.licenceRequired,
        ...(runId ? { runId } : {}),
        custodian,
        isPassed: false,
        isHeld: false,
        isReleased: false,
      };
      station.visits.set(visitId, visit);
      station.driver(driverId).stationCode = stationCode;
      station.ofVisit('visit.arrived', visit, at, {
        flow,
        truck,
        carrierId,
        custodian,
        arrivedAt: toIso(at),
        runId,
        ...rest,
      });
      if (!run || !runId) return;
      run.isOpen = false;
      station.write('run.closed', `run/${runId}`, at, {
        runId,
        how: 'returned',
        plate: truck.plate,
        outOfZoneVisitId: visitId,
      });
    },
    checkVisit: ({ visitId, checks }, at) => {
      const visit = station.visit(visitId);
      const passed = checks.every((check) => check.passed);
      visit.isPassed = passed;
      if (passed) visit.isHeld = false;
      station.ofVisit('visit.checked', visit, at, { passed, checks, policy: { id: 'cn-freight', version: '1' } });
      if (!passed || visit.handoff) return;
      const handoffId = `h${(station.count += 1)}`;
      visit.handoff = { handoffId, visitId, state: 'requested', declinedBy: new Set(), assignmentNo: 0 };
      station.handoffs.set(handoffId, visit.handoff);
      station.waiting.add(handoffId);
      const requirements = { licence: visit.licence, certificates: [] };
      station.ofVisit('handoff.requested', visit, at, { handoffId, readyAt: toIso(at), requirements });
    },
    queueVisit: ({ visitId, queue }, at) => {
      const visit = station.visit(visitId);
      station.ofVisit('visit.queued', visit, at, { plate: visit.plate, ticketNo: 'N1', queue, queuedAt: toIso(at) });
    },
    callVisit: ({ visitId, bayCode }, at) =>
      station.ofVisit('visit.called', station.visit(visitId), at, { bayCode, calledAt: toIso(at) }),
    holdCargo: ({ visitId, reasons }, at) => station.hold(station.visit(visitId), reasons, at),
    releaseCargo: ({ visitId }, at) => station.release(station.visit(visitId), at),
    departVisit: ({ visitId, outcome, dueBackAt }, at) => {
      const visit = station.visit(visitId);
      station.refuseIf(outcome === 'swapped' && !visit.isReleased, 'CARGO.NOT_RELEASED');
      station.visits.delete(visitId);
      const data = { outcome, custodian: visit.custodian, departedAt: toIso(at) };
      const goesIn = visit.flow === 'into_zone' && outcome === 'swapped';
      const runId = `r-${visitId}`;
      station.ofVisit('visit.departed', visit, at, { ...data, ...(goesIn ? { runId } : {}) });
      if (!goesIn) return;
      const driverId = visit.custodian.id;
      station.runs.set(runId, { plate: visit.plate, driverId, visitId, isOpen: true });
      station.runOfPlate.set(visit.plate, runId);
      const run = { runId, direction: 'in_first', plate: visit.plate, driverId, intoZoneVisitId: visitId } as const;
      station.write('run.opened', `run/${runId}`, at, { ...run, dueBackAt: toIso(dueBackAt ?? at) });
    },
    acceptAssignment: ({ handoffId, driverId }, at) => {
      const { handoff, visit } = station.live(handoffId, 'assigned');
      station.refuseIf(handoff.driverId !== driverId, 'HANDOFF.OTHER_DRIVER');
      handoff.state = 'accepted';
      station.timers.delete(`expiry/${handoffId}`);
      station.ofVisit('handoff.accepted', visit, at, { handoffId, driverId });
    },
    declineAssignment: ({ handoffId }, at) => {
      const { handoff, visit } = station.live(handoffId, 'assigned');
      station.endAssignment(visit, handoff, 'declined', at);
    },
    reportNoShow: ({ handoffId }, at) => {
      const { handoff, visit } = station.live(handoffId, 'accepted');
      station.endAssignment(visit, handoff, 'no_show', at);
    },
    startHandoff: ({ handoffId, bayCode, authorisation }, at) => {
      const { handoff, visit } = station.live(handoffId, 'accepted');
      station.refuseIf(visit.isHeld || !visit.isPassed, 'CARGO.HELD');
      const isTaken = [...station.visits.values()].some(
        (other) =>
          other.handoff?.state === 'started' &&
          other.stationCode === visit.stationCode &&
          other.handoff.bayCode === bayCode,
      );
      station.refuseIf(isTaken, 'BAY.OCCUPIED');
      Object.assign(handoff, { state: 'started', bayCode });
      station.ofVisit('handoff.started', visit, at, {
        handoffId,
        driverId: handoff.driverId ?? '',
        bayCode,
        startedAt: toIso(at),
        authorisation,
      });
    },
    completeHandoff: ({ handoffId, ...evidence }, at) => {
      const { handoff, visit } = station.live(handoffId, 'started');
      const [offgoing] = evidence.signatures;
      station.refuseIf(
        visit.custodian.kind === 'driver' && offgoing?.personId !== visit.custodian.id,
        'HANDOFF.SIGNATURES',
      );
      const { driverId: toDriverId = '', bayCode = '' } = handoff;
      const from = visit.custodian;
      station.free(from);
      handoff.state = 'completed';
      station.driver(toDriverId).busy = visit.plate;
      visit.custodian = { kind: 'driver', id: toDriverId };
      station.ofVisit('handoff.completed', visit, at, {
        handoffId,
        from,
        toDriverId,
        bayCode,
        custodyAt: toIso(at),
        ...evidence,
      });
      if (!visit.isHeld) station.release(visit, at);
    },
    abortHandoff: ({ handoffId, reason }, at) => {
      const { handoff, visit } = station.live(handoffId, 'started');
      station.driver(handoff.driverId ?? '').busy = undefined;
      visit.handoff = undefined;
      station.handoffs.delete(handoffId);
      station.ofVisit('handoff.aborted', visit, at, { handoffId, reason });
      station.hold(visit, [reason], at);
    },
    moveCustody: ({ plate, from, to, place, reason, items }, at) => {
      const visit = [...station.visits.values()].find((each) => each.plate === plate);
      station.refuseIf(
        visit?.custodian.id !== from.id || visit.handoff?.state === 'started',
        'CUSTODY.NOT_THE_CUSTODIAN',
      );
      station.free(from);
      if (visit) visit.custodian = to;
      station.write('custody.moved', `truck/${plate}`, at, {
        plate,
        from,
        to,
        place,
        reason,
        items,
        custodyAt: toIso(at),
      });
    },
    planReturn: ({ runId, returnDriverId, wait }, at) => {
      const run = station.runs.get(runId);
      station.refuseIf(!run || (returnDriverId !== undefined && !station.drivers.has(returnDriverId)), 'RUN.NOT_FOUND');
      if (run) run.returnDriverId = returnDriverId;
      station.write('run.return_planned', `run/${runId}`, at, {
        runId,
        wait,
        ...(returnDriverId ? { returnDriverId } : {}),
      });
    },
    recordRunStep: ({ runId, step, enterpriseId }, at) => {
      station.refuseIf(!station.runs.get(runId)?.isOpen, 'RUN.CLOSED');
      station.write(`run.${step}`, `run/${runId}`, at, { runId, enterpriseId, at: toIso(at) });
    },
  };
}
