import { Ids } from './ids.js'; // planted

export class Clock extends Ids {}
