import type { EventRecord } from './journal.js';
import { isObject, part, shortName, subjectId, text, texts, type Data, type PlainEvent } from './plain-event.js';
import type { World } from './world.js';

/** What moves a visit on; a queue number or an exception does not. */
const STEPS = /^(visit\.(arrived|checked|departed|cancelled)|handoff\..+|cargo\..+)$/;

/** Undoes the event that did not occur, or notes the event that is to stand for it. */
export function retract(event: PlainEvent, world: World): void {
  const record = world.archive.find(event.subject, text(event.data, 'retractedEventId'));
  if (!record) return;
  if (text(event.data, 'reason') === 'incorrect_data') {
    const replacedBy = text(event.data, 'replacedBy');
    record.retracted = true;
    world.replacements.set(replacedBy, { record, subject: event.subject, position: event.position });
    return;
  }
  if (whatDependsOn(record, event.subject, world)) return;
  for (const change of record.changes.toReversed()) change.revert();
  record.retracted = true;
}

/** What stands in the way of taking the event back, in words, or undefined where nothing does. */
export function whatDependsOn(record: EventRecord, subject: string, world: World): string | undefined {
  if (subject.startsWith('visit/') && STEPS.test(record.name)) {
    const later = world.archive.after(subject, record).find((one) => STEPS.test(one.name));
    if (later) return `${later.name} at position ${later.position}`;
  }
  if (subject.startsWith('driver/')) {
    const assigned = assignedAfter(record, subject, world);
    if (assigned !== undefined) return `handoff.assigned at position ${assigned}`;
  }
  return record.changes.every((change) => change.stands()) ? undefined : 'a later event that changed the same thing';
}

/** What makes a driver assignable. */
const MAKES_ASSIGNABLE = /^driver\.(shift_started|credential_granted)$/;

/** Position of an assignment since then that stands or that has led to a swap. */
function assignedAfter({ name, position }: EventRecord, subject: string, world: World): string | undefined {
  const driver = MAKES_ASSIGNABLE.test(name) ? world.drivers.get(subject.slice('driver/'.length)) : undefined;
  const live = world.handoffs.get(driver?.assignedTo ?? '')?.assignment?.position;
  return [live, driver?.swapAssignedAt].find((at) => at !== undefined && Number(at) > Number(position));
}

/** True where the replacement is of the same type and names the same ids, drivers and instants. */
export function keepsWhatMayNotChange(event: PlainEvent, record: EventRecord): boolean {
  return shortName(event.type) === record.name && identities(event.data) === identities(record.data);
}

/** When a truck was expected, and its goods due, are plans and no facts. */
const IDENTITY = /^(id|kind|plate|at|(?!(?:expectedAt|dueAt)$).*(Id|Ids|At|Code|From|Until))$/;

function identities(value: unknown, key = ''): string {
  if (Array.isArray(value)) {
    const items = value.map((item: unknown) => identities(item, key));
    // A list, or a part, in which nothing has an identity may come or go.
    return items.every((item) => item === '') ? '' : `[${items.join()}]`;
  }
  if (isObject(value)) {
    const fields = Object.keys(value)
      .toSorted()
      .map((name) => identities(value[name], name));
    return fields.every((field) => field === '') ? '' : `{${fields.join('')}}`;
  }
  return IDENTITY.test(key) ? `${key}=${String(value)};` : '';
}

/** Folds an event that stands for another: what it may correct is taken over, decisions made before it stand. */
export function correct(event: PlainEvent, world: World, before: Data): void {
  const { data } = event;
  const visit = world.visits.get(subjectId(event));
  const handoff = world.handoffs.get(text(data, 'handoffId'));
  const driver = world.drivers.get(subjectId(event));
  switch (shortName(event.type)) {
    case 'visit.arrived':
      if (visit) world.journal.set(visit, 'licence', text(part(data, 'truck'), 'licenceRequired'));
      return;
    case 'visit.checked':
      if (visit)
        world.journal.set(visit, 'verdicts', [
          ...visit.verdicts,
          { at: event.time, outcome: data['passed'] === true ? 'passed' : 'failed' },
        ]);
      return;
    case 'handoff.completed': {
      const truck = visit && world.truck(visit.plate);
      const seal = text(part(data, 'seal'), 'number');
      const isLast = truck?.seal === undefined || truck.seal === text(part(before, 'seal'), 'number');
      if (truck && seal && isLast) world.journal.set(truck, 'seal', seal);
      return;
    }
    case 'handoff.requested':
      if (handoff) world.journal.set(handoff, 'certificates', texts(part(data, 'requirements'), 'certificates'));
      return;
    case 'driver.enrolled':
      if (driver) world.journal.set(driver, 'licences', texts(data, 'licences'));
      return;
    default:
  }
}
