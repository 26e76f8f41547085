import type { Environment, LogLevel } from '@yizhan/process';
import { builtScript } from '../built-script.js';
import { environmentWith, givenAccess, type KafkaVariables } from '../cluster.config.js';
import type { ProcessName } from '../process-names.js';
import { SupervisedProcess } from './supervised-process.js';

/** What a process of the cluster says when it is ready. */
export interface ReadyProcess {
  /** Where it answers, such as `http://127.0.0.1:40001`. */
  readonly address: string;
}

export type ClusterProcess = SupervisedProcess<ReadyProcess>;

/** One of the processes of a kind; the first has number 1. */
export interface ProcessId {
  readonly name: ProcessName;
  readonly number: number;
}

/** What every process of the cluster is told. */
export interface Surroundings {
  /** URL of the database as the role of this kind of process, with its password. */
  readonly databaseUrlOf: (name: ProcessName) => string;
  readonly kafka: KafkaVariables;
  readonly tokenKeysFile: string;
  readonly keystore: { readonly directory: string; readonly keyFile: string };
  /** For the station, which signs people in. */
  readonly tokenSigningKeyFile: string;
  /** Holds private keys: only those who sign slips are told of it. */
  readonly slipKeysFile: string;
  readonly logLevel: LogLevel;
  readonly tell: (line: string) => void;
  /** For drills: what is different for one process, such as an address that leads through a proxy. */
  readonly alter?: ((id: ProcessId, variables: Environment) => Environment) | undefined;
}

/** What these keep is sealed with keys that lie outside the database. */
const keepsSecrets: ReadonlySet<ProcessName> = new Set(['station', 'dispatch', 'command-centre']);

/** One process of the cluster, not started yet. It takes any free port of this machine, at each start another. */
export function clusterProcess(id: ProcessId, surroundings: Surroundings): ClusterProcess {
  const { databaseUrlOf, kafka, tokenKeysFile, tokenSigningKeyFile, slipKeysFile, keystore, logLevel, tell, alter } =
    surroundings;
  const instance = `${id.name}-${id.number}`;
  const variables = {
    ...kafka,
    YIZHAN_DATABASE_URL: databaseUrlOf(id.name),
    YIZHAN_HTTP_HOST: '127.0.0.1',
    YIZHAN_HTTP_PORT: '0',
    ...givenAccess(),
    YIZHAN_TOKEN_KEYS_FILE: tokenKeysFile,
    ...(keepsSecrets.has(id.name) && {
      YIZHAN_KEYSTORE_DIRECTORY: keystore.directory,
      YIZHAN_KEYSTORE_KEY_FILE: keystore.keyFile,
    }),
    ...(id.name === 'station' && {
      YIZHAN_TOKEN_SIGNING_KEY_FILE: tokenSigningKeyFile,
      YIZHAN_SLIP_KEYS_FILE: slipKeysFile,
    }),
    YIZHAN_INSTANCE: instance,
    YIZHAN_LOG_LEVEL: logLevel,
  };
  return new SupervisedProcess({
    name: instance,
    script: builtScript(`programs/${id.name}.mjs`),
    environment: environmentWith({ ...variables, ...alter?.(id, variables) }),
    readReady,
    tell,
  });
}

function readReady(line: string): ReadyProcess | undefined {
  return line.startsWith('{"ready":true,') ? (JSON.parse(line) as ReadyProcess) : undefined;
}
