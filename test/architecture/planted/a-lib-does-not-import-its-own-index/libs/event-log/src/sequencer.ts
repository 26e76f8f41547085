import { Outbox } from './index.js'; // planted
import { Position } from '@yizhan/event-log'; // planted
import { Reader } from './reader.js';

export const parts = [Outbox, Position, Reader];
