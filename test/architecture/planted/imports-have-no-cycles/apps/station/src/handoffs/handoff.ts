import { Bay } from '../bays/bay.js';
import type { Run } from './run.js';

export type Handoff = { bay: Bay; run: Run };
