import type { Provider, Type } from '@nestjs/common';
import { BoardsController } from './boards.controller.js';
import { Boards } from './boards.reader.js';

/** How a station stands now, for whoever works there. */
export const boardProviders: Provider[] = [Boards];

export const boardControllers: Type[] = [BoardsController];
