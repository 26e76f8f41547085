import { once } from 'node:events';
import { Command, InvalidArgumentError, Option } from 'commander';
import { LocalKafka } from './local-kafka.js';
import { kafkaVersions } from './versions.js';

interface UpOptions {
  readonly brokers: '1' | '3';
  readonly version: string;
  readonly port?: number;
  readonly folder?: string;
  readonly json?: boolean;
}

const examples = `
Known versions: ${Object.values(kafkaVersions).join(', ')}. Version 4 needs Java 17, version 3.9 Java 11; both need Maven to be fetched once.

Examples:
  npm run kafka:up                                    one broker on a free port, its data gone at the end
  npm run kafka:up -- --brokers 3 --port 9092         three brokers on 9092, 9093 and 9094, controllers on the next three
  npm run kafka:up -- --folder .yizhan/kafka          data that are there again the next time
  npm run kafka:up -- --version ${kafkaVersions.previous} --json          the older line, for a script to read
`;

const program = new Command('npm run kafka:up --')
  .description('Start a real Apache Kafka on this machine and keep it until Ctrl-C. Prints KAFKA_BROKERS=host:port,…')
  .addOption(new Option('--brokers <count>', 'how many').choices(['1', '3']).default('1'))
  .option('--version <version>', 'of Apache Kafka', kafkaVersions.current)
  .option('--port <number>', 'of the first broker, the others following (default: free ones)', portNumber)
  .option('--folder <path>', 'keep the data here (default: a temporary folder, removed at the end)')
  .option('--json', 'print one line of JSON instead: brokers, version, and the process of each node')
  .addHelpText('after', examples)
  .action(up);

async function up({ brokers, version, port, folder, json }: UpOptions): Promise<void> {
  const onProgress = (line: string) => void process.stderr.write(`yizhan: ${line}\n`);
  const kafka = await LocalKafka.start({ brokers: brokers === '1' ? 1 : 3, version, port, folder, onProgress });
  const nodes = kafka.nodes.map(({ id, address, pid }) => ({ id, address, pid }));
  const line = json
    ? JSON.stringify({ brokers: kafka.brokers, version, nodes })
    : `KAFKA_BROKERS=${kafka.brokers.join(',')}`;
  process.stdout.write(`${line}\n`);
  await toldToStop();
  await kafka.stop();
}

/** Both listeners stay: npm passes on the Ctrl-C that the terminal has sent already, and the second must not cut the end short. */
async function toldToStop(): Promise<void> {
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => undefined);
  const told = [once(process, 'SIGINT'), once(process, 'SIGTERM')];
  // Who has been started with an IPC channel belongs to the one at its other end.
  if (process.connected) told.push(once(process, 'disconnect'));
  await Promise.race(told);
  // The open channel would keep this process.
  if (process.connected) process.disconnect();
}

function portNumber(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port <= 65_530) return port;
  throw new InvalidArgumentError('not a port from 1 to 65530.');
}

try {
  await program.parseAsync();
} catch (error) {
  process.stderr.write(`yizhan: ${(error as Error).message}\n`);
  process.exitCode = 1;
}
