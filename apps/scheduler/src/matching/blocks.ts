/** Why drivers do not get a handoff: the first rule that keeps each away, in the order in which rules are told. */
export const blockRules = [
  'station_suspended',
  'station_closed',
  'station_cut_off',
  'cargo_held',
  'lane_throttled',
  'policy_not_published',
  'no_drivers',
  'no_return_driver',
  'side',
  'licence',
  'lent',
  'busy',
  'credentials',
  'shift',
  'home_before_shift_ends',
  'hours',
  'travel',
  'declined_before',
  'refused_before',
  'outbid',
  'kept_for_announced',
  'kept_for_forecast',
  'starts_later',
  'awaits_driver',
] as const;

export type BlockRule = (typeof blockRules)[number];

/** One rule and whom it keeps away. */
export interface Block {
  readonly rule: BlockRule;
  readonly drivers: number;
  /** The first of them, in the order of ids. */
  readonly driverIds: readonly string[];
  /** The earliest instant (epoch milliseconds) at which time alone may let one of them have it. */
  readonly until?: number;
}

const examples = 5;

/** Counts drivers by the rule that keeps them away. */
export class Blocks {
  readonly #blocks = new Map<BlockRule, { drivers: number; driverIds: string[]; until?: number }>();

  /** @param until from when on time alone may let it go */
  static of(rule: BlockRule, until?: number): Blocks {
    const blocks = new Blocks();
    blocks.#blocks.set(rule, { drivers: 0, driverIds: [], until });
    return blocks;
  }

  copy(): Blocks {
    const blocks = new Blocks();
    for (const [rule, block] of this.#blocks) blocks.#blocks.set(rule, { ...block, driverIds: [...block.driverIds] });
    return blocks;
  }

  add(rule: BlockRule, driverId: string, until?: number): void {
    let block = this.#blocks.get(rule);
    if (!block) {
      block = { drivers: 0, driverIds: [] };
      this.#blocks.set(rule, block);
    }
    block.drivers += 1;
    if (block.driverIds.length < examples) block.driverIds.push(driverId);
    if (until !== undefined) block.until = Math.min(until, block.until ?? Infinity);
  }

  /** Time alone may let one go whom this rule keeps away. */
  waitUntil(rule: BlockRule, until: number | undefined): void {
    const block = this.#blocks.get(rule);
    if (block && until !== undefined) block.until = Math.min(until, block.until ?? Infinity);
  }

  /** When to ask again if nothing happens meanwhile. */
  get until(): number | undefined {
    const untils = [...this.#blocks.values()].map(({ until }) => until).filter((until) => until !== undefined);
    return untils.length === 0 ? undefined : Math.min(...untils);
  }

  /** In the order of `blockRules`. */
  list(): Block[] {
    return blockRules.flatMap((rule): Block[] => {
      const block = this.#blocks.get(rule);
      return block ? [{ rule, ...block }] : [];
    });
  }
}
