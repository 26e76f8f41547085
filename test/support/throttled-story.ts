import type { Flow } from '@yizhan/contracts';
import { toIso } from '@yizhan/kernel';
import { AreaStory, uuidOf } from './area-story.js';

/** An area in which lanes are throttled. */
export class ThrottledStory extends AreaStory {
  /** A lane of which only so many trucks an hour get a driver, at one station or at all of them. */
  throttles(trucksPerHour: number, stationCode?: string, endsAt?: number, flow: Flow = 'into_zone'): this {
    const throttleId = uuidOf(`throttle ${flow} ${stationCode ?? ''}`);
    return this.tell('lane.throttled', `lane/${throttleId}`, {
      throttleId,
      areaCode: this.areaCode,
      flow,
      stationCode,
      trucksPerHour,
      reason: 'road',
      byId: 'command_centre:zhang',
      throttledAt: toIso(this.now),
      endsAt: endsAt === undefined ? undefined : toIso(endsAt),
    });
  }

  /** The throttle of the lane ends. */
  lifts(stationCode?: string, flow: Flow = 'into_zone'): this {
    const throttleId = uuidOf(`throttle ${flow} ${stationCode ?? ''}`);
    const lane = { throttleId, areaCode: this.areaCode, flow, stationCode };
    return this.tell('lane.throttle_ended', `lane/${throttleId}`, { ...lane, how: 'lifted', endedAt: toIso(this.now) });
  }
}
