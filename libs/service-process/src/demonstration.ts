/** An account of a demonstration, with the secret that whoever looks at it signs in with: there is nothing to protect. */
export interface DemonstrationAccount {
  readonly accountId: string;
  readonly role: 'operator' | 'shift_lead' | 'command_centre' | 'administrator';
  /** Random, of this start alone. */
  readonly password: string;
}

/** A made-up day that a process plays to whoever looks, in place of real work. */
export interface Demonstration {
  /** Id of the scenario that is played. */
  readonly scenario: string;
  /** How many times as fast as the clock on the wall it runs now; 1 when it is over. */
  readonly speed: number;
  /** The day has been played: nothing moves by itself any more. */
  readonly isOver: boolean;
  readonly accounts: readonly DemonstrationAccount[];
}
