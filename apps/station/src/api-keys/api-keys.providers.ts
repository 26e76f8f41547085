import type { Provider, Type } from '@nestjs/common';
import { ApiKeysController } from './api-keys.controller.js';
import { ApiKeys } from './api-keys.reader.js';
import { CarrierKeysController } from './carrier-keys.controller.js';
import { CarrierKeys } from './carrier-keys.reader.js';
import { CreateApiKey } from './create-api-key.js';
import { RevokeApiKey } from './revoke-api-key.js';

/** Keys of systems. */
export const apiKeyProviders: Provider[] = [CreateApiKey, RevokeApiKey, ApiKeys, CarrierKeys];

export const apiKeyControllers: Type[] = [ApiKeysController, CarrierKeysController];
