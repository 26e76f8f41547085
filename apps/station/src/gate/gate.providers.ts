import type { Provider, Type } from '@nestjs/common';
import { CreateGateLink } from './create-gate-link.js';
import { GateController } from './gate.controller.js';
import { GateStatements } from './gate-statement.js';
import { StateAtGate } from './state-at-gate.js';

/** What the driver of an unannounced truck says of himself at the gate. */
export const gateProviders: Provider[] = [CreateGateLink, StateAtGate, GateStatements];

export const gateControllers: Type[] = [GateController];
