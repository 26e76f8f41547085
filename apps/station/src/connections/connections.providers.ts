import type { Provider, Type } from '@nestjs/common';
import { ConnectionsController } from './connections.controller.js';
import { CutOffStation } from './cut-off-station.js';
import { HearStation } from './hear-station.js';
import { ReconnectStation } from './reconnect-station.js';
import { WatchConnections } from './watch-connections.js';

/** Whether a station can be reached, and what follows where it cannot. */
export const connectionProviders: Provider[] = [CutOffStation, ReconnectStation, HearStation, WatchConnections];
export const connectionControllers: Type[] = [ConnectionsController];
