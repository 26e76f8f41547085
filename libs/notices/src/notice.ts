import type { NoticeTemplate, NoticeValues } from './templates.js';

export const noticeChannels = ['text', 'robot', 'mail'] as const;
/** How a notice travels: as a text message, by the robot of a group, as an e-mail. */
export type NoticeChannel = (typeof noticeChannels)[number];

/** `overtaken`: what it tells of was over before it was sent. `expired`: its time was. */
export const noticeStates = ['waiting', 'sent', 'failed', 'expired', 'overtaken'] as const;
export type NoticeState = (typeof noticeStates)[number];

export const noticeLanguages = ['zh', 'en'] as const;
export type NoticeLanguage = (typeof noticeLanguages)[number];

/** A notice to one recipient, before it is written. Instants are epoch milliseconds. */
export interface NewNotice {
  /** What it tells of: of one cause each recipient gets one notice, whoever writes it how often. */
  readonly cause: string;
  /** Such as `alert/<id>` or `visit/<id>`. */
  readonly about: string;
  readonly areaCode: string;
  /** Empty for what is of the whole area. */
  readonly stationCode: string;
  readonly template: NoticeTemplate;
  readonly values: NoticeValues;
  /** Whom: never his address. `duty/<name>/<number>`, `driver:R1`, `carrier:C1`; empty for the group of a robot. */
  readonly recipient: string;
  /** Which gateway: `text`, `mail`, or `robot/<name>`. */
  readonly gateway: string;
  readonly language: NoticeLanguage;
  /** Not before. */
  readonly dueAt: number;
  /** From then on nobody is to get it any more. */
  readonly expiresAt: number;
  /** It is of use only to whoever has got one about the same before. */
  readonly isSequel?: boolean;
}

/** A notice as it is handed to whoever sends it. */
export interface DueNotice {
  readonly noticeId: string;
  readonly about: string;
  readonly template: NoticeTemplate;
  readonly values: NoticeValues;
  readonly text: string;
  readonly recipient: string;
  readonly language: NoticeLanguage;
  /** Attempts, this one included. */
  readonly tries: number;
  readonly expiresAt: number;
}

export const channelOf = (gateway: string): NoticeChannel =>
  gateway === 'text' || gateway === 'mail' ? gateway : 'robot';
