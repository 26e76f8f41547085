import type { Provider, Type } from '@nestjs/common';
import { CorrectEvent } from './correct-event.js';
import { CorrectionsController, VisitCorrectionsController } from './corrections.controller.js';
import { RetractEvent } from './retract-event.js';

/** What can be put right. */
export const correctionProviders: Provider[] = [RetractEvent, CorrectEvent];
export const correctionControllers: Type[] = [CorrectionsController, VisitCorrectionsController];
