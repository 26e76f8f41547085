import type { EventData } from '@yizhan/contracts';
import { Problem } from '@yizhan/kernel';
import { stepsFrom, type TransitionTable } from '../../cases/transition-table.js';

export const readinesses = ['willing', 'ready', 'activated', 'ended'] as const;
export type Readiness = (typeof readinesses)[number];

/** A step is named after the readiness that it leads to. */
export const enterpriseTable: TransitionTable<Readiness, Readiness> = {
  willing: {
    means: 'It wants to ship or receive. Set when the enterprise is registered, and when it comes back.',
    steps: { ready: 'ready', activated: 'activated', ended: 'ended' },
  },
  ready: {
    means: 'Its yard and people are prepared. Set by the enterprise or the command centre.',
    steps: { activated: 'activated', ended: 'ended' },
  },
  activated: { means: 'Trucks go to it now.', steps: { ready: 'ready', ended: 'ended' } },
  ended: { means: 'No more trucks go to it. It can be willing again.', steps: { willing: 'willing' } },
};

/** @throws Problem `illegal_state` that names what it can become instead. */
export function assertReadinessFollows(from: Readiness, to: Readiness): void {
  const allowedSteps = stepsFrom(enterpriseTable, from);
  if (allowedSteps.includes(to)) return;
  throw new Problem(
    'illegal_state',
    'ENTERPRISE.STEP_NOT_ALLOWED',
    `an enterprise that is ${from} does not become ${to}`,
    {
      state: from,
      allowedSteps,
    },
  );
}

/** What the event says of an enterprise that has become `readiness`. */
export function readinessFacts(enterpriseId: string, readiness: Readiness): EventData['enterprise.readiness_changed'] {
  return {
    enterpriseId,
    readiness,
    willing: readiness !== 'ended',
    ready: readiness === 'ready' || readiness === 'activated',
    activated: readiness === 'activated',
    ended: readiness === 'ended',
  };
}

export const enterpriseNotFound = (enterpriseId: string): Problem =>
  new Problem('not_found', 'ENTERPRISE.NOT_FOUND', `no enterprise ${enterpriseId}`, { enterpriseId });
