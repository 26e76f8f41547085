import type { EventName, YizhanEvent } from '@yizhan/contracts';
import { parseInstant } from '@yizhan/kernel';
import type { AreaPicture } from './area-picture.js';

/** Takes one event into the picture. What it names and the picture does not know is passed over: the station checks again. */
export type Fold<N extends EventName> = (picture: AreaPicture, event: YizhanEvent<N>) => void;

/** Epoch milliseconds of an instant in an event. @throws where it is none, which parks the event. */
export function instantOf(text: string): number {
  const instant = parseInstant(text);
  if (instant === undefined) throw new Error(`${JSON.stringify(text)} is no instant`);
  return instant;
}
