import { Caller } from '@yizhan/identity';
import { Problem } from '@yizhan/kernel';
import type { Transaction } from '@yizhan/persistence';
import type { EventFilter } from '../events/event-filter.js';

/** `unproven`: nobody has shown yet that the endpoint wants it; only then is anything sent that happened. */
export const subscriptionStates = ['unproven', 'active', 'paused', 'disabled'] as const;
export type SubscriptionState = (typeof subscriptionStates)[number];

/** `gone`: it answered 410. `failing`: it has answered nothing rightly for a week. */
export const disabledReasons = ['gone', 'failing'] as const;
export type DisabledReason = (typeof disabledReasons)[number];

/** A subscription as its row has it; instants are epoch milliseconds. */
export interface SubscriptionRow {
  readonly subscription_id: string;
  /** Whose trucks; null: everybody's. */
  readonly carrier_id: string | null;
  readonly url: string;
  readonly description: string | null;
  readonly filter: EventFilter;
  readonly header_names: readonly string[];
  readonly headers_sealed: Buffer | null;
  readonly secret_sealed: Buffer;
  readonly secret_made_at: number;
  readonly previous_sealed: Buffer | null;
  readonly previous_until: number | null;
  readonly per_second: number | null;
  readonly ordered: boolean;
  readonly state: SubscriptionState;
  readonly disabled_reason: DisabledReason | null;
  readonly disabled_at: number | null;
  /** Where a proof leads that it waits for. */
  readonly proves_into: 'active' | 'paused';
  /** Grows with every change of what a sender goes by. */
  readonly version: number;
  /** Up to where the log has been made into deliveries. */
  readonly position: number;
  readonly last_number: number;
  readonly failures: number;
  readonly failing_since: number | null;
  readonly held_until: number | null;
  readonly proven_at: number | null;
  readonly created_at: number;
  readonly changed_at: number;
}

export const subscriptionColumns = `
  s.subscription_id, s.carrier_id, s.url, s.description, s.filter, s.header_names, s.headers_sealed, s.secret_sealed,
  s.secret_made_at, s.previous_sealed, s.previous_until, s.per_second, s.ordered, s.state, s.disabled_reason, s.disabled_at, s.proves_into,
  s.version, s.position, s.last_number, s.failures, s.failing_since, s.held_until, s.proven_at, s.created_at, s.changed_at`;

/** Whoever a subscription speaks for sees what this caller would see. */
export function callerOfSubscription({ subscription_id, carrier_id }: SubscriptionRow): Caller {
  const sub = `subscription:${subscription_id}`;
  if (carrier_id === null) return new Caller({ sub, role: 'administrator' });
  return new Caller({ sub, role: 'carrier', carrierId: carrier_id });
}

/** Whose subscriptions the caller has to do with; null: everybody's. @throws Problem for a carrier's token that names no carrier. */
export function scopeOf(caller: Caller): string | null {
  if (caller.role === 'administrator') return null;
  if (caller.role === 'carrier' && caller.carrierId !== undefined) return caller.carrierId;
  throw new Problem('forbidden', 'IDENTITY.NOT_YOUR_CARRIER', 'your token names no carrier');
}

/** The row, locked until the change is over. @throws Problem `not_found` where there is none that is the caller's. */
export async function lockSubscription(tx: Transaction, caller: Caller, id: string): Promise<SubscriptionRow> {
  const [row] = await tx.rows<SubscriptionRow>(lockOne, [id, scopeOf(caller)]);
  return row ?? noSuch(id);
}

/** @throws Problem `not_found`: also for what is another carrier's. */
export function noSuch(subscriptionId: string): never {
  throw new Problem('not_found', 'SUBSCRIPTION.NOT_FOUND', `no subscription ${subscriptionId}`, { subscriptionId });
}

/** Tells the subscriber something that has happened to his subscription. */
export function leaveNotice(tx: Transaction, id: string, at: number, [code, message]: readonly [string, string]): void {
  tx.last(insertNotice, [id, at, code, message]);
}

const lockOne = `
  SELECT ${subscriptionColumns} FROM dispatch.subscriptions s
  WHERE s.subscription_id = $1 AND ($2::text IS NULL OR s.carrier_id = $2) FOR UPDATE`;

export const insertNotice = `
  INSERT INTO dispatch.notices (subscription_id, noticed_at, code, message)
  VALUES ($1, to_timestamp($2::double precision / 1000), $3, $4)`;
