export * from './generated/index.js';
export { connect, ProblemError } from './connect.js';
