export type { AssignmentProblem, AssignmentSolution } from './assignment-problem.js';
export { AssignmentProblemError } from './assignment-problem-error.js';
export { checkOptimality } from './check-optimality.js';
export { solveAssignment } from './solve-assignment.js';
