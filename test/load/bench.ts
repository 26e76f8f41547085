import { inspect } from 'node:util';
import { Command, InvalidArgumentError, Option } from 'commander';
import { endOnSignals } from './ground/ending.js';

const examples = `
Each result is one line of JSON on stdout, what is going on is told on stderr. Less is better in every ratio, the peer is 1.
Kafka is started on this machine unless KAFKA_BROKERS names brokers; PostgreSQL is started with the settings of
production. How to read a result: test/load/README.md.

a2 and a3 need a Python with scipy: YIZHAN_PYTHON names it, or python3 is taken.

Examples:
  npm run bench -- a1                            the published optima: a second
  npm run bench -- a2                            matching from scratch against scipy: about half a minute
  npm run bench -- a2 --worst                    the same for the cases that could be slow
  npm run bench -- a3                            20,000 events, each mended, against scipy: about 5 minutes
  npm run bench -- b3                            1 broker, 50 and 200 writes a second: about 4 minutes
  npm run bench -- b3 --brokers 3                the same with three copies of each message
  npm run bench -- b5                            about 2 minutes
  npm run bench -- b5 --rounds 1 --profiles /tmp/profiles
  npm run bench -- backup                        1,000,000 events backed up and restored, without Kafka: about 20 minutes
  npm run bench -- board                         500 trucks in a real Chromium, without Kafka: about 2 minutes
  npm run bench -- c1                            100,000 events, without Kafka: about a minute
  npm run bench -- c1 --events 10000000          flat from 1 to 10 million: about an hour
  npm run bench -- centre                        90 areas and 12,396 enterprises in a real Chromium, without Kafka: about 3 minutes
  npm run bench -- d1                            about 10 minutes
  npm run bench -- d1 --services scheduler       only the second half of it
  npm run bench -- poison                        five pairs of rounds: about 6 minutes
  npm run bench -- sheets                        10,000 drivers from a sheet, without Kafka: about 2 minutes
  npm run bench -- sse                           4,000 clients of the live stream, without Kafka: about 3 minutes
  npm run bench -- bad-endpoints                 one hangs, one answers 1 GB, one resets; without Kafka: about 3 minutes
  npm run bench -- webhooks                      10,000 deliveries a round, without Kafka: about a minute
`;

// Each benchmark is loaded alone: a library that detaches an ArrayBuffer makes V8 check every access to a typed array from
// then on, which exceljs does as it is loaded; the solver of assignments was a third slower beside it.
const program = new Command('npm run bench --')
  .description('Measure the product against a peer in the same run, on a real Kafka and a durable PostgreSQL.')
  .addHelpText('after', examples);

program
  .command('a1')
  .description('Every assignment instance of OR-Library to its published optimum')
  .action(async () => (await import('./assignment/a1.js')).runA1());

program
  .command('a2')
  .description('Matching from scratch, against scipy')
  .addOption(rounds())
  .option('--worst', 'the cases that could be slow, by name', false)
  .action(async (options) => (await import('./assignment/a2.js')).runA2(options));

program
  .command('a3')
  .description('An assignment that is mended after every event, against scipy from scratch')
  .addOption(count('--events <count>', 'for each of the two sizes', wholeNumber, 20_000))
  .action(async (options) => (await import('./assignment/a3.js')).runA3(options));

program
  .command('b3')
  .description("From commit to the brokers' acknowledgement, against a bare commit and a bare send")
  .addOption(brokers())
  .addOption(rounds())
  .addOption(count('--rates <list>', 'writes a second, one run for each', rateList, [50, 200]))
  .addOption(count('--seconds <count>', 'of each round', wholeNumber, 10))
  .addOption(
    count('--idle <count>', 'seconds for which an idle publisher is watched, 0 to leave that out', wholeNumber, 20),
  )
  .addOption(data())
  .action(async (options) => (await import('./b3/b3.js')).runB3(options));

program
  .command('b5')
  .description(
    "CPU of one message in a handler with Nest decorators, against kafkajs eachBatch and Nest's own transport",
  )
  .addOption(brokers())
  .addOption(rounds())
  .addOption(count('--messages <count>', 'that are measured', wholeNumber, 100_000))
  .addOption(count('--warm-up <count>', 'messages before that', wholeNumber, 20_000))
  .addOption(data())
  .addOption(profiles())
  .action(async (options) => (await import('./b5/b5.js')).runB5(options));

program
  .command('backup')
  .description('A log that is backed up while events come, restored, compared table by table, and verified')
  .addOption(count('--events <count>', 'in the log', wholeNumber, 1_000_000))
  .addOption(data())
  .action(async (options) => (await import('./backup/backup.js')).runBackup(options));

program
  .command('board')
  .description('A full station in a browser: until it is painted, from an event to the screen, while it is scrolled')
  .addOption(count('--rounds <count>', 'how often it is opened anew, and scrolled', wholeNumber, 5))
  .addOption(count('--trucks <count>', 'at the station', wholeNumber, 500))
  .addOption(count('--events <count>', 'that are timed', wholeNumber, 60))
  .addOption(data())
  .action(async (options) => (await import('./board/board.js')).runBoard(options));

