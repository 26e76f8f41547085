import { type Failure as RequestFailure, failureCodes as requestFailures } from '@yizhan/outgoing';

/** Why a notice was not taken, as a closed list: what readers translate. */
export const noticeFailureCodes = [
  ...requestFailures,
  'gateway_refused',
  'too_many',
  'login_refused',
  'recipient_refused',
  'mail_refused',
  'no_recipient',
] as const;
export type NoticeFailureCode = (typeof noticeFailureCodes)[number];

export interface NoticeFailure {
  readonly code: NoticeFailureCode;
  /** In English, where nobody translates the code; holds no address of a person. */
  readonly words: string;
}

/** What came of an attempt; taken where there is no failure. */
export interface Outcome {
  readonly failure?: NoticeFailure | RequestFailure;
  /** What the gateway asks for before anything else is sent to it, milliseconds. */
  readonly holdFor?: number;
  /** Trying again would not help. */
  readonly isFinal?: boolean;
}
