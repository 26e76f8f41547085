import { licenceCovers, policyPack } from '@yizhan/policy';
import { pointOf } from '../kpis/measure.js';
import type {
  AlertRule,
  GrowthMeasure,
  LongestMeasure,
  PerBayMeasure,
  SilenceMeasure,
  StrandedMeasure,
  UncoveredMeasure,
} from './alert-rule.js';
import { alertRule, type AlertRuleName, alertRuleNames } from './alert-rules.js';
import { newestValue, type OpenStory, type Picture } from './picture.js';

/** What a rule measures of one cause now. */
export interface Reading {
  readonly rule: AlertRuleName;
  /** Names the cause within its area, such as `long_dwell/jindong`. */
  readonly key: string;
  /** Empty for what is of the whole area. */
  readonly stationCode: string;
  /** A licence; else empty. */
  readonly label: string;
  readonly value: number;
  /** How many the cause touches: see `counts` of its rule. */
  readonly count: number;
  /** Such as `visit/<id>`, the worst first; some of them. */
  readonly subjects: readonly string[];
}

type Measured = Pick<Reading, 'stationCode' | 'label' | 'value' | 'count' | 'subjects'>;

const mostSubjects = 5;

/** What every rule measures, of everything that it is about; nothing of a cause that is not there. */
export function readingsOf(picture: Picture): Reading[] {
  return alertRuleNames.flatMap((rule) =>
    measured(rule, alertRule(rule), picture).map((each) => ({ rule, key: keyOf(rule, each), ...each })),
  );
}

const keyOf = (rule: AlertRuleName, { stationCode, label }: Measured): string =>
  [rule, stationCode || label].filter((part) => part !== '').join('/');

function measured(name: AlertRuleName, rule: AlertRule, picture: Picture): Measured[] {
  const { measure } = rule;
  switch (measure.operator) {
    case 'longest':
      return longest(measure, rule, picture);
    case 'per_bay':
      return perBay(measure, picture);
    case 'growth':
      return growth(name, measure, picture);
    case 'uncovered':
      return uncovered(measure, picture);
    case 'silence':
      return silence(measure, picture);
    case 'stranded':
      return stranded(measure, picture);
    case 'undelivered':
      return undelivered(picture);
  }
}

function longest({ story, states, from }: LongestMeasure, { of, warn }: AlertRule, picture: Picture): Measured[] {
  const ages = picture.stories
    .filter(({ kind, state }) => kind === story && states.includes(state))
    .flatMap((each) => {
      const begun = from === 'state' ? each.since : from === 'due' ? each.due : pointOf(from, each.facts);
      return begun === null || begun === undefined ? [] : [{ each, seconds: (picture.at - begun) / 1000 }];
    })
    .toSorted((a, b) => b.seconds - a.seconds);
  return [...groups(ages, ({ each }) => (of === 'station' ? each.stationCode : ''))].flatMap(([stationCode, aged]) => {
    const [{ seconds: value }] = aged;
    if (value <= 0 || (of === 'station' && stationCode === '')) return [];
    const over = aged.filter(({ seconds }) => seconds >= warn.at);
    const worst = over.length > 0 ? over : aged.slice(0, 1);
    return [{ ...at(stationCode), value, count: over.length, subjects: subjectsOf(worst.map(({ each }) => each)) }];
  });
}

function perBay({ states }: PerBayMeasure, picture: Picture): Measured[] {
  return ofStations(picture).flatMap((station) => {
    const bays = newestValue(station.facts, 'bays');
    const trucks = visitsAt(picture, codeOf(station), states);
    if (typeof bays !== 'number' || bays === 0 || trucks.length === 0) return [];
    return [{ ...at(codeOf(station)), value: trucks.length / bays, count: trucks.length, subjects: [] }];
  });
}

function growth(name: AlertRuleName, { states }: GrowthMeasure, picture: Picture): Measured[] {
  return ofStations(picture).flatMap((station) => {
    const before = picture.waitedBefore(name, codeOf(station));
    const now = visitsAt(picture, codeOf(station), states).length;
    if (before === undefined || now <= before) return [];
    return [{ ...at(codeOf(station)), value: now - before, count: now, subjects: [] }];
  });
}

const { rules: law } = policyPack('cn-freight');

