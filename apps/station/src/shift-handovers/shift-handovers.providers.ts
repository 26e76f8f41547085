import type { Provider, Type } from '@nestjs/common';
import { HandOverShift } from './hand-over-shift.js';
import { HandoverPictures } from './handover-pictures.js';
import { HandoverPrints } from './handover-prints.js';
import { HandoverPicturesController, ShiftHandoversController } from './shift-handovers.controller.js';
import { ShiftHandovers } from './shift-handovers.reader.js';
import { TakeOverShift } from './take-over-shift.js';

/** 交接班: how a station stands, signed from lead to lead. */
export const shiftHandoverProviders: Provider[] = [
  HandoverPictures,
  HandoverPrints,
  HandOverShift,
  TakeOverShift,
  ShiftHandovers,
];

export const shiftHandoverControllers: Type[] = [HandoverPicturesController, ShiftHandoversController];
