import { type CostWeights, weightsOf } from '@yizhan/policy';
import { usualRoundTripSeconds } from '../matching/usual-round-trip.js';
import { type AreaPicture, policyInForce, type VisitPicture } from '../picture/area-picture.js';

/** A truck with goods that a line waits for, and what becomes of the line. */
export interface LineStop {
  readonly visit: VisitPicture;
  readonly enterpriseId: string;
  /** Category of the goods. */
  readonly category: string;
  /** When the line stops without them, epoch milliseconds. */
  readonly stopsLineAt: number;
  /** For how much longer the truck may wait and still be there in time; below 0 where it is too late already. */
  readonly slackSeconds: number;
  /** Whether the line stops if the truck waits as long as the pack counts (`lineStopWithinSeconds`). */
  readonly isAtRisk: boolean;
}

const wayMillis = usualRoundTripSeconds * 500;

/**
 * The trucks into the zone on which lines depend, those whose line stops first at the start. Of each category of goods for an enterprise
 * it is the first truck that may go: with it the line goes on, as far as anybody knows, and once it has gone in none of that category
 * counts until the enterprise says again when its line stops.
 */
export function lineStops(picture: AreaPicture, now: number): LineStop[] {
  if (picture.enterprises.size === 0) return [];
  const stops: LineStop[] = [];
  const taken = new Set<string>();
  const inOrder = [...picture.visits.values()].filter(({ flow }) => flow === 'into_zone').toSorted(byWhoMayGo);
  for (const visit of inOrder) {
    const weights = weightsFor(picture, visit);
    for (const { enterpriseId, category } of visit.goods) {
      const { stopsLineAt, served } = picture.enterprises.get(enterpriseId) ?? {};
      const key = `${enterpriseId} ${category}`;
      if (stopsLineAt === undefined || served?.has(category) || taken.has(key)) continue;
      taken.add(key);
      const slackSeconds = Math.floor((stopsLineAt - wayMillis - now) / 1000);
      const isAtRisk = slackSeconds < weights.lineStopWithinSeconds;
      stops.push({ visit, enterpriseId, category, stopsLineAt, slackSeconds, isAtRisk });
    }
  }
  return stops.toSorted((one, other) => one.stopsLineAt - other.stopsLineAt || byWhoMayGo(one.visit, other.visit));
}

/** Of each truck on which a line at risk depends, the seconds that are left: those of its most urgent line. */
export function slackOfTrucks(picture: AreaPicture, now: number): ReadonlyMap<VisitPicture, number> {
  const slack = new Map<VisitPicture, number>();
  for (const { visit, slackSeconds, isAtRisk } of lineStops(picture, now)) {
    if (isAtRisk && !slack.has(visit)) slack.set(visit, slackSeconds);
  }
  return slack;
}

/** The priority of a truck: its own, that of the most urgent enterprise that it has goods for, or that of a line at risk. */
export function priorityOf(
  picture: AreaPicture,
  visit: Pick<VisitPicture, 'priority' | 'goods' | 'zoneId'>,
  isLineAtRisk = false,
): number {
  const ofEnterprises = visit.goods.map(({ enterpriseId }) => picture.enterprises.get(enterpriseId)?.priority ?? 0);
  const ofLine = isLineAtRisk ? weightsFor(picture, visit).lineStopPriority : 0;
  return Math.max(visit.priority, ofLine, ...ofEnterprises);
}

function weightsFor(picture: AreaPicture, { zoneId }: Pick<VisitPicture, 'zoneId'>): CostWeights {
  return weightsOf(policyInForce(picture, zoneId)?.rules ?? {});
}

/** Held cargo goes nowhere; then who came first. */
function byWhoMayGo(one: VisitPicture, other: VisitPicture): number {
  return (
    Number(one.held) - Number(other.held) ||
    one.arrivedBy.at - other.arrivedBy.at ||
    (one.visitId < other.visitId ? -1 : 1)
  );
}
