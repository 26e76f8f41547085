import type { RequestAction } from './people/action.js';

/** What the station gets with each step. */
export interface PerformedRequest {
  readonly key: string;
  readonly caller: string;
  readonly hash: string;
  readonly at: number;
}

/** Carries out a step. @throws Problem where the station refuses. */
export type Perform = (action: RequestAction, request: PerformedRequest) => Promise<unknown>;
