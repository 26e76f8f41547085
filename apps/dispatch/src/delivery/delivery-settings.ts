/** How deliveries are made; tests make it faster. */
export class DeliverySettings {
  /** How long a process may keep a delivery before another one takes it over, milliseconds of the wall clock. */
  readonly lease: number = 30_000;
  /** For all of an attempt, milliseconds of the wall clock. Shorter than a lease. */
  readonly within: number = 15_000;
  /** How often it is looked what is due and which subscriptions there are, milliseconds of the wall clock. */
  readonly lookEvery: number = 500;
  /** After how many looks it is begun that what has ended long ago is forgotten. */
  readonly looksPerPurge: number = 120;
  /** Most messages under way to one endpoint at once. */
  readonly connections: number = 16;
  /** For how long outcomes are gathered after some were recorded, milliseconds of the wall clock. */
  readonly gatherFor: number = 5;

  /** Most deliveries that a process has in hand at once, over all endpoints: bodies of under 20 kB each. */
  readonly mostInHand: number = 2_048;

  constructor(settings: Partial<DeliverySettings> = {}) {
    Object.assign(this, settings);
  }
}
