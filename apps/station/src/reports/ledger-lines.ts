import type { Party } from '@yizhan/contracts';
import type { SheetLine } from '../report-sheets/sheet.js';
import type { DisinfectionEntry } from './disinfection-ledger.js';
import type { DriverEntry } from './driver-ledger.js';
import type { ReportedVisit } from './visits-of-period.js';

/** One line of 车辆进出台账. */
export function visitLine(visit: ReportedVisit): SheetLine {
  const { arrivedAt, departedAt, consignments } = visit;
  const tonnes = consignments.reduce((sum, consignment) => sum + (consignment.tonnes ?? 0), 0);
  return {
    stationCode: visit.stationCode,
    plate: visit.plate,
    flow: visit.flow,
    arrivedAt,
    broughtBy: nameOf(visit.broughtBy),
    departedAt,
    leftWith: nameOf(visit.leftWith),
    outcome: visit.outcome,
    reasons: visit.reasons.length > 0 ? visit.reasons.join(' ') : null,
    stayMinutes: departedAt === null ? null : Math.round((departedAt - arrivedAt) / 60_000),
    carrierId: visit.carrierId,
    tonnes: Math.round(tonnes * 1_000) / 1_000,
    runId: visit.runId,
    visitId: visit.visitId,
  };
}

/** One line of 司机台账. */
export function driverLine({ runSeconds, shiftSeconds, ...entry }: DriverEntry): SheetLine {
  return { ...entry, runHours: hoursOf(runSeconds), shiftHours: hoursOf(shiftSeconds) };
}

/** One line of 消杀台账. */
export function disinfectionLine({ broughtBy, policy, reason, ...entry }: DisinfectionEntry): SheetLine {
  return {
    ...entry,
    reason: reason ?? null,
    broughtBy: nameOf(broughtBy),
    policy: `${policy.id} ${policy.version}`,
  };
}

const hoursOf = (seconds: number): number => Math.round(seconds / 36) / 100;

/** A driver by his id; a station or an enterprise says that it is one. */
function nameOf(party: Party | undefined): string | null {
  if (!party) return null;
  return party.kind === 'driver' ? party.id : `${party.kind}:${party.id}`;
}
