import { StationModule } from '../../station/src/station.module.js';

export const modules = [StationModule];
