export { databaseUrlOf, readDatabaseUrl } from './database-url.js';
export { readLogLevel, readPort, unknownVariables } from './environment.js';
export type { Environment, LogLevel } from './environment.js';
export { badInput, environmentFault, exitCodes, Fault, messageOf, systemCode } from './fault.js';
export type { ExitCode } from './fault.js';
export { kafkaVariables, readKafkaSettings } from './kafka-settings.js';
export { ownVersion } from './own-version.js';
export { readNamedFile, readPasswordFile } from './read-file.js';
export { listenForSignals, stopInTime, untilToldToStop } from './signals.js';
