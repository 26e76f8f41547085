import { credentialsNeeded, licenceCovers, weightsOf } from '@yizhan/policy';
import type { AreaPicture, DriverPicture, HandoffPicture } from '../picture/area-picture.js';
import { canBeTold } from '../rules/can-be-told.js';
import { driverIsFree } from '../rules/driver-is-free.js';
import { Blocks } from './blocks.js';
import { type Changeable, onOtherWay } from './changeable.js';
import { type ComingBack, comingBack } from './coming-back.js';
import { type CostParts, type Costs, costsOf, licencesCovered, waitingLonger } from './costs.js';
import { type Plan, planOf } from './plan-of-driver.js';
import type { Swap } from './swap.js';

/** A driver who may take the truck, and when. Instants are epoch milliseconds. */
export interface Option {
  readonly driver: DriverPicture;
  readonly plannedStartAt: number;
  readonly plannedReturnAt: number | undefined;
  readonly parts: CostParts;
  readonly costs: Costs;
  /** He is not free yet, but expected to be then; absent where he can be proposed now. */
  readonly awaitedUntil?: number;
  /** He is on his way to this handoff, which would need another driver. */
  readonly releases?: HandoffPicture;
}

/** Everybody in the pool: who may take the truck, and why the others may not. */
export interface Candidates {
  readonly options: readonly Option[];
  /** Who is expected to be free soon, and may take it then. */
  readonly awaited: readonly Option[];
  /** Who is on his way to another truck, and may take this one instead. */
  readonly changeable: readonly Option[];
  readonly blocks: Blocks;
}

/** Who could take the truck were he not lent to another area. */
export function lentOutFor(picture: AreaPicture, swap: Swap): readonly (DriverPicture & { readonly lentTo: string })[] {
  if (swap.flow === 'out_of_zone' || picture.lentOut.size === 0) return [];
  return [...picture.lentOut.values()].filter(
    ({ insideZoneId, licences }) =>
      insideZoneId === swap.zoneId && licenceCovers(swap.policy.rules, licences, swap.licenceRequired),
  );
}

const emptyPool = { into_zone: 'no_drivers', out_of_zone: 'no_return_driver' } as const;

/** Asks the hard rules of drivers, at one instant; what was asked for one swap is remembered for those that ask the same. */
export class CandidateSearch {
  readonly #found = new Map<string, Candidates>();
  readonly #plans = new Map<string, Map<DriverPicture, Plan>>();
  #comingBack: ReadonlyMap<DriverPicture, ComingBack> | undefined;

  /**
   * @param isFree whether a driver can be asked at all, as what he does now goes
   * @param changeable assignments that the plan may change
   */
  constructor(
    private readonly picture: AreaPicture,
    private readonly now: number,
    private readonly isFree: typeof driverIsFree = driverIsFree,
    readonly changeable: ReadonlyMap<DriverPicture, Changeable> = new Map(),
  ) {}

  for(swap: Swap): Candidates {
    if (swap.flow === 'out_of_zone') return this.#find(swap, new Map());
    const asks = `${swap.zoneId}|${swap.stationCode}|${swap.startsFrom}|${credentialsNeeded(swap.policy.rules, swap).join(' ')}`;
    const key = `${asks}|${swap.licenceRequired}`;
    let found = this.#found.get(key);
    if (!found) {
      found = this.#find(swap, this.#plansFor(asks));
      this.#found.set(key, found);
    }
    return found;
  }

