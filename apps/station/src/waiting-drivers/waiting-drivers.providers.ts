import type { Provider, Type } from '@nestjs/common';
import { GiveMeal } from './give-meal.js';
import { ReturnRestPlace } from './return-rest-place.js';
import { SetRestPlaces } from './set-rest-places.js';
import { TakeBackMeal } from './take-back-meal.js';
import { TakeRestPlace } from './take-rest-place.js';
import { StationCareController, WaitingDriversController } from './waiting-drivers.controller.js';

/** What outside drivers get who wait: rest places and meals. */
export const waitingDriverProviders: Provider[] = [
  TakeRestPlace,
  ReturnRestPlace,
  GiveMeal,
  TakeBackMeal,
  SetRestPlaces,
];
export const waitingDriverControllers: Type[] = [WaitingDriversController, StationCareController];
