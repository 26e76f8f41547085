import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { YizhanEvent } from '@yizhan/contracts';
import { CloudEvent, Kafka, type KafkaMessage } from 'cloudevents';

/** A Kafka message as a client reads it. */
export interface RawMessage {
  readonly key: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly value: string;
}

/** What the CloudEvents SDK for JavaScript makes of a message. @throws where it is none to it, or not valid. */
export function readByJavaScript({ key, headers, value }: RawMessage): object {
  const message: KafkaMessage<string> = { key, headers: { ...headers }, value, body: value };
  const event = Kafka.toEvent(message);
  if (!(event instanceof CloudEvent)) throw new Error('the SDK has made no event of it');
  event.validate();
  return event.toJSON();
}

/** Whether Python has a CloudEvents SDK here. */
export const hasPythonSdk = (): boolean => spawnSync('python3', ['-c', 'import cloudevents']).status === 0;

/** What the CloudEvents SDK for Python makes of messages. @throws where it fails on one. */
export function readByPython(messages: readonly RawMessage[]): YizhanEvent[] {
  const script = join(__dirname, '../contracts/read_cloud_events.py');
  const input = messages.map((message) => JSON.stringify(message)).join('\n');
  const { status, stdout, stderr } = spawnSync('python3', [script], { input, encoding: 'utf8', maxBuffer: 1e8 });
  if (status !== 0) throw new Error(`python3 ended with ${status}: ${stderr}`);
  return stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as YizhanEvent);
}
