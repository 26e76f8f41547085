import type { Provider, Type } from '@nestjs/common';
import { ConsentRow } from './consent.entity.js';
import { ConsentsController } from './consents.controller.js';
import { Consents } from './consents.reader.js';
import { GiveConsent } from './give-consent.js';
import { RevokeConsent } from './revoke-consent.js';

/** What carriers agree to beforehand. */
export const consentProviders: Provider[] = [GiveConsent, RevokeConsent, Consents];
export const consentControllers: Type[] = [ConsentsController];
export const consentEntities = [ConsentRow];
