export { openTestDatabase } from './test-database.js';
export type { TestDatabase, TestDatabaseSettings } from './test-database.js';
