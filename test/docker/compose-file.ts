import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parse } from 'yaml';

export const root = resolve(__dirname, '../..');

export const readText = (path: string): string => readFileSync(resolve(root, path), 'utf8');

interface SecretMount {
  readonly source: string;
  readonly target: string;
}

/** What the tests read of a service; anchors are resolved. */
export interface ComposeService {
  readonly image: string;
  readonly build?: { readonly context: string; readonly dockerfile: string };
  readonly entrypoint?: readonly string[];
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string | number>>;
  readonly secrets?: readonly (string | SecretMount)[];
  readonly ports?: readonly string[];
  readonly networks?: readonly string[];
  readonly volumes?: readonly string[];
  readonly tmpfs?: readonly string[];
  readonly depends_on?: readonly string[] | Readonly<Record<string, { readonly condition: string }>>;
  readonly healthcheck?: { readonly test?: readonly string[]; readonly disable?: boolean };
  readonly read_only?: boolean;
  readonly cap_drop?: readonly string[];
  readonly cap_add?: readonly string[];
  readonly security_opt?: readonly string[];
  readonly privileged?: boolean;
  readonly user?: string;
  readonly restart?: string;
  readonly init?: boolean;
  readonly profiles?: readonly string[];
  readonly pids_limit?: number;
  readonly stop_grace_period?: string;
  readonly logging?: { readonly driver: string };
  readonly deploy?: {
    readonly replicas?: number;
    readonly resources?: { readonly limits?: { readonly cpus?: string; readonly memory?: string } };
  };
}

export interface ComposeFile {
  readonly services: Readonly<Record<string, ComposeService>>;
  readonly networks?: Readonly<Record<string, { readonly internal?: boolean }>>;
  readonly volumes?: Readonly<Record<string, unknown>>;
  readonly secrets?: Readonly<Record<string, { readonly file: string }>>;
}

export const composeFiles = ['one-machine', 'cluster'] as const;

export function readCompose(name: (typeof composeFiles)[number]): ComposeFile {
  return parse(readText(`docker/${name}.yml`), { merge: true }) as ComposeFile;
}

/** Of the product's own image. */
export const isOurs = ({ image }: ComposeService): boolean => image.startsWith('yizhan:');

/** Program and arguments of a service of ours. */
export function argumentsOf({ entrypoint = [], command = [] }: ComposeService): readonly string[] {
  const [interpreter, ...others] = [...entrypoint, ...command];
  if (interpreter !== 'node') throw new Error(`${interpreter} is not in the image`);
  return others;
}

/** `station` for what runs `dist/programs/station.mjs`; undefined for the command line. */
export function appOf(service: ComposeService): string | undefined {
  return isOurs(service) ? /^dist\/programs\/([\w-]+)\.mjs$/.exec(argumentsOf(service)[0] ?? '')?.[1] : undefined;
}

/** Processes of the cluster that run by themselves: app by the name of its service. */
export function appsOf({ services }: ComposeFile): Readonly<Record<string, string>> {
  const found = Object.entries(services).flatMap(([name, service]) => {
    const app = appOf(service);
    return app === undefined ? [] : [[name, app] as const];
  });
  return Object.fromEntries(found);
}

/** The port that a service of ours listens on. */
export const portOf = ({ environment = {} }: ComposeService): number => Number(environment['YIZHAN_HTTP_PORT'] ?? 7700);

/** Names of the secrets that a service is given. */
export const secretsOf = ({ secrets = [] }: ComposeService): string[] =>
  secrets.map((secret) => (typeof secret === 'string' ? secret : secret.source));
