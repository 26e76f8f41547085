/** What of an alert says where it stands. */
export interface UrgentAlert {
  readonly level: string;
  readonly acknowledgedBy?: string;
  readonly raisedAt: string;
}

/** Those that nobody is at first, of them the critical ones, of them the oldest. */
export function byUrgency<T extends UrgentAlert>(alerts: readonly T[]): T[] {
  return alerts.toSorted(
    (one, other) =>
      Number(one.acknowledgedBy !== undefined) - Number(other.acknowledgedBy !== undefined) ||
      Number(other.level === 'critical') - Number(one.level === 'critical') ||
      one.raisedAt.localeCompare(other.raisedAt),
  );
}
