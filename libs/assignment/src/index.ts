export type { AssignmentProblem, AssignmentSolution } from './assignment-problem.js';
export { AssignmentProblemError } from './assignment-problem-error.js';
export { checkOptimality } from './check-optimality.js';
export { LiveAssignment } from './live/live-assignment.js';
export type { LiveSnapshot } from './live/snapshot.js';
export { solveAssignment } from './solve-assignment.js';
