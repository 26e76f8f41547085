import { Clock } from '@yizhan/kernel';
import { Ids } from '@yizhan/kernel/ids.js'; // planted
import { Outbox } from '../../../../libs/event-log/src/outbox.js'; // planted
import type { Envelope } from '../../../../libs/contracts/src/index.js'; // planted

export const parts: [Clock, Ids, Outbox, Envelope?] = [new Clock(), new Ids(), new Outbox()];
