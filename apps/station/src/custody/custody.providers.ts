import type { Provider, Type } from '@nestjs/common';
import { MoveCustody } from './move-custody.js';
import { TruckRow } from './truck.entity.js';
import { TrucksController } from './trucks.controller.js';
import { Trucks } from './trucks.reader.js';

/** What can be asked about who answers for a truck. */
export const custodyProviders: Provider[] = [MoveCustody, Trucks];
export const custodyControllers: Type[] = [TrucksController];
export const custodyEntities = [TruckRow];
