import type { Provider, Type } from '@nestjs/common';
import { Timers } from './timers.js';

/** What happens when its time has come. */
export const timerProviders: Provider[] = [Timers];
export const timerControllers: Type[] = [];
