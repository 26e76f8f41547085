import { moveCustody } from './fold-custody-and-runs.js';
import { maybeText, part, party, policyRef, subjectId, text, texts, type PlainEvent } from './plain-event.js';
import { needsConsent } from './rules/is-on-the-right-side.js';
import { bayOf, type Fold, type Handoff, type World } from './world.js';

const KEPT_PROPOSALS = 32;
const KEPT_OCCUPATIONS = 32;

/** How handoffs and the scheduler's word on them change the state. */
export const handoffFolds: Readonly<Record<string, Fold>> = {
  'handoff.requested': request,
  'handoff.suggested': onHandoff((event, world, handoff) => {
    const decisionId = text(event.data, 'decisionId');
    const expiresAt = text(event.data, 'standsUntil');
    const kept = handoff.proposals.map((proposal) =>
      proposal.decisionId === decisionId ? { ...proposal, expiresAt } : proposal,
    );
    world.journal.set(handoff, 'proposals', kept);
  }),
  'handoff.assigned': onHandoff(assign),
  'handoff.accepted': onHandoff((_event, world, handoff) => {
    if (handoff.assignment) world.journal.set(handoff, 'assignment', { ...handoff.assignment, accepted: true });
  }),
  'handoff.assignment_ended': onHandoff((event, world, handoff) => {
    if (handoff.assignment?.driverId !== text(event.data, 'driverId')) return;
    freeDriver(world, handoff);
    world.journal.set(handoff, 'assignment', undefined);
    world.journal.set(handoff, 'waitingSince', event.recordedtime);
    world.journal.set(handoff, 'withheld', false);
    world.journal.set(
      handoff,
      'proposals',
      handoff.proposals.map((proposal) => ({ ...proposal, open: false })),
    );
  }),
  'handoff.started': onHandoff(start),
  'handoff.completed': onHandoff(complete),
  'handoff.aborted': onHandoff((event, world, handoff) => {
    freeDriver(world, handoff);
    vacate(world, handoff, event.time);
    world.journal.set(handoff, 'assignment', undefined);
    world.journal.set(handoff, 'state', 'aborted');
  }),
  'assignment.proposed': onHandoff(propose),
  'assignment.withheld': onHandoff((event, world, handoff) => {
    const blockers = event.data['blockers'];
    world.journal.set(handoff, 'withheld', Array.isArray(blockers) && blockers.length > 0);
  }),
  'assignment.refused': onHandoff((event, world, handoff) => {
    const refused = text(event.data, 'decisionId');
    const close = handoff.proposals.map((proposal) =>
      proposal.decisionId === refused ? { ...proposal, open: false } : proposal,
    );
    world.journal.set(handoff, 'proposals', close);
  }),
};

function onHandoff(fold: (event: PlainEvent, world: World, handoff: Handoff) => void): Fold {
  return (event, world) => {
    const handoff = world.handoffs.get(text(event.data, 'handoffId'));
    if (handoff) fold(event, world, handoff);
  };
}

/** Ends what binds the driver to the handoff. */
export function freeDriver(world: World, handoff: Handoff): void {
  const driver = world.drivers.get(handoff.assignment?.driverId ?? '');
  if (driver?.assignedTo === handoff.id) world.journal.set(driver, 'assignedTo', undefined);
}

function request(event: PlainEvent, world: World): void {
  const id = text(event.data, 'handoffId');
  const visit = world.visits.get(subjectId(event));
  if (!visit) return;
  const requirements = part(event.data, 'requirements');
  world.journal.put(world.handoffs, id, {
    id,
    visitId: visit.id,
    state: 'requested',
    licence: maybeText(requirements, 'licence') ?? visit.licence,
    certificates: texts(requirements, 'certificates'),
    waitingSince: event.recordedtime,
    requestedBy: { position: event.position, id: event.id },
    proposals: [],
    withheld: false,
  });
  if (!visit.handoffIds.includes(id)) world.journal.set(visit, 'handoffIds', [...visit.handoffIds, id]);
}

function assign(event: PlainEvent, world: World, handoff: Handoff): void {
  const driverId = text(event.data, 'driverId');
  const driver = world.drivers.get(driverId);
  const late = event.data['late'] === true;
  if (handoff.assignment?.driverId !== driverId) freeDriver(world, handoff);
  world.journal.set(handoff, 'assignment', {
    position: event.position,
    driverId,
    late,
    accepted: false,
    since: event.time,
    needsConsent: needsConsent(event, world),
  });
  world.journal.set(handoff, 'policy', policyRef(event.data));
  if (driver) world.journal.set(driver, 'assignedTo', handoff.id);
}

function start(event: PlainEvent, world: World, handoff: Handoff): void {
  const { data } = event;
  const startedAt = text(data, 'startedAt');
  const bayCode = text(data, 'bayCode');
  world.journal.set(handoff, 'state', 'started');
  world.journal.set(handoff, 'start', { driverId: text(data, 'driverId'), bayCode, startedAt });
  const visit = world.visits.get(handoff.visitId);
  const bay = bayOf(world, visit, bayCode);
  if (!bay || !visit) return;
  const occupation = {
    handoffId: handoff.id,
    plate: visit.plate,
    position: event.position,
    eventId: event.id,
    subject: event.subject,
    from: startedAt,
  };
  const others = bay.occupations.filter((one) => one.handoffId !== handoff.id);
  world.journal.set(bay, 'occupations', [...others.slice(1 - KEPT_OCCUPATIONS), occupation]);
}

function complete(event: PlainEvent, world: World, handoff: Handoff): void {
  const swapper = world.drivers.get(handoff.assignment?.driverId ?? '');
  if (swapper) world.journal.set(swapper, 'swapAssignedAt', handoff.assignment?.position);
  freeDriver(world, handoff);
  vacate(world, handoff, text(event.data, 'custodyAt'));
  world.journal.set(handoff, 'assignment', undefined);
  world.journal.set(handoff, 'state', 'completed');
  const visit = world.visits.get(handoff.visitId);
  if (!visit) return;
  const truck = world.truck(visit.plate);
  const from = party(event.data, 'from');
  world.journal.set(truck, 'seal', maybeText(part(event.data, 'seal'), 'number') ?? truck.seal);
  if (visit.flow === 'into_zone') world.journal.set(truck, 'broughtBy', from?.kind === 'driver' ? from.id : undefined);
  moveCustody(world, truck, { kind: 'driver', id: text(event.data, 'toDriverId') }, text(event.data, 'custodyAt'));
  const station = world.stations.get(visit.stationCode);
  if (station) world.journal.add(station.tally, 'completed', 1);
}

function vacate(world: World, handoff: Handoff, to: string): void {
  const bay = bayOf(world, world.visits.get(handoff.visitId), handoff.start?.bayCode);
  if (!bay) return;
  const ended = bay.occupations.map((occupation) =>
    occupation.handoffId === handoff.id ? { ...occupation, to } : occupation,
  );
  world.journal.set(bay, 'occupations', ended);
}

function propose(event: PlainEvent, world: World, handoff: Handoff): void {
  const { data } = event;
  const epoch = Number(data['epoch']);
  const newest = world.newestEpoch.get(event.partitionkey) ?? 0;
  const proposal = {
    decisionId: text(data, 'decisionId'),
    driverId: text(data, 'driverId'),
    epoch,
    stale: epoch < newest,
    expiresAt: text(data, 'expiresAt'),
    open: true,
  };
  world.newestEpoch.set(event.partitionkey, Math.max(epoch, newest));
  world.journal.set(handoff, 'proposals', [...handoff.proposals.slice(1 - KEPT_PROPOSALS), proposal]);
}
