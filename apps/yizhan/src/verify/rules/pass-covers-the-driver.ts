import { passKey } from '../fold-passes.js';
import { subjectId, text, texts, type PlainEvent } from '../plain-event.js';
import type { Check } from '../rule.js';
import type { Pass, World } from '../world.js';

/** A truck has one pass in an area, of drivers who are known; what is revoked is not changed any more. */
export const passSteps: Readonly<Record<string, Check>> = {
  'pass.issued': (event, world) => {
    const plate = text(event.data, 'plate');
    const other = world.passOf.get(passKey(event.partitionkey, plate));
    if (other?.live) return `truck ${plate} gets pass ${subjectId(event)}, but it has pass ${other.id}`;
    return unknownDriver(event, world);
  },
  'pass.amended': (event, world) => changes(event, world, 'amended') ?? unknownDriver(event, world),
  'pass.revoked': (event, world) => changes(event, world, 'revoked'),
};

/** Whoever takes a truck into a zone is covered by its pass, where it has one or the policy asks for one. */
export function isCovered(event: PlainEvent, world: World): string | undefined {
  const handoff = world.handoffs.get(text(event.data, 'handoffId'));
  const visit = world.visits.get(handoff?.visitId ?? '');
  if (!handoff?.assignment || visit?.flow !== 'into_zone') return undefined;
  // What was done while a tablet was dark is a fact.
  if (handoff.assignment.late || event.time < event.recordedtime) return undefined;
  const { driverId } = handoff.assignment;
  const rules = world.policies.get(handoff.policy ?? '') ?? {};
  const pass = world.passOf.get(passKey(event.partitionkey, visit.plate));
  if (!pass?.live) {
    const isNeeded = text(rules, 'pass') === 'required';
    return isNeeded ? `driver ${driverId} takes truck ${visit.plate} into the zone without a pass` : undefined;
  }
  if (covers(pass, driverId, text(event.data, 'startedAt'), world)) return undefined;
  return `pass ${pass.id} of truck ${visit.plate} does not cover driver ${driverId}, who starts handoff ${handoff.id}`;
}

function covers({ driverIds, pool, from = '', until }: Pass, driverId: string, at: string, world: World): boolean {
  if (at < from || (until !== undefined && at > until)) return false;
  return driverIds.includes(driverId) || (pool !== undefined && world.drivers.get(driverId)?.pool === pool);
}

function changes(event: PlainEvent, world: World, how: string): string | undefined {
  const id = subjectId(event);
  return world.passes.get(id)?.live ? undefined : `pass ${id} is ${how}, but it is not issued`;
}

function unknownDriver(event: PlainEvent, world: World): string | undefined {
  const unknown = texts(event.data, 'driverIds').find((driverId) => !world.drivers.has(driverId));
  return unknown && `pass ${subjectId(event)} names driver ${unknown}, whom nobody has enrolled`;
}
