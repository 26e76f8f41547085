import type { Provider, Type } from '@nestjs/common';
import { ChangeTruck } from './change-truck.js';
import { RegisterTruck } from './register-truck.js';
import { TruckRegisterController } from './truck-register.controller.js';

/** What can be said of trucks as such. */
export const truckProviders: Provider[] = [RegisterTruck, ChangeTruck];
export const truckControllers: Type[] = [TruckRegisterController];
