import type { Provider } from '@nestjs/common';
import { EraseUnseen } from './erase-unseen.js';
import { Retention } from './retention.js';

/** Nothing personal is kept for ever. */
export const retentionProviders: Provider[] = [Retention, EraseUnseen];
