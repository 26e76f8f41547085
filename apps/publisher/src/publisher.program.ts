import { eventLogMigrations, KafkaPublisher, LogBell, outboxChannel } from '@yizhan/event-log';
import { TokenVerifier } from '@yizhan/identity';
import { SystemClock } from '@yizhan/kernel';
import { Metrics, serveMetrics, watchBacklog } from '@yizhan/observability';
import { servicePlaces } from '@yizhan/persistence';
import {
  createApplication,
  Intake,
  isTopicThere,
  listen,
  openOwnDatabase,
  type Program,
  type ProgramContext,
  type RunningProgram,
  Teardown,
  untilTopicIsThere,
} from '@yizhan/service-process';
import { BrokerWatch } from './broker-watch.js';
import { healthOf } from './health.js';

const place = servicePlaces.eventLog;
const poolSize = 4;

/** Gives events their place in the log and publishes it to Kafka. Of several processes one is active, the others stand by. */
export const publisherProgram: Program = {
  name: 'publisher',
  summary: 'Gives events their place in the log and publishes the log to Kafka; of several, one is active.',
  isSteppable: false,
  place,
  example: {
    YIZHAN_DATABASE_URL: `postgres://${place.role}@db:5432/yizhan`,
    YIZHAN_DATABASE_PASSWORD_FILE: `/run/secrets/${place.role}`,
    YIZHAN_HTTP_HOST: '0.0.0.0',
    KAFKA_BROKERS: 'kafka-1:9092,kafka-2:9092,kafka-3:9092',
  },
  start: async (context) => {
    const teardown = new Teardown(context.onFault);
    try {
      return await start(context, teardown);
    } catch (error) {
      await teardown.run();
      throw error;
    }
  },
};

/** What is undone at the end stands in the order of the start: intake shut, what is committed published, pools closed. */
async function start({ settings, log, onFault }: ProgramContext, teardown: Teardown): Promise<RunningProgram> {
  const { connection, instance, kafka, http } = settings;
  const clock = new SystemClock();
  const database = await openOwnDatabase({ connection, place, migrations: eventLogMigrations, poolSize, instance });
  teardown.add(() => database.close());
  if (!(await isTopicThere({ kafka, onFault }))) {
    const leaving = new AbortController();
    const ended = untilTopicIsThere({ kafka, onFault }, leaving.signal);
    teardown.add(() => {
      leaving.abort();
      return ended;
    });
  }
  const brokers = new BrokerWatch(kafka);
  brokers.start();
  teardown.add(() => brokers.stop());
  const outboxBell = await LogBell.listen(connection, onFault, outboxChannel);
  teardown.add(() => outboxBell.close());
  const metrics = new Metrics(onFault);
  watchBacklog(metrics, { database, clock, isOnKafka: true });
  const publisher = new KafkaPublisher({ kafka, database, connection, clock, outboxBell, onFault, telemetry: metrics });
  let isGoing = false;
  const { app } = await createApplication({
    title: 'Yizhan publisher',
    services: [],
    // Nothing but its health is asked of it, and that needs no token.
    tokens: TokenVerifier.of([]),
    healthOf: () => healthOf({ publisher, database, brokers, isGoing: () => isGoing }),
    log,
  });
  teardown.add(() => app.close());
  serveMetrics(app, metrics);
  const intake = new Intake();
  intake.watch(app);
  await app.init();
  publisher.start();
  teardown.add(() => publisher.stop());
  const address = await listen(app, http, 'Give YIZHAN_HTTP_PORT another port, or 0 for any free one.');
  teardown.add(() => intake.close());
  return {
    address,
    stop: () => {
      isGoing = true;
      return teardown.run();
    },
  };
}
