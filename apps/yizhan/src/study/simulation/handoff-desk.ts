import type { AssignmentEnd, EventData, EventName, Flow } from '@yizhan/contracts';
import { toIso } from '@yizhan/kernel';
import { driverClockAt, policyPack, type PolicyPack, weightsOf } from '@yizhan/policy';
import type { StudyDay } from '../days/study-day.js';
import type { RelayDrivers } from './relay-drivers.js';
import type { SimulatedArea, ToldProposal } from './simulated-area.js';
import type { HandoffCase, TruckCase } from './truck-case.js';

type OfHandoff = 'visitId' | 'areaCode' | 'stationCode' | 'handoffId';

/** The station's part of a handoff: what it writes, and whom it refuses by its own book. */
export class HandoffDesk {
  readonly pack: PolicyPack;
  readonly #cases = new Map<string, TruckCase>();

  constructor(
    private readonly day: StudyDay,
    private readonly area: SimulatedArea,
    private readonly relay: RelayDrivers,
  ) {
    this.pack = policyPack(day.policy);
  }

  get policy(): { readonly id: string; readonly version: string } {
    return { id: this.pack.id, version: this.pack.version };
  }

  /** Checked, and from now on in need of a driver. */
  request(truck: TruckCase, handoff: HandoffCase, now: number): void {
    truck.handoff = handoff;
    this.#cases.set(handoff.handoffId, truck);
    const { licenceRequired } = truck.facts.truck;
    const certificates =
      licenceRequired === 'C1' ? [] : this.pack.rules.credentials.map(({ credential }) => credential);
    this.tell('handoff.requested', truck, handoff, now, {
      readyAt: toIso(now),
      requirements: { licence: licenceRequired, certificates },
    });
  }

  /** Commits what was proposed, or refuses it. @returns the truck where somebody is assigned to it now. */
  answer({ decisionId, proposal }: ToldProposal, now: number): TruckCase | undefined {
    const { driverId, plannedStartAt, plannedReturnAt } = proposal;
    const truck = this.#cases.get(proposal.handoff.handoffId);
    const handoff = truck?.handoff;
    if (!truck || !handoff) return undefined;
    const other = this.#cases.get(proposal.releasesHandoffId ?? '');
    if (other?.handoff && handoff.state === 'requested' && this.#isChangeable(other.handoff, driverId, now))
      this.end(other, other.handoff, 'withdrawn', now, handoff.handoffId);
    const reason = this.#refusal(handoff, truck, driverId, plannedReturnAt ?? plannedStartAt);
    if (reason !== undefined) {
      this.tell('assignment.refused', truck, handoff, now, { driverId, decisionId, reason });
      return undefined;
    }
    const driver = this.area.picture.drivers.get(driverId);
    const { lastRestEndedAt, ...clock } = driver
      ? driverClockAt(driver.activity, plannedStartAt, this.pack.rules)
      : { continuousSeconds: 0, drivingSeconds24h: 0 };
    this.tell('handoff.assigned', truck, handoff, now, {
      driverId,
      plannedStartAt: toIso(plannedStartAt),
      ...(plannedReturnAt === undefined ? {} : { plannedReturnAt: toIso(plannedReturnAt) }),
      assignedBy: 'scheduler',
      decisionId,
      clock: lastRestEndedAt === undefined ? clock : { ...clock, lastRestEndedAt: toIso(lastRestEndedAt) },
      policy: this.policy,
      overrides: [],
    });
    Object.assign(handoff, { state: 'assigned', driverId, plannedStartAt });
    handoff.assignments += 1;
    const relay = this.relay.of(driverId);
    if (relay) relay.handoffId = handoff.handoffId;
    return truck;
  }

  accept(truck: TruckCase, handoff: HandoffCase, now: number): void {
    handoff.state = 'accepted';
    this.tell('handoff.accepted', truck, handoff, now, { driverId: handoff.driverId });
  }

  /** He does not drive this one after all. */
  end(truck: TruckCase, handoff: HandoffCase, reason: AssignmentEnd, now: number, movedToHandoffId?: string): void {
    const { driverId } = handoff;
    const moved = movedToHandoffId === undefined ? {} : { movedToHandoffId };
    this.tell('handoff.assignment_ended', truck, handoff, now, { driverId, reason, ...moved });
    Object.assign(handoff, { state: 'requested', driverId: '' });
    const relay = this.relay.of(driverId);
    if (!relay) return;
    relay.handoffId = undefined;
    this.relay.free(relay, now);
  }

  start(truck: TruckCase, handoff: HandoffCase, now: number): void {
    const { carrierId } = truck.facts;
    handoff.state = 'started';
    const authorisation = { carrierId, by: `dispatcher-${carrierId}`, at: toIso(now) };
    const { driverId, bayCode } = handoff;
    this.tell('handoff.started', truck, handoff, now, { driverId, bayCode, startedAt: toIso(now), authorisation });
  }

  /** The swap: whoever answered for the truck is free, the on-coming driver answers for it. */
  complete(truck: TruckCase, handoff: HandoffCase, now: number): void {
    const { driverId, bayCode, stationCode } = handoff;
    const from = truck.custodian;
    const signedAt = toIso(now);
    const witness = `operator-${stationCode}`;
    this.tell('handoff.completed', truck, handoff, now, {
      from,
      toDriverId: driverId,
      bayCode,
      custodyAt: signedAt,
      signatures: [
        from.kind === 'driver'
          ? { role: 'offgoing', personId: from.id, method: 'pin', signedAt }
          : { role: 'offgoing', personId: witness, method: 'operator_for_absent', signedAt },
        { role: 'oncoming', personId: driverId, method: 'pin', signedAt },
        { role: 'witness', personId: witness, method: 'pin', signedAt },
      ],
      items: [{ code: 'keys', given: true }],
      photos: [],
      reservations: [],
    });
    const { consignments, backLoad } = truck.facts;
    this.tell('cargo.released', truck, handoff, now, {
      consignmentIds: (handoff.flow === 'into_zone' ? consignments : backLoad).map(({ id }) => id),
      releasedAt: signedAt,
      policy: this.policy,
    });
    handoff.state = 'completed';
    const onComing = this.relay.of(driverId);
    if (onComing) Object.assign(onComing, { handoffId: undefined, plate: truck.facts.truck.plate });
    this.leave(truck, { kind: 'driver', id: driverId }, now);
  }

  /** Somebody else answers for the truck: a relay driver who did is free. */
  leave(truck: TruckCase, to: TruckCase['custodian'], now: number): void {
    const giver = truck.custodian.kind === 'driver' ? this.relay.of(truck.custodian.id) : undefined;
    truck.custodian = to;
    if (!giver) return;
    giver.plate = undefined;
    this.relay.free(giver, now);
  }

  #isChangeable({ state, driverId, plannedStartAt }: HandoffCase, ofDriver: string, now: number): boolean {
    const isOpen = state === 'assigned' || state === 'accepted';
    return isOpen && driverId === ofDriver && plannedStartAt - now > weightsOf(this.pack.rules).freezeSeconds * 1_000;
  }

