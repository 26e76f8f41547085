import { knownTypes } from '../known-types.js';
import {
  maybeText,
  nameOf,
  party,
  policyRef,
  shortName,
  subjectId,
  text,
  texts,
  type PlainEvent,
} from '../plain-event.js';
import { keepsWhatMayNotChange, whatDependsOn } from '../retraction.js';
import type { Rule } from '../rule.js';
import type { SeenIds } from '../seen-ids.js';
import type { Violation } from '../verify-report.js';
import type { World } from '../world.js';

const keys: Readonly<Record<string, Kind>> = {
  driverId: 'driver',
  toDriverId: 'driver',
  returnDriverId: 'driver',
  stationCode: 'station',
  homeStationCode: 'station',
  zoneId: 'zone',
  insideZoneId: 'zone',
  baseZoneId: 'zone',
  runId: 'run',
  visitId: 'visit',
  intoZoneVisitId: 'visit',
  outOfZoneVisitId: 'visit',
  handoffId: 'handoff',
  passId: 'pass',
};
const parties = ['from', 'to', 'custodian'];

type Kind = 'driver' | 'station' | 'zone' | 'run' | 'visit' | 'handoff' | 'pass';

/** What these introduce need not have been there before. */
const introduces: Readonly<Record<string, string>> = {
  'visit.announced': 'visitId',
  'visit.arrived': 'visitId',
  'handoff.requested': 'handoffId',
  'run.opened': 'runId',
  'driver.enrolled': 'driverId',
  'station.opened': 'stationCode',
  'zone.activated': 'zoneId',
  'pass.issued': 'passId',
};

/** Rule 10, first half: all that an event names was introduced before it, and a retraction finds what it takes back. */
export function logIsSelfContained(ids: Pick<SeenIds, 'has'>): Rule {
  const promisedRuns = new Map<string, Violation>();
  return {
    number: 10,
    onEvery: (event, world) => {
      const name = shortName(event.type);
      if (!knownTypes.has(name)) return undefined;
      if (name === 'visit.departed') promise(event, world, promisedRuns);
      if (name === 'run.opened') promisedRuns.delete(subjectId(event));
      return (
        unknownReference(event, name, world) ??
        retractionFault(event, name, world, ids) ??
        replacementFault(event, world)
      );
    },
    atEnd: (world) => [...promisedRuns.values(), ...missingReplacements(world)],
  };
}

/** A departure into the zone names the run that the next event opens. */
function promise(event: PlainEvent, world: World, promised: Map<string, Violation>): void {
  const runId = maybeText(event.data, 'runId');
  if (runId === undefined || world.runs.has(runId)) return;
  const { position, id, subject } = event;
  promised.set(runId, { position, id, subject, message: `visit.departed names run ${runId}, which no event opens` });
}

function unknownReference(event: PlainEvent, name: string, world: World): string | undefined {
  const unknown =
    unknownField(event, name, world) ??
    unknownParty(event, world) ??
    unknownPolicy(event, world) ??
    unknownToTheVisit(event, world) ??
    unknownSubject(event, name, world);
  return unknown && `${name} names ${unknown}, which no earlier event introduced`;
}

function unknownField(event: PlainEvent, name: string, world: World): string | undefined {
  for (const key of Object.keys(event.data)) {
    const kind = keys[key];
    if (!kind || introduces[name] === key || (name === 'visit.departed' && key === 'runId')) continue;
    const id = text(event.data, key);
    if (id && !isKnown(kind, id, event, world)) return `${kind} ${id}`;
  }
  return undefined;
}

function unknownParty(event: PlainEvent, world: World): string | undefined {
  for (const key of parties) {
    const who = event.data[key] === undefined ? undefined : party(event.data, key);
    if (who && who.kind !== 'enterprise' && !isKnown(who.kind as Kind, who.id, event, world)) return nameOf(who);
  }
  return undefined;
}

function unknownPolicy({ data }: PlainEvent, world: World): string | undefined {
  const policy = data['policy'] === undefined ? undefined : policyRef(data);
  return policy === undefined || world.policies.has(policy) ? undefined : `policy ${policy}`;
}

