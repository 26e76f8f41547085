import { askBroker, Reader, string } from './ask-broker.js';

const findCoordinator = { key: 10, version: 1 };
const groupKey = 0;

/** Id of the broker that coordinates a consumer group. @throws where there is none now. */
export async function coordinatorOf(broker: string, groupId: string): Promise<number> {
  const answer = new Reader(
    await askBroker(broker, findCoordinator, Buffer.concat([string(groupId), Buffer.from([groupKey])])),
  );
  answer.int32();
  const error = answer.int16();
  answer.string();
  const id = answer.int32();
  if (error !== 0) throw new Error(`nobody coordinates ${groupId} now (error ${error})`);
  return id;
}
