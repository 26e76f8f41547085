export { AcceleratedClock, Clock, ManualClock, SystemClock, instantPattern, parseInstant, toIso } from './clock.js';
export { Ids, RandomIds, SeededIds } from './ids.js';
export { Problem, problemKinds, unreachable } from './problem.js';
export type { ProblemKind } from './problem.js';
export { OneAtATime } from './one-at-a-time.js';
