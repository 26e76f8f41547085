import type { Provider, Type } from '@nestjs/common';
import { ExpireThrottle, LiftThrottle } from './end-throttle.js';
import { LaneThrottleRow } from './lane-throttle.entity.js';
import { LaneThrottlesController } from './lane-throttles.controller.js';
import { LaneThrottles } from './lane-throttles.reader.js';
import { ThrottleLane } from './throttle-lane.js';

/** Lanes of which only so many trucks an hour get a driver. */
export const laneThrottleProviders: Provider[] = [ThrottleLane, LiftThrottle, ExpireThrottle, LaneThrottles];
export const laneThrottleControllers: Type[] = [LaneThrottlesController];
export const laneThrottleEntities = [LaneThrottleRow];
