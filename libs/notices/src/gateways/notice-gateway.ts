import type { DueNotice } from '../notice.js';
import type { Outcome } from '../failure.js';

/** One notice on its way out. */
export interface Message extends Pick<DueNotice, 'noticeId' | 'template' | 'values' | 'text' | 'language'> {
  /** A phone or an e-mail address; empty where the gateway leads to one group. */
  readonly to: string;
}

/** The port: a way out of the house. Whoever implements it never throws, and keeps nothing. */
export interface NoticeGateway {
  /** How many are under way at once. */
  readonly width: number;
  /** Milliseconds between those and the next. */
  readonly pause: number;
  send(message: Message): Promise<Outcome>;
  close(): Promise<void>;
}
