import type { HandedItem, Seal, Signature } from '@yizhan/contracts';
import { toIso } from '@yizhan/kernel';
import type { Chance } from './chance.js';
import type { StepInputs } from './steps.js';
import type { HandoffCase, VisitCase } from './visit-case.js';

/** Who works the gate and the bays of a station; made up. */
export function operatorOf(stationCode: string): string {
  return `operator-${stationCode}`;
}

/** What goes from hand to hand with every truck. */
export const handedItems: readonly HandedItem[] = ['keys', 'vehicle_licence', 'transport_permit', 'waybill'].map(
  (code) => ({
    code,
    given: true,
  }),
);

/** The seal as it should be. */
function sealOf({ trip }: VisitCase): Seal {
  return { number: trip.sealNumber, intact: true };
}

/** Another number than the recorded one. */
export function wrongSealOf({ trip }: VisitCase): Seal {
  return { number: `X${trip.sealNumber.slice(1)}`, intact: false };
}

/** Three signatures, what was handed over, and the readings of the truck. */
export function evidenceOf(
  visit: VisitCase,
  handoff: HandoffCase,
  at: number,
  chance: Chance,
): StepInputs['completeHandoff'] {
  return {
    handoffId: handoff.handoffId,
    signatures: signaturesOf(visit, handoff, toIso(at)),
    items: handedItems,
    odometerKm:
      20_000 + chance.whole(400_000, `${visit.trip.passage.key}/odometer`) + (visit.flow === 'into_zone' ? 0 : 40),
    fuelPercent: 20 + chance.whole(70, `${visit.visitId}/fuel`),
    seal: sealOf(visit),
    photos: [],
    reservations: [],
  };
}

function signaturesOf(
  { custodian, stationCode }: VisitCase,
  { driverId = '' }: HandoffCase,
  signedAt: string,
): Signature[] {
  const witness = operatorOf(stationCode);
  const offgoing =
    custodian.kind === 'driver'
      ? { personId: custodian.id, method: 'pin' }
      : { personId: witness, method: 'operator_for_absent' };
  return [
    { role: 'offgoing', ...offgoing, signedAt },
    { role: 'oncoming', personId: driverId, method: 'pin', signedAt },
    { role: 'witness', personId: witness, method: 'pin', signedAt },
  ];
}
