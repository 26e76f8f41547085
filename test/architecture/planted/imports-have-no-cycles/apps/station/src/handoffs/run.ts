import { Handoff } from './handoff.js';

export class Run {
  handoff: Handoff;
}
