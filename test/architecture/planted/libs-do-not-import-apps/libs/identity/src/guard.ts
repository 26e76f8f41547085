import { StationModule } from '../../../apps/station/src/station.module.js'; // planted

export const guarded = [StationModule];
