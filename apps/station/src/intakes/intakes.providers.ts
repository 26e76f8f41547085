import type { Provider, Type } from '@nestjs/common';
import { CompleteCarrier } from './complete-carrier.js';
import { CompleteDriver } from './complete-driver.js';
import { IntakesController } from './intakes.controller.js';
import { Intakes } from './intakes.reader.js';
import { TakeIn } from './take-in.js';

/** Taking in who is not known yet, and completing what is missing. */
export const intakeProviders: Provider[] = [TakeIn, CompleteDriver, CompleteCarrier, Intakes];

export const intakeControllers: Type[] = [IntakesController];
