import type { Appointment } from './agenda.js';
import type { Asked } from './steps.js';

/** A request to the station that somebody is going to make. */
export type RequestAction = Appointment &
  Asked & {
    readonly does: 'ask';
    /** 1 for the first try; a refused request is tried again later under another key. */
    readonly attempt: number;
    /** When it happened, where that was before it is recorded: the gate's own time of a passage. */
    readonly happenedAt?: number;
  };

/** Somebody makes up his mind, with what he knows by then; nothing is asked of the station. */
export interface Thought extends Appointment {
  readonly does: 'think';
  readonly think: (at: number) => void;
}

export type Action = RequestAction | Thought;
