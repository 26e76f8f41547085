import type { Transaction } from '@yizhan/persistence';
import { commandCentreGroup, readTypes } from '../command-centre.consumes.js';
import type { Fact, FactValues } from '../kpis/fact.js';
import { alertsAfter, type StandingAlert } from './alert.js';
import { type AlertChange, changesBetween } from './alert-notices.js';
import { alertRule, alertRuleNames } from './alert-rules.js';
import {
  claimLook,
  forgetLevels,
  isBehind,
  keepLevels,
  openAlerts,
  readHeard,
  readLevels,
  readOpenStories,
  readStanding,
  resolveAlerts,
  updateAlerts,
} from './alerts.sql.js';
import type { OpenStory, Picture, WaitingMessages } from './picture.js';
import { type Reading, readingsOf, waitingNow } from './readings.js';

export interface Look {
  readonly areaCode: string;
  /** The product's clock, epoch milliseconds. */
  readonly at: number;
  /** Milliseconds until the area is looked at again. */
  readonly every: number;
  /** Messages that wait for endpoints; undefined where that could not be read. */
  readonly undelivered: readonly WaitingMessages[] | undefined;
  readonly newId: (key: string) => string;
  /** Told of what has changed, in the same transaction. */
  readonly tell: (changes: readonly AlertChange[]) => Promise<void>;
}

interface StoryRow extends Omit<OpenStory, 'facts'> {
  readonly facts: string;
}

interface LevelRow {
  readonly rule: string;
  readonly stationCode: string;
  readonly trucks: number;
}

/** Events that were recorded this long ago, milliseconds, and are not counted yet are too many to judge by what is. */
const behindAfter = 60_000;

const growthRules = alertRuleNames.flatMap((rule) => {
  const { measure } = alertRule(rule);
  return measure.operator === 'growth' ? [{ rule, overMilliseconds: measure.overSeconds * 1000 }] : [];
});
/** A level that is older than that by half says nothing of growth over that time. */
const oldestLevel = 1.5 * Math.max(...growthRules.map(({ overMilliseconds }) => overMilliseconds));

/**
 * Opens, changes and resolves the alerts of an area; nothing where another process has looked since, or where the read models lie
 * behind the log. @returns how many it opened, raised, escalated and resolved.
 */
export async function lookAtArea(
  tx: Transaction,
  { areaCode, at, every, undelivered, newId, tell }: Look,
): Promise<number> {
  const [mine] = await tx.rows(claimLook, [areaCode, at, every]);
  if (!mine) return 0;
  const [lag] = await tx.rows<{ behind: boolean }>(isBehind, [
    areaCode,
    readTypes,
    at - behindAfter,
    commandCentreGroup,
  ]);
  if (!lag || lag.behind) return 0;
  const [before, picture] = await Promise.all([
    tx.rows<StandingAlert>(readStanding, [areaCode]),
    pictureOf(tx, areaCode, at, undelivered ?? []),
  ]);
  // As it was seen last, where it cannot be seen now.
  const isUnseen = ({ rule }: Reading): boolean => !undelivered && alertRule(rule).measure.operator === 'undelivered';
  const after = alertsAfter(before, [...readingsOf(picture), ...before.filter(isUnseen)], at, newId);
  const sent: Promise<unknown>[] = [];
  if (after.opened.length > 0) sent.push(tx.rows(openAlerts, [areaCode, JSON.stringify(after.opened)]));
  if (after.standing.length > 0) sent.push(tx.rows(updateAlerts, [JSON.stringify(after.standing)]));
  if (after.resolved.length > 0) sent.push(tx.rows(resolveAlerts, [after.resolved.map(({ alertId }) => alertId), at]));
  const levels = waitingNow(picture);
  if (levels.length > 0) {
    const columns = [
      levels.map(({ rule }) => rule),
      levels.map((each) => each.stationCode),
      levels.map((each) => each.trucks),
    ];
    sent.push(tx.rows(keepLevels, [areaCode, at, ...columns]));
  }
  sent.push(tx.rows(forgetLevels, [areaCode, at - oldestLevel]));
  await Promise.all(sent);
  const changes = changesBetween(before, after);
  await tell(changes);
  return changes.length;
}

async function pictureOf(
  tx: Transaction,
  areaCode: string,
  at: number,
  undelivered: readonly WaitingMessages[],
): Promise<Picture> {
  const [stories, heard, ...levels] = await Promise.all([
    tx.rows<StoryRow>(readOpenStories, [areaCode]),
    tx.rows<{ stationCode: string; heardAt: number }>(readHeard, [areaCode]),
    ...growthRules.map(({ rule, overMilliseconds }) =>
      tx.rows<LevelRow>(readLevels, [areaCode, rule, at - overMilliseconds, at - 1.5 * overMilliseconds]),
    ),
  ]);
  const before = new Map(levels.flat().map(({ rule, stationCode, trucks }) => [`${rule}/${stationCode}`, trucks]));
  return {
    at,
    stories: stories.map(({ facts, ...story }) => ({ ...story, facts: factsOf(facts) })),
    heard: new Map(heard.map(({ stationCode, heardAt }) => [stationCode, heardAt])),
    undelivered,
    waitedBefore: (rule, stationCode) => before.get(`${rule}/${stationCode}`),
  };
}

function factsOf(written: string): Fact[] {
  const facts = JSON.parse(written) as [string, Fact['name'], number, FactValues][];
  return facts.map(([id, name, at, values]) => ({ id, name, at, values }));
}
