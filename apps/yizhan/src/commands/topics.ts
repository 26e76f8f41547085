import { exitCodes, type ExitCode } from '@yizhan/process';
import { kafkaSettingsOf } from '../cluster/cluster.config.js';
import { kafkaOf } from '../cluster/local-brokers.js';
import { checkTopic, provisionTopic } from '../cluster/topic.js';
import { type CommandOptions, directoryOf } from './command-options.js';
import { inLanguage, print, printJson } from './screen.js';

/** Makes the topic where there is none; one that is there and not as it must be stays as it is, and that is a failure. */
export async function provisionTopics(options: CommandOptions): Promise<ExitCode> {
  const kafka = kafkaSettingsOf(kafkaOf(directoryOf(options)), 'yizhan-topics');
  const done = await provisionTopic(kafka);
  const faults = await checkTopic(kafka);
  const { topic } = kafka;
  if (options.json) printJson({ topic, done, faults });
  else if (faults.length > 0) print(faults.join('\n'));
  else if (done.length > 0) print(done.join('\n'));
  else print(inLanguage({ en: `${topic} is there already, as it must be`, zh: `${topic} 已存在且符合要求` }));
  return faults.length === 0 ? exitCodes.ok : exitCodes.failed;
}

/** Says what is wrong with the topic. */
export async function checkTopics(options: CommandOptions): Promise<ExitCode> {
  const kafka = kafkaSettingsOf(kafkaOf(directoryOf(options)), 'yizhan-topics');
  const faults = await checkTopic(kafka);
  const { topic } = kafka;
  if (options.json) printJson({ topic, faults });
  else if (faults.length > 0) print(faults.join('\n'));
  else print(inLanguage({ en: `${topic} is as it must be`, zh: `${topic} 符合要求` }));
  return faults.length === 0 ? exitCodes.ok : exitCodes.failed;
}
