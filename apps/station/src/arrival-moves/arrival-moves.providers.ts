import type { Provider, Type } from '@nestjs/common';
import { ArrivalMovesController } from './arrival-moves.controller.js';
import { MoveArrivals } from './move-arrivals.js';

/** Announced trucks that are to come to another station. */
export const arrivalMoveProviders: Provider[] = [MoveArrivals];
export const arrivalMoveControllers: Type[] = [ArrivalMovesController];
