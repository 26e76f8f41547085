import type { Blocker, PolicyRef } from '@yizhan/contracts';
import type { HandoffPicture } from '../picture/area-picture.js';
import { cheapestFor, costFor } from './assign-drivers.js';
import type { Block } from './blocks.js';
import type { CostParts } from './costs.js';
import type { Option } from './find-candidates.js';
import type { Urgency } from './urgency.js';
import type { WaitingRow } from './waiting-rows.js';

/** What a decision rests on, kept for whoever asks why. */
export interface DecisionInputs {
  readonly urgency: Urgency;
  /** The cheapest drivers who may take it, cheapest first. */
  readonly considered: readonly { readonly driverId: string; readonly cost: number; readonly parts: CostParts }[];
  /** How many drivers may take it in all. */
  readonly eligible: number;
  readonly blocks: readonly Block[];
  /** The handoff that the driver is taken from. */
  readonly releasesHandoffId?: string;
}

interface DecisionOn {
  readonly handoff: HandoffPicture;
  readonly policy: PolicyRef | undefined;
  readonly inputs: DecisionInputs;
}

export interface Proposal extends DecisionOn {
  readonly kind: 'proposed';
  readonly driverId: string;
  readonly plannedStartAt: number;
  readonly plannedReturnAt?: number;
  readonly expiresAt: number;
  /** The handoff that he is assigned to, which would need another driver. */
  readonly releasesHandoffId?: string;
  readonly alternatives: readonly { readonly driverId: string; readonly cost: number }[];
}

export interface Withholding extends DecisionOn {
  readonly kind: 'withheld';
  readonly blockers: readonly Blocker[];
}

export type Decision = Proposal | Withholding;

/** A proposal that the station has not answered by then is made again. */
export const answerWithinMillis = 60_000;
const consideredAtMost = 10;
const alternativesAtMost = 3;

/** `taken` are the drivers whom this match gives to somebody: they are no alternatives. */
export function proposal(row: WaitingRow, choice: Option, now: number, taken: ReadonlySet<string>): Proposal {
  const inputs = inputsOf(row, row.blocks.list(), choice);
  const others = inputs.considered.filter(({ driverId }) => !taken.has(driverId));
  return {
    kind: 'proposed',
    handoff: row.handoff,
    policy: row.policy?.ref,
    inputs,
    driverId: choice.driver.driverId,
    plannedStartAt: choice.plannedStartAt,
    plannedReturnAt: choice.plannedReturnAt,
    expiresAt: now + answerWithinMillis,
    ...(choice.releases && { releasesHandoffId: choice.releases.handoffId }),
    alternatives: others.slice(0, alternativesAtMost).map(({ driverId, cost }) => ({ driverId, cost })),
  };
}

/** `blocks` are the row's, as `blocksOf` gives them. */
export function withholding(row: WaitingRow, blocks: readonly Block[]): Withholding {
  return {
    kind: 'withheld',
    handoff: row.handoff,
    policy: row.policy?.ref,
    inputs: inputsOf(row, blocks),
    blockers: blocks.map(({ rule, drivers }) => ({ rule, drivers })),
  };
}

/** Drivers whom a match does not leave to others. */
export interface Given {
  /** To somebody who waits. */
  readonly taken: ReadonlySet<string>;
  /** To trucks that are about to arrive. */
  readonly kept: ReadonlySet<string>;
  /** To trucks that usually come at this hour. */
  readonly forecast: ReadonlySet<string>;
}

/**
 * Why a row that gets nobody gets nobody. Who may take it was given to others, or is kept for a truck that is about to
 * arrive or for one that usually comes now: it is outbid. Or it awaits somebody who is not free yet, and those who are could start only later.
 */
export function blocksOf({ blocks, options }: WaitingRow, given?: Given, awaited?: Option): Block[] {
  if (options.length === 0 && !awaited) return blocks.list();
  const all = blocks.copy();
  for (const { driver } of options) {
    const { driverId } = driver;
    if (given?.kept.has(driverId)) all.add('kept_for_announced', driverId);
    else if (given?.forecast.has(driverId)) all.add('kept_for_forecast', driverId);
    else all.add(awaited && !given?.taken.has(driverId) ? 'starts_later' : 'outbid', driverId);
  }
  if (awaited) all.add('awaits_driver', awaited.driver.driverId, awaited.awaitedUntil);
  return all.list();
}

function inputsOf(row: WaitingRow, blocks: readonly Block[], choice?: Option): DecisionInputs {
  const { urgency, options } = row;
  const best = cheapestOf(row);
  const shown = choice && !best.includes(choice) ? [...best, choice] : best;
  return {
    urgency,
    considered: shown.map((option) => ({
      driverId: option.driver.driverId,
      cost: costFor(row, option),
      parts: option.parts,
    })),
    eligible: options.length,
    blocks,
    ...(choice?.releases && { releasesHandoffId: choice.releases.handoffId }),
  };
}

const cheapestKnown = new WeakMap<readonly Option[], Map<number, readonly Option[]>>();

/** The cheapest options. Handoffs that ask the same share their options: found once for all of them that are as urgent. */
function cheapestOf(row: WaitingRow): readonly Option[] {
  const known = cheapestKnown.get(row.options) ?? new Map<number, readonly Option[]>();
  cheapestKnown.set(row.options, known);
  let best = known.get(row.weightPercent);
  if (!best) {
    best = cheapestFor(row, row.options, consideredAtMost);
    known.set(row.weightPercent, best);
  }
  return best;
}