function uncovered({ flow, states, withinSeconds }: UncoveredMeasure, picture: Picture): Measured[] {
  const drivers = picture.stories
    .filter(({ kind, label }) => kind === 'driver' && label === 'inside')
    .map(({ facts, due }) => ({ licences: textsOf(newestValue(facts, 'licences')), until: due ?? Infinity }));
  const without = picture.stories
    .filter(
      (story) => story.kind === 'visit' && story.flow === flow && isThere(story, states, withinSeconds, picture.at),
    )
    .map((visit) => ({
      visit,
      licence: String(newestValue(visit.facts, 'licence') ?? ''),
      neededAt: visit.state === 'announced' ? Math.max(picture.at, visit.due ?? 0) : picture.at,
    }))
    .filter(
      ({ licence, neededAt }) =>
        licence !== '' &&
        !drivers.some(({ licences, until }) => until > neededAt && licenceCovers(law, licences, licence)),
    )
    .toSorted((a, b) => a.neededAt - b.neededAt || a.visit.since - b.visit.since);
  return [...groups(without, ({ licence }) => licence)].map(([label, trucks]) => ({
    stationCode: '',
    label,
    value: trucks.length,
    count: trucks.length,
    subjects: subjectsOf(trucks.map(({ visit }) => visit)),
  }));
}

function silence({ states }: SilenceMeasure, picture: Picture): Measured[] {
  return ofStations(picture).flatMap((station) => {
    const trucks = visitsAt(picture, codeOf(station), states);
    if (trucks.length === 0) return [];
    const heard = picture.heard.get(codeOf(station)) ?? Math.min(...trucks.map(({ since }) => since));
    const value = (picture.at - heard) / 1000;
    return value <= 0 ? [] : [{ ...at(codeOf(station)), value, count: trucks.length, subjects: [] }];
  });
}

function stranded({ states, withinSeconds }: StrandedMeasure, picture: Picture): Measured[] {
  return ofStations(picture).flatMap((station) => {
    if (station.state === 'open') return [];
    const trucks = picture.stories.filter(
      (story) =>
        story.kind === 'visit' &&
        story.stationCode === codeOf(station) &&
        isThere(story, states, withinSeconds, picture.at),
    );
    if (trucks.length === 0) return [];
    const count = trucks.length;
    return [{ ...at(codeOf(station)), value: count, count, subjects: subjectsOf(trucks) }];
  });
}

function undelivered({ at: now, undelivered: waiting }: Picture): Measured[] {
  if (waiting.length === 0) return [];
  return [
    {
      ...at(''),
      value: Math.max(...waiting.map(({ since }) => now - since)) / 1000,
      count: waiting.reduce((sum, { messages }) => sum + messages, 0),
      subjects: waiting.slice(0, mostSubjects).map(({ subscriptionId }) => `subscription/${subscriptionId}`),
    },
  ];
}

const ofStations = ({ stories }: Picture): OpenStory[] => stories.filter(({ kind }) => kind === 'station');

/** How many trucks wait at each station for a rule that measures growth. */
export function waitingNow(picture: Picture): { rule: AlertRuleName; stationCode: string; trucks: number }[] {
  return alertRuleNames.flatMap((rule) => {
    const { measure } = alertRule(rule);
    if (measure.operator !== 'growth') return [];
    return ofStations(picture).map((station) => {
      const stationCode = codeOf(station);
      return { rule, stationCode, trucks: visitsAt(picture, stationCode, measure.states).length };
    });
  });
}

const visitsAt = ({ stories }: Picture, code: string, states: readonly string[]): OpenStory[] =>
  stories.filter(({ kind, stationCode, state }) => kind === 'visit' && stationCode === code && states.includes(state));

/** Whether a visit is in one of the states, or announced for an instant that near. One that is long overdue comes no more. */
function isThere({ state, due }: OpenStory, states: readonly string[], withinSeconds: number, now: number): boolean {
  if (states.includes(state)) return true;
  return state === 'announced' && due !== null && Math.abs(due - now) <= withinSeconds * 1000;
}

const codeOf = ({ stationCode }: OpenStory): string => stationCode;
const at = (stationCode: string): Pick<Measured, 'stationCode' | 'label'> => ({ stationCode, label: '' });
const subjectsOf = (stories: readonly OpenStory[]): string[] =>
  stories.slice(0, mostSubjects).map(({ subject }) => subject);
const textsOf = (value: unknown): readonly string[] => (Array.isArray(value) ? (value as string[]) : []);

/** In the order in which their keys come first. */
export function groups<T>(items: readonly T[], keyOfItem: (item: T) => string): Map<string, [T, ...T[]]> {
  const byKey = new Map<string, [T, ...T[]]>();
  for (const item of items) {
    const key = keyOfItem(item);
    const group = byKey.get(key);
    if (group) group.push(item);
    else byKey.set(key, [item]);
  }
  return byKey;
}