function isKnown(kind: Kind, id: string, event: PlainEvent, world: World): boolean {
  switch (kind) {
    case 'driver':
      return world.drivers.has(id);
    case 'station':
      return world.stations.has(id);
    case 'zone':
      return world.zones.has(id);
    case 'run':
      return world.runs.has(id) || event.subject === `run/${id}`;
    case 'visit':
      return world.visits.has(id) || event.subject === `visit/${id}`;
    case 'handoff':
      return isOfTheVisit(id, event, world);
    case 'pass':
      return world.passes.has(id);
  }
}

function isOfTheVisit(handoffId: string, event: PlainEvent, world: World): boolean {
  const handoff = world.handoffs.get(handoffId);
  const visitId = event.subject.startsWith('visit/') ? subjectId(event) : text(event.data, 'visitId');
  return handoff !== undefined && handoff.visitId === visitId;
}

/** Bays, consignments and decisions are known within their visit. */
function unknownToTheVisit(event: PlainEvent, world: World): string | undefined {
  const { data } = event;
  const visit = event.subject.startsWith('visit/') ? world.visits.get(subjectId(event)) : undefined;
  if (!visit) return undefined;
  const bayCode = maybeText(data, 'bayCode');
  const station = world.stations.get(text(data, 'stationCode'));
  if (bayCode && station && !station.bays.has(bayCode)) return `bay ${bayCode} of station ${station.code}`;
  const consignment = texts(data, 'consignmentIds').find((id) => !visit.consignmentIds.includes(id));
  if (consignment) return `consignment ${consignment}`;
  const decisionId = data['assignedBy'] === 'scheduler' ? maybeText(data, 'decisionId') : undefined;
  const proposals = world.handoffs.get(text(data, 'handoffId'))?.proposals;
  const isProposed = proposals?.some((proposal) => proposal.decisionId === decisionId) ?? true;
  return decisionId && !isProposed ? `decision ${decisionId}` : undefined;
}

const bySubject: Readonly<Record<string, (world: World, id: string) => boolean>> = {
  visit: (world, id) => world.visits.has(id),
  run: (world, id) => world.runs.has(id),
  driver: (world, id) => world.drivers.has(id),
  station: (world, id) => world.stations.has(id),
  zone: (world, id) => world.zones.has(id),
};

/** Only the first event of a subject can come too early: what has ended long ago is not kept. */
function unknownSubject(event: PlainEvent, name: string, world: World): string | undefined {
  if (event.sequence !== '1' || introduces[name] !== undefined) return undefined;
  const prefix = event.subject.slice(0, event.subject.indexOf('/'));
  const id = subjectId(event);
  return (bySubject[prefix]?.(world, id) ?? true) ? undefined : `${prefix} ${id}`;
}

function retractionFault(event: PlainEvent, name: string, world: World, ids: Pick<SeenIds, 'has'>): string | undefined {
  if (name !== 'record.retracted') return undefined;
  const retractedId = text(event.data, 'retractedEventId');
  const record = world.archive.find(event.subject, retractedId);
  if (record) {
    const later =
      text(event.data, 'reason') === 'did_not_occur' ? whatDependsOn(record, event.subject, world) : undefined;
    return (
      later &&
      `${record.name} at position ${record.position} is retracted as if it had not occurred, but ${later} depends on it`
    );
  }
  return ids.has(retractedId)
    ? `the event ${retractedId} is retracted, but it is over, retracted already or not of ${event.subject}`
    : `the event ${retractedId} is retracted, but it is not in the log`;
}

function replacementFault(event: PlainEvent, world: World): string | undefined {
  const replaced = world.replacements.get(event.id);
  if (!replaced || (replaced.subject === event.subject && keepsWhatMayNotChange(event, replaced.record)))
    return undefined;
  return `the event replaces the one at position ${replaced.record.position}, but changes its type, ids, drivers or instants`;
}

function missingReplacements(world: World): Violation[] {
  return [...world.replacements].map(([id, { record, subject, position }]) => ({
    position,
    id,
    subject,
    message: `the event at position ${record.position} is retracted for ${id}, which is not in the log after it`,
  }));
}
