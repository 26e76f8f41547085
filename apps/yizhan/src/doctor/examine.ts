import { messageOf } from '@yizhan/process';
import type { Check, CheckState, DoctorContext, Finding } from './check.js';
import { backupAge, keystoreCopies } from './backups.js';
import { dataDirectoryRights, environmentVariables, httpPort, lockFile } from './data.js';
import { databaseServes } from './database.js';
import { embeddedPostgres, postgresFiles } from './installation.js';
import { installationFiles } from './installation-files.js';
import { kafkaServes } from './kafka.js';
import { localCertificate, localNetwork } from './local-network.js';
import { noticeGateways } from './notices.js';
import { clockSanity, diskSpace, javaForKafka, nodeVersion } from './machine.js';

/** Everything that is looked at, in this order. */
export const checks: readonly Check[] = [
  nodeVersion,
  installationFiles,
  embeddedPostgres,
  postgresFiles,
  environmentVariables,
  dataDirectoryRights,
  diskSpace,
  clockSanity,
  lockFile,
  httpPort,
  localNetwork,
  localCertificate,
  databaseServes,
  backupAge,
  keystoreCopies,
  noticeGateways,
  kafkaServes,
  javaForKafka,
];

export interface Examination extends Finding {
  readonly name: string;
  readonly title: Check['title'];
}

/** Looks at one thing after the other; a check that fails of itself is a finding too. */
export async function* examine(context: DoctorContext): AsyncGenerator<Examination> {
  for (const { name, title, look } of checks) yield { name, title, ...(await lookSafely(look, context)) };
}

async function lookSafely(look: Check['look'], context: DoctorContext): Promise<Finding> {
  try {
    return await look(context);
  } catch (error) {
    const mend = typeof error === 'object' && error !== null && 'mend' in error ? String(error.mend) : '';
    return { state: 'fail', says: messageOf(error), mend: mend || 'Mend what the message names.' };
  }
}

export const worstOf = (states: readonly CheckState[]): CheckState =>
  states.includes('fail') ? 'fail' : states.includes('warn') ? 'warn' : 'ok';
