import type { Provider, Type } from '@nestjs/common';
import type { Demonstration } from '@yizhan/service-process';
import { DemonstrationController, PLAYED } from './demonstration.controller.js';

/** What is played in this process, where the work is not real. */
export const demonstrationProviders = (playing: Demonstration | undefined): Provider[] => [
  { provide: PLAYED, useValue: { playing } },
];

export const demonstrationControllers: Type[] = [DemonstrationController];
