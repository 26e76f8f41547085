import type { RequestOverrideRequest } from '@yizhan/client';
import { useBoard } from '../board/use-board.js';
import type { OverrideRequest } from './overrides.js';

/** What an override would be for: a driver, or a seal that is not the recorded one. */
export interface AskedFor {
  readonly handoffId: string;
  readonly rule: RequestOverrideRequest['rule'];
  readonly driverId?: string;
  readonly seal?: { readonly number: string; readonly intact: boolean };
}

/** What somebody has asked for it, where he has: the newest. */
export function useAsked(stationCode: string, asked: AskedFor): OverrideRequest | undefined {
  const { data: board } = useBoard(stationCode);
  const { handoffId, rule, driverId, seal } = asked;
  return board?.overrideRequests.findLast(
    (each) =>
      each.handoffId === handoffId &&
      each.rule === rule &&
      each.driverId === driverId &&
      each.seal?.number === seal?.number &&
      each.seal?.intact === seal?.intact,
  );
}