program
  .command('b6')
  .description(
    'Every path that somebody waits for after ten times the history; and events while an old snapshot is held',
  )
  .addOption(rounds(12))
  .addOption(
    count('--trucks <count>', 'that the younger product has seen; the older ten times as many', wholeNumber, 300),
  )
  .addOption(count('--timed <count>', 'trucks that are timed in a round, one after the other', wholeNumber, 150))
  .addOption(count('--rate <count>', 'events a second while the snapshot is held', wholeNumber, 50))
  .addOption(count('--snapshot-seconds <count>', 'how long it is held; 0 for not at all', wholeNumber, 300))
  .addOption(data())
  .action(async (options) => (await import('./history/b6.js')).runB6(options));

program
  .command('c1')
  .description("An area's board of 24 h after a tenth of a history and after all of it, and its figures rebuilt")
  .addOption(count('--events <count>', 'of the history', wholeNumber, 100_000))
  .addOption(count('--reads <count>', 'of the board, each time', wholeNumber, 300))
  .addOption(data())
  .action(async (options) => (await import('./figures/c1.js')).runC1(options));

program
  .command('centre')
  .description(
    'The big screen of 90 areas with 12,396 enterprises: until it is painted, and how far it is behind the log',
  )
  .addOption(count('--rounds <count>', 'how often it is opened anew', wholeNumber, 5))
  .addOption(count('--events <count>', 'that are timed', wholeNumber, 40))
  .addOption(count('--trucks <count>', 'at each station', wholeNumber, 5))
  .addOption(count('--days <count>', 'of loads to and from enterprises before', wholeNumber, 7))
  .addOption(data())
  .action(async (options) => (await import('./centre/centre.js')).runCentre(options));

program
  .command('d1')
  .description('Two processes of a service share its work, against one process')
  .addOption(brokers())
  .addOption(rounds())
  .addOption(count('--events <count>', 'that are written in a round', wholeNumber, 15_000))
  .addOption(count('--rate <count>', 'events written a second; one process must keep up', wholeNumber, 1_000))
  .addOption(count('--warm-up <count>', 'events before that, for each process', wholeNumber, 10_000))
  .addOption(count('--services <list>', 'consumer, scheduler or both', serviceList, ['consumer', 'scheduler']))
  .addOption(data())
  .addOption(profiles())
  .action(async (options) => (await import('./d1/d1.js')).runD1(options));

program
  .command('poison')
  .description('One truck of 200 cannot be handled: what the others feel of it, in paired rounds')
  .addOption(brokers())
  .addOption(rounds())
  .addOption(count('--rate <count>', 'events a second', wholeNumber, 50))
  .addOption(count('--seconds <count>', 'of each round', wholeNumber, 20))
  .addOption(data())
  .action(async (options) => (await import('./poison/poison.js')).runPoison(options));

program
  .command('sheets')
  .description('A sheet of drivers, from its bytes to the commit with an event for each')
  .addOption(rounds())
  .addOption(count('--rows <count>', 'of the sheet, at most 20000', wholeNumber, 10_000))
  .addOption(data())
  .action(async (options) => (await import('./sheets/sheets.js')).runSheets(options));

program
  .command('webhooks')
  .description('Signed, stored and logged deliveries, against a bare loop that signs and sends')
  .addOption(rounds())
  .addOption(count('--events <count>', 'of each round, in steps of 500', wholeNumber, 10_000))
  .addOption(data())
  .action(async (options) => (await import('./webhooks/webhooks.js')).runWebhooks(options));

program
  .command('sse')
  .description('Frames to thousands of clients of the live stream, against a bare loop that writes the same')
  .addOption(rounds())
  .addOption(count('--clients <count>', 'that are connected', wholeNumber, 4_000))
  .addOption(count('--bursts <count>', 'of 20 events each, in a round', wholeNumber, 10))
  .addOption(data())
  .action(async (options) => (await import('./sse/sse.js')).runSse(options));

program
  .command('bad-endpoints')
  .description('One endpoint hangs, one answers 1 GB, one resets: what five others feel of it, in paired rounds')
  .addOption(rounds())
  .addOption(count('--rate <count>', 'events a second', wholeNumber, 100))
  .addOption(count('--seconds <count>', 'of each round', wholeNumber, 10))
  .addOption(data())
  .action(async (options) => (await import('./bad-endpoints/bad-endpoints.js')).runBadEndpoints(options));

function count<T>(flags: string, meaning: string, read: (text: string) => T, usual: T): Option {
  return new Option(flags, meaning).argParser(read).default(usual, String(usual));
}

function brokers(): Option {
  return new Option('--brokers <count>', '1 or 3').argParser(brokerCount).default(1);
}

function rounds(usual = 5): Option {
  return count('--rounds <count>', 'peer and product in turn; five or more for a figure to keep', wholeNumber, usual);
}

function data(): Option {
  return new Option('--data <folder>', 'on the disk that PostgreSQL is to write to (default: the temporary folder)');
}

function profiles(): Option {
  return new Option('--profiles <folder>', 'write a CPU profile of each measured process there, for Chrome DevTools');
}

function brokerCount(text: string): number {
  if (text === '1' || text === '3') return Number(text);
  throw new InvalidArgumentError('1 or 3.');
}

function wholeNumber(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('not a whole number.');
}

function rateList(text: string): number[] {
  return text.split(',').map(wholeNumber);
}

function serviceList(text: string): string[] {
  const names = text.split(',');
  if (names.every((name) => name === 'consumer' || name === 'scheduler')) return names;
  throw new InvalidArgumentError('consumer, scheduler or consumer,scheduler.');
}

endOnSignals();
try {
  await program.parseAsync();
} catch (error) {
  process.stderr.write(`bench: ${inspect(error)}\n`);
  process.exitCode = 1;
}
