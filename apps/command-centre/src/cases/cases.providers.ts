import type { Provider } from '@nestjs/common';
import { CaseClock } from './case-clock.js';
import { CaseNotes } from './case-notes.js';
import { CasesController } from './cases.controller.js';
import { Cases } from './cases.reader.js';
import { OpenCase } from './open-case.js';
import { TakeCaseStep } from './take-case-step.js';

export const caseControllers = [CasesController];

export const caseProviders: Provider[] = [CaseNotes, Cases, OpenCase, TakeCaseStep, CaseClock];
