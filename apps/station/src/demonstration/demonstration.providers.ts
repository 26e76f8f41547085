import type { Provider, Type } from '@nestjs/common';
import type { Demonstration } from '@yizhan/service-process';
import { DemonstrationController, THIS_PROCESS, type ThisProcess } from './demonstration.controller.js';

/** What is played in this process, where the work is not real, and where phones open it. */
export const demonstrationProviders = (
  playing: Demonstration | undefined,
  phonesAt: ThisProcess['phonesAt'] = () => undefined,
): Provider[] => [{ provide: THIS_PROCESS, useValue: { playing, phonesAt } satisfies ThisProcess }];

export const demonstrationControllers: Type[] = [DemonstrationController];
