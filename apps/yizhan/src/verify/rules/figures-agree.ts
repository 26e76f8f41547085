import { shortName, subjectId, text, type Data, type PlainEvent } from '../plain-event.js';
import { whatDependsOn } from '../retraction.js';
import type { Rule } from '../rule.js';
import type { Violation } from '../verify-report.js';
import type { World } from '../world.js';

/** A count and the last event that changed it. */
interface Tally {
  value: number;
  last: PlainEvent;
}

/**
 * Rule 10, second half: figures counted event by event, as a read model counts them by the station that each event
 * names, agree with those of the folded state, which goes by where each visit began and by what is still live.
 */
export function figuresAgree(): Rule {
  const open = new Map<string, Tally>();
  const completed = new Map<string, Tally>();
  const runs = new Map<string, Tally>();

  const count = (event: PlainEvent, world: World, name: string, data: Data, by: number): void => {
    const station = text(data, 'stationCode');
    const id = subjectId(event);
    const isOpen = world.visits.get(id)?.state === 'arrived';
    if (name === 'visit.arrived' && (by < 0 || !isOpen)) add(open, station, by, event);
    else if (name === 'visit.departed' && (by < 0 || isOpen)) add(open, station, -by, event);
    else if (name === 'handoff.completed' && world.handoffs.has(text(data, 'handoffId')))
      add(completed, station, by, event);
    else if (name === 'run.opened') add(runs, text(data, 'plate'), by, event);
    else if (name === 'run.closed' && world.runs.has(id)) add(runs, world.runs.get(id)?.plate ?? '', -by, event);
  };

  const observe = (event: PlainEvent, world: World): void => {
    if (world.replacements.has(event.id)) return;
    const name = shortName(event.type);
    if (name !== 'record.retracted') return count(event, world, name, event.data, 1);
    const record = world.archive.find(event.subject, text(event.data, 'retractedEventId'));
    const isUndone = record && event.data['reason'] === 'did_not_occur' && !whatDependsOn(record, event.subject, world);
    if (isUndone) count(event, world, record.name, record.data, -1);
  };

  return {
    number: 10,
    observe,
    atEnd: (world) => [
      ...differences(open, openVisits(world), 'open visits at station'),
      ...differences(completed, completedHandoffs(world), 'completed handoffs at station'),
      ...differences(runs, trucksOnRun(world), 'open runs of truck'),
    ],
  };
}

function add(tallies: Map<string, Tally>, key: string, by: number, last: PlainEvent): void {
  const value = (tallies.get(key)?.value ?? 0) + by;
  if (value === 0) tallies.delete(key);
  else tallies.set(key, { value, last });
}

function openVisits(world: World): Map<string, number> {
  const figures = new Map<string, number>();
  for (const visit of world.visits.values()) {
    if (visit.state === 'arrived') figures.set(visit.stationCode, (figures.get(visit.stationCode) ?? 0) + 1);
  }
  return figures;
}

function completedHandoffs(world: World): Map<string, number> {
  return new Map([...world.stations.values()].map(({ code, tally }) => [code, tally.completed]));
}

function trucksOnRun(world: World): Map<string, number> {
  return new Map([...world.trucks.values()].map(({ plate, runId }) => [plate, runId === undefined ? 0 : 1]));
}

function differences(
  counted: ReadonlyMap<string, Tally>,
  folded: ReadonlyMap<string, number>,
  what: string,
): Violation[] {
  const found: Violation[] = [];
  for (const [key, { value, last }] of counted) {
    const other = folded.get(key) ?? 0;
    if (value === other) continue;
    const { position, id, subject } = last;
    found.push({
      position,
      id,
      subject,
      message: `${what} ${key}: ${value} by counting the events, ${other} by folding them`,
    });
  }
  return found;
}
