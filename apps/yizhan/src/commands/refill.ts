import { exitCodes, type ExitCode, messageOf } from '@yizhan/process';
import { kafkaSettingsOf } from '../cluster/cluster.config.js';
import { kafkaOf } from '../cluster/local-brokers.js';
import { refillKafka } from '../cluster/refill-kafka.js';
import { provisionTopic } from '../cluster/topic.js';
import { type CommandOptions, databaseOf, directoryOf } from './command-options.js';
import { Progress } from './progress.js';
import { inLanguage, printJson, tell } from './screen.js';

/** Has Kafka filled again from the log, as after a loss of its data; ends when everything is published. */
export async function refill(options: CommandOptions): Promise<ExitCode> {
  const kafka = kafkaSettingsOf(kafkaOf(directoryOf(options)), 'yizhan-refill');
  for (const line of await provisionTopic(kafka)) tell(line);
  const events = await databaseOf(options, 'refill', async (server) => {
    const progress = await Progress.start('refill', 1);
    try {
      return await refillKafka({
        server,
        kafka,
        onProgress: (published, head) => progress.update(published, head),
        onFault: (where, error) => tell(`${where}: ${messageOf(error)}`),
      });
    } finally {
      progress.stop();
    }
  });
  const { topic } = kafka;
  if (options.json) printJson({ topic, events });
  else tell(inLanguage({ en: `published ${events} events to ${topic}`, zh: `已将 ${events} 个事件发布到 ${topic}` }));
  return exitCodes.ok;
}