  #find(swap: Swap, plans: Map<DriverPicture, Plan>): Candidates {
    const { rules } = swap.policy;
    const needed = licencesCovered(rules, [swap.licenceRequired]);
    const options: Option[] = [];
    const awaited: Option[] = [];
    const changeable: Option[] = [];
    const blocks = swap.pool.length > 0 ? new Blocks() : Blocks.of(emptyPool[swap.flow]);
    for (const driver of swap.pool) {
      // A busy driver who could never take it is told by what would have to change: his licence.
      if (!licenceCovers(rules, driver.licences, swap.licenceRequired)) blocks.add('licence', driver.driverId);
      else if (driver.lentTo !== undefined) blocks.add('lent', driver.driverId);
      else if (!this.isFree(driver, this.now)) {
        blocks.add('busy', driver.driverId);
        const option =
          this.#changeable(swap, driver, needed, plans, blocks) ?? this.#awaited(swap, driver, needed, plans);
        if (option) (option.releases ? changeable : awaited).push(option);
      } else if (!canBeTold(this.picture, driver)) blocks.add('station_cut_off', driver.driverId);
      else {
        const plan = this.#planOf(swap, driver, plans);
        if (plan.rule === undefined) {
          options.push(optionOf(swap, driver, plan, plan.licencesCovered - needed));
        } else blocks.add(plan.rule, driver.driverId, plan.until);
      }
    }
    for (const { driverId } of lentOutFor(this.picture, swap)) blocks.add('lent', driverId);
    return { options, awaited, changeable, blocks };
  }

  #awaited(swap: Swap, driver: DriverPicture, needed: number, plans: Map<DriverPicture, Plan>): Option | undefined {
    if (swap.flow === 'out_of_zone') return undefined;
    this.#comingBack ??= comingBack(this.picture, this.now);
    const coming = this.#comingBack.get(driver);
    if (!coming || !canBeTold(this.picture, coming.expected)) return undefined;
    let plan = plans.get(driver);
    if (!plan) {
      const startsFrom = Math.max(swap.startsFrom, coming.freeAt);
      plan = planOf(this.picture, { ...swap, startsFrom }, coming.expected, coming.freeAt);
      plans.set(driver, plan);
    }
    if (plan.rule !== undefined) return undefined;
    const option = optionOf(swap, driver, plan, plan.licencesCovered - needed);
    const costs = waitingLonger(option.costs, weightsOf(swap.policy.rules).awaitedDriverSeconds);
    return { ...option, costs, awaitedUntil: coming.freeAt };
  }

  #changeable(
    swap: Swap,
    driver: DriverPicture,
    needed: number,
    plans: Map<DriverPicture, Plan>,
    blocks: Blocks,
  ): Option | undefined {
    const assignment = this.changeable.get(driver);
    if (!assignment || swap.flow === 'out_of_zone' || this.picture.stations.get(swap.stationCode)?.isReviewed)
      return undefined;
    let plan = plans.get(driver);
    if (!plan) {
      const { expected, freeAt } = onOtherWay(assignment, swap.stationCode, this.now);
      plan = planOf(this.picture, { ...swap, startsFrom: Math.max(swap.startsFrom, freeAt) }, expected, freeAt);
      plans.set(driver, plan);
    }
    if (plan.rule !== undefined) {
      blocks.waitUntil('busy', plan.until);
      return undefined;
    }
    const option = optionOf(swap, driver, plan, plan.licencesCovered - needed);
    const costs = waitingLonger(option.costs, weightsOf(swap.policy.rules).switchSeconds);
    return { ...option, costs, releases: assignment.handoff };
  }

  #planOf(swap: Swap, driver: DriverPicture, plans: Map<DriverPicture, Plan>): Plan {
    let plan = plans.get(driver);
    if (!plan) {
      plan = planOf(this.picture, swap, driver, this.now);
      plans.set(driver, plan);
    }
    return plan;
  }

  #plansFor(asks: string): Map<DriverPicture, Plan> {
    let plans = this.#plans.get(asks);
    if (!plans) {
      plans = new Map();
      this.#plans.set(asks, plans);
    }
    return plans;
  }
}

function optionOf(
  swap: Swap,
  driver: DriverPicture,
  { plannedStartAt, plannedReturnAt, travelSeconds, drivenSeconds }: Extract<Plan, { rule: undefined }>,
  spareLicences: number,
): Option {
  const parts: CostParts = {
    delaySeconds: Math.ceil((plannedStartAt - swap.startsFrom) / 1000),
    travelMinutes: Math.ceil(travelSeconds / 60),
    spareLicences: Math.max(0, spareLicences),
    drivenMinutes: Math.floor(drivenSeconds / 60),
    shiftLeftMinutes: minutesLeft(driver, plannedReturnAt),
    unanswered: 0,
  };
  return { driver, plannedStartAt, plannedReturnAt, parts, costs: costsOf(swap.policy.rules, parts) };
}

/** Of his shift, when he is back with the truck; 0 for whoever takes one out of the zone. */
function minutesLeft({ shift }: DriverPicture, plannedReturnAt: number | undefined): number {
  if (!shift || plannedReturnAt === undefined) return 0;
  return Math.max(0, Math.floor((shift.endsAt - plannedReturnAt) / 60_000));
}
