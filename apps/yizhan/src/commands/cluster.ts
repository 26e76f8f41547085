import { badInput, exitCodes, type ExitCode, readPort, stopInTime, untilToldToStop } from '@yizhan/process';
import { Cluster } from '../cluster/cluster.js';
import { givenKafka, kafkaSettingsOf, type KafkaVariables } from '../cluster/cluster.config.js';
import { processNames, readProcessCounts } from '../cluster/process-names.js';
import { readConfiguration, readHost } from '../runtime/config.js';
import { type CommandOptions, directoryOf } from './command-options.js';
import { inLanguage, print, tell } from './screen.js';

export interface ClusterCommandOptions extends CommandOptions {
  readonly host?: string;
  readonly port?: string;
  readonly processes?: string;
  readonly brokers?: string;
}

/** Runs until it is told to stop. */
export async function cluster(options: ClusterCommandOptions): Promise<ExitCode> {
  const configuration = readConfiguration();
  const http = {
    host: options.host === undefined ? configuration.httpHost : readHost(options.host, '--host'),
    port: options.port === undefined ? configuration.httpPort : readPort(options.port, '--port'),
  };
  const processes = readProcessCounts(options.processes ?? '');
  const kafka = readKafka(options.brokers);
  const running = await Cluster.start({
    directory: directoryOf(options, configuration),
    http,
    database: configuration.databaseUrl ?? 'embedded',
    kafka,
    processes,
    logLevel: configuration.logLevel,
    tell,
  });
  // Told before, it ends at once: what has been started ends with us.
  const toldToStop = untilToldToStop();
  sayReady(running, options);
  const fault = await Promise.race([toldToStop.then(() => undefined), running.lost]);
  tell(inLanguage({ en: 'stopping', zh: '正在停止' }));
  await stopInTime(() => running.stop(), tell);
  if (fault) throw fault;
  return exitCodes.ok;
}

/** What the environment names, else how many brokers to start. */
function readKafka(brokers: string | undefined): 1 | 3 | KafkaVariables {
  const given = givenKafka();
  if (given.KAFKA_BROKERS === undefined) return brokers === '3' ? 3 : 1;
  if (brokers !== undefined) {
    throw badInput('--brokers is how many to start, and KAFKA_BROKERS names some that run', 'Give one of them.');
  }
  kafkaSettingsOf(given, 'yizhan-cluster');
  return given;
}

function sayReady(running: Cluster, { data, json }: ClusterCommandOptions): void {
  const { address } = running;
  const next = `npx yizhan token --role administrator${data === undefined ? '' : ` --data ${data}`}`;
  const docs = `${address}/api/docs`;
  const brokers = running.kafka.KAFKA_BROKERS ?? '';
  const processes = processNames.flatMap((kind) =>
    running.processes(kind).map(({ name, pid, ready }) => ({ name, pid, address: ready?.address })),
  );
  // One line, so that whoever started us can read it as it comes.
  if (json) return print(JSON.stringify({ ready: true, address, docs, next, brokers: brokers.split(','), processes }));
  const lines = processes.map((each) => `  ${each.name.padEnd(18)} ${each.address ?? ''}/metrics`).join('\n');
  print(
    inLanguage({
      en: `Yizhan is ready: ${address} before ${processes.length} processes, Kafka at ${brokers}\n${lines}\nNext: "${next}" makes a token; ${docs} shows what can be asked. Ctrl-C stops.`,
      zh: `驿站已就绪：${address}，其后 ${processes.length} 个进程，Kafka 位于 ${brokers}\n${lines}\n下一步：运行“${next}”签发令牌；接口说明见 ${docs}。按 Ctrl-C 停止。`,
    }),
  );
}
