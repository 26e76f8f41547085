import { setTimeout as pause } from 'node:timers/promises';
import { provisionTopics } from '@yizhan/event-log';
import { freePorts, LocalKafka } from '@yizhan/testing';
import { ClusterGround } from '../support/cluster-ground.js';
import type { ServiceProcess } from '../support/service-process.js';

jest.setTimeout(180_000);

let ground: ClusterGround;
let kafka: LocalKafka | undefined;
let port: number;

beforeEach(async () => {
  [port = 0] = await freePorts(1);
  ground = await ClusterGround.open({ hasKafka: false });
});

afterEach(async () => {
  await ground.close();
  await kafka?.stop();
  kafka = undefined;
});

const topic = 'started-late';
const variables = () => ({ KAFKA_BROKERS: `127.0.0.1:${port}`, YIZHAN_KAFKA_TOPIC: topic });

async function openArea(station: ServiceProcess, areaCode: string): Promise<void> {
  const headers = { authorization: `Bearer ${await ground.token()}`, 'content-type': 'application/json' };
  const answers = [];
  for (const [path, body] of [
    ['areas', { areaCode, name: areaCode }],
    [`areas/${areaCode}/policies`, { policyId: 'cn-freight' }],
  ] as const) {
    const answer = await fetch(`${station.address}/api/v1/${path}`, {
      method: 'POST',
      headers: { ...headers, 'idempotency-key': path },
      body: JSON.stringify(body),
    });
    answers.push(answer.status);
  }
  expect(answers).toEqual([201, 201]);
}

const policiesTaken = async (scheduler: ServiceProcess): Promise<boolean> =>
  /events_handled_total\{group="scheduler",type="yizhan.policy.published.v1"\} 1/.test(
    (await scheduler.get('/metrics')).text,
  );

it('serves while every broker is away, and its events arrive when one comes', async () => {
  const [station, scheduler] = await Promise.all([
    ground.start('station', variables()),
    ground.start('scheduler', variables()),
    ground.start('publisher', variables()),
  ]);
  expect(station.said).toContain('Kafka is away: events wait, everything else goes on');
  expect((await station.get('/health/ready')).status).toBe(200);
  await openArea(station, 'jinhua');
  expect(await policiesTaken(scheduler)).toBe(false);
  kafka = await LocalKafka.start({ brokers: 1, port });
  while (!station.said.includes(`topic ${topic} does not exist`)) await pause(100);
  expect((await station.get('/health/ready')).status).toBe(200);
  await provisionTopics({ ...ground.kafka, brokers: kafka.brokers, topic });
  while (!(await policiesTaken(scheduler))) await pause(100);
  for (const service of [station, scheduler]) expect((await service.stop()).code).toBe(0);
});

it('drains when it is told to stop before any broker has come', async () => {
  const station = await ground.start('station', variables());
  expect((await station.stop()).code).toBe(0);
});
