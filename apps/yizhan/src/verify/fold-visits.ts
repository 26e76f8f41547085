import { endTracking, moveCustody } from './fold-custody-and-runs.js';
import { freeDriver } from './fold-handoffs.js';
import { maybeText, part, party, parts, subjectId, text, texts, type PlainEvent } from './plain-event.js';
import { isUnfinished, type Fold, type Verdict, type Visit, type World } from './world.js';

const KEPT_VERDICTS = 32;

/** How the events of a visit, but for its handoffs, change the state. */
export const visitFolds: Readonly<Record<string, Fold>> = {
  'visit.announced': (event, world) => {
    const id = subjectId(event);
    if (!world.visits.has(id)) world.journal.put(world.visits, id, newVisit(event, world, 'announced'));
  },
  'visit.arrived': arrive,
  'visit.checked': (event, world) => {
    judge(event, world, event.data['passed'] === true ? 'passed' : 'failed');
    const visit = world.visits.get(subjectId(event));
    if (!visit) return;
    if (event.data['passed'] === true) pass(event, world, visit);
    // A release does not outlive a check that fails, whatever becomes of the hold that comes with it.
    else world.journal.set(visit, 'released', false);
  },
  'cargo.held': (event, world) => {
    judge(event, world, 'held');
    const visit = world.visits.get(subjectId(event));
    if (!visit) return;
    const hold = {
      id: text(event.data, 'holdId'),
      isLiftedByHand: text(event.data, 'lifting') === 'by_hand',
      voidsSeal: texts(event.data, 'reasons').includes('seal_mismatch'),
      heldAt: event.time,
    };
    world.journal.set(visit, 'holds', [...visit.holds, hold]);
    world.journal.set(visit, 'released', false);
  },
  'cargo.hold_lifted': (event, world) => {
    const visit = world.visits.get(subjectId(event));
    const id = text(event.data, 'holdId');
    if (!visit) return;
    const lifted = visit.holds.filter((hold) => hold.id === id).map((hold) => ({ ...hold, liftedAt: event.time }));
    world.journal.set(visit, 'liftedHolds', [...visit.liftedHolds, ...lifted].slice(-KEPT_VERDICTS));
    world.journal.set(
      visit,
      'holds',
      visit.holds.filter((hold) => hold.id !== id),
    );
  },
  'cargo.released': (event, world) => {
    const visit = world.visits.get(subjectId(event));
    if (visit) world.journal.set(visit, 'released', true);
  },
  'visit.departed': depart,
  'visit.cancelled': (event, world) => {
    const visit = world.visits.get(subjectId(event));
    if (visit?.state !== 'announced') return;
    world.journal.set(visit, 'state', 'cancelled');
    world.retire(visit);
  },
};

function newVisit(event: PlainEvent, world: World, state: Visit['state']): Visit {
  const { data } = event;
  const truck = part(data, 'truck');
  const plate = text(truck, 'plate');
  return {
    id: subjectId(event),
    plate,
    areaCode: text(data, 'areaCode'),
    stationCode: text(data, 'stationCode'),
    zoneId: text(data, 'zoneId'),
    flow: text(data, 'flow'),
    run: world.runs.get(maybeText(data, 'runId') ?? world.trucks.get(plate)?.runId ?? ''),
    consignmentIds: parts(data, 'consignments').map((consignment) => text(consignment, 'id')),
    carrierId: maybeText(data, 'carrierId') ?? event.carrierid,
    licence: text(truck, 'licenceRequired'),
    state,
    verdicts: [],
    holds: [],
    liftedHolds: [],
    released: false,
    handoffIds: [],
  };
}

function arrive(event: PlainEvent, world: World): void {
  const visit = newVisit(event, world, 'arrived');
  const truck = world.truck(visit.plate);
  world.journal.put(world.visits, visit.id, visit);
  world.journal.set(truck, 'openVisitId', visit.id);
  world.journal.set(truck, 'zoneId', visit.zoneId);
  world.journal.set(truck, 'leftWith', undefined);
  moveCustody(world, truck, party(event.data, 'custodian'), text(event.data, 'arrivedAt'));
}

function judge(event: PlainEvent, world: World, outcome: Verdict['outcome']): void {
  const visit = world.visits.get(subjectId(event));
  if (!visit) return;
  const verdicts = [...visit.verdicts.slice(1 - KEPT_VERDICTS), { at: event.time, outcome }];
  world.journal.set(visit, 'verdicts', verdicts);
}

/** What a passed check lifts, and the seal that it has seen. */
function pass(event: PlainEvent, world: World, visit: Visit): void {
  const truck = world.truck(visit.plate);
  const seen = maybeText(event.data, 'sealNumber');
  const isVoid = visit.holds.some(({ voidsSeal }) => voidsSeal);
  world.journal.set(truck, 'seal', seen ?? (isVoid ? undefined : truck.seal));
  if (visit.holds.length === 0) return;
  world.journal.set(
    visit,
    'holds',
    visit.holds.filter(({ isLiftedByHand }) => isLiftedByHand),
  );
}

function depart(event: PlainEvent, world: World): void {
  const visit = world.visits.get(subjectId(event));
  if (!visit || visit.state === 'departed') return;
  const truck = world.truck(visit.plate);
  world.journal.set(visit, 'state', 'departed');
  if (truck.openVisitId === visit.id) world.journal.set(truck, 'openVisitId', undefined);
  for (const id of visit.handoffIds) {
    const handoff = world.handoffs.get(id);
    if (!handoff || !isUnfinished(handoff)) continue;
    freeDriver(world, handoff);
    world.journal.set(handoff, 'assignment', undefined);
    world.journal.set(handoff, 'state', 'ended');
  }
  if (leavesTheZoneBehind(visit.flow, text(event.data, 'outcome'))) endTracking(world, truck, event.time);
  world.retire(visit);
}

/** A truck bound into the zone that is turned away goes back out; one bound out of it goes back in. */
function leavesTheZoneBehind(flow: string, outcome: string): boolean {
  const goesOn = outcome === 'swapped' || outcome === 'no_swap_needed';
  return flow === 'out_of_zone' ? goesOn : !goesOn;
}
