import type { Provider } from '@nestjs/common';
import { PersonalData } from './personal-data.js';

/** What is known of persons, and who may know it. */
export const personalDataProviders: Provider[] = [PersonalData];
