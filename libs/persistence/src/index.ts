export { createDataSource } from './connection.js';
export type { Connection, DataSourceSettings, TlsSettings } from './connection.js';
export { isDatabaseDown } from './database-down.js';
export { Database, sqlState, violatedUnique } from './database.js';
export type { Row, Transaction } from './database.js';
export { migrate, pendingMigrations } from './migrate.js';
export type { MigrationSet } from './migrate.js';
export { ownerRole, provisionDatabase, servicePlaces } from './provision.js';
export type { ProvisionSettings, ServicePlace } from './provision.js';
