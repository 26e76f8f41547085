import type { Provider, Type } from '@nestjs/common';
import { DecideOverride } from './decide-override.js';
import { OverrideRequestsController } from './override-requests.controller.js';
import { RequestOverride } from './request-override.js';

/** How a second person is asked for an override, and answers. */
export const overrideRequestProviders: Provider[] = [RequestOverride, DecideOverride];
export const overrideRequestControllers: Type[] = [OverrideRequestsController];
