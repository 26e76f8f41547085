import { anyPack } from '../test/arbitraries.js'; // planted

export const pack = anyPack();