  /** By its own book, as the station checks again whatever is proposed. */
  #refusal(handoff: HandoffCase, truck: TruckCase, driverId: string, returnAt: number): string | undefined {
    if (handoff.state !== 'requested') return 'not_waiting';
    const relay = this.relay.of(driverId);
    if (handoff.flow === 'out_of_zone') {
      const { outsideDriverId, otherDriverId } = truck.facts;
      return driverId === outsideDriverId || driverId === otherDriverId ? undefined : 'side';
    }
    if (!relay) return 'side';
    if (relay.handoffId !== undefined || relay.plate !== undefined) return 'busy';
    if (!relay.shift || relay.shift.to < returnAt) return 'shift';
    return relay.isRecalled && truck.facts.truck.licenceRequired !== 'C1' ? 'credentials' : undefined;
  }

  /** An event of the truck's handoff. */
  tell<N extends EventName>(
    name: N,
    { facts }: TruckCase,
    { handoffId, visitId, stationCode }: HandoffCase,
    now: number,
    data: Omit<EventData[N], OfHandoff>,
  ): void {
    const whole = { visitId, areaCode: this.day.areaCode, stationCode, handoffId, ...data } as EventData[N];
    const told = { visitId, carrierId: facts.carrierId, cause: `${name}:${handoffId}` };
    this.area.tell(name, `visit/${visitId}`, now, whole, told);
  }
}

/** A handoff that nobody is bound to yet. */
export function newHandoff(
  handoffId: string,
  visit: { readonly visitId: string; readonly flow: Flow; readonly stationCode: string },
  bayCode: string,
): HandoffCase {
  const { visitId, flow, stationCode } = visit;
  return {
    handoffId,
    visitId,
    flow,
    stationCode,
    state: 'requested',
    driverId: '',
    plannedStartAt: 0,
    assignments: 0,
    bayCode,
  };
}
