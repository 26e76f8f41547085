import { Handoff } from '../handoffs/handoff.js';

export class Visit extends Handoff {}
