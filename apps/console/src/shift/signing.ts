/** What somebody may sign of a shift. */
export type Signing = 'hand_over' | 'take_over' | 'wait' | 'none';

interface Signable {
  readonly newest: { readonly state: string; readonly outgoingId: string } | undefined;
  readonly role: string;
  readonly accountId: string;
}

/** The outgoing lead hands over; another one takes over what is offered. The rest of the station looks on. */
export function signingOf({ newest, role, accountId }: Signable): Signing {
  if (role !== 'shift_lead' && role !== 'administrator') return 'none';
  if (newest?.state !== 'offered') return 'hand_over';
  return newest.outgoingId === accountId ? 'wait' : 'take_over';
}
