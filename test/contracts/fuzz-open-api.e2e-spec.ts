import type { OpenAPIObject } from '@nestjs/swagger';
import fc from 'fast-check';
import { FuzzGround } from '../support/fuzz/ground.js';
import { type Operation, operationsOf, resolver } from '../support/fuzz/operations.js';
import { type Fault, Oracle } from '../support/fuzz/oracle.js';
import { type FuzzRequest, requestsOf } from '../support/fuzz/requests.js';
import { asCurl } from '../support/fuzz/send.js';
import { FuzzTally } from '../support/fuzz/tally.js';
import { ValidValues } from '../support/fuzz/valid-values.js';

/** `full` for what a release is fuzzed with, nothing for what fits into every run; a seed to run again what has failed. */
const isFull = process.env.YIZHAN_TEST_FUZZ === 'full';
const seed = Number(process.env.YIZHAN_TEST_FUZZ_SEED ?? (isFull ? Date.now() % 2 ** 31 : 20_260_302));
const only = process.env.YIZHAN_TEST_FUZZ_ONLY;
const { rounds, runs } = isFull ? { rounds: 8, runs: 14 } : { rounds: 2, runs: 8 };

const minutes = 60_000;
/** To find a smaller request that shows the same fault. */
const mostTries = 60;
jest.setTimeout((isFull ? 60 : 5) * minutes);

let ground: FuzzGround;
let document: OpenAPIObject;

beforeAll(async () => {
  ground = await FuzzGround.open(Date.now());
  document = ground.document;
}, 2 * minutes);
afterAll(() => ground.close());

test('no request makes a fault, and none is accepted that breaks the schema', async () => {
  const resolve = resolver(document);
  const values = new ValidValues(resolve, ground.known, ground.now);
  const oracle = new Oracle(document);
  const tally = new FuzzTally();
  const operations = operationsOf(document).filter(({ operationId }) => only === undefined || operationId === only);
  const found = new Map<string, string>();

  /** The first fault of an answer that this operation has not shown before. */
  const faultOf = async (operation: Operation, request: FuzzRequest, isAgain: boolean): Promise<Fault | undefined> => {
    const { errors } = ground.product;
    const errorsBefore = errors.length;
    const answer = await ground.sender.send(request);
    if (!isAgain) tally.count(operation, answer.status);
    if (answer.status < 300 && operation.method !== 'GET') {
      ground.known.learnFrom(parsed(answer.body));
      if (!isAgain) remember(operation, request);
    }
    const faults = oracle.judge(operation, request, answer);
    const fault = faults.find(({ kind }) => !found.has(`${operation.operationId} ${kind}`));
    return fault && { ...fault, detail: [fault.detail, ...errors.slice(errorsBefore)].join('\n') };
  };

  const remember = ({ operationId }: Operation, { url, body }: FuzzRequest): void => {
    const [path = ''] = url.split('?');
    ground.known.learnRequest(operationId, { path, body: body === undefined ? undefined : parsed(String(body)) });
  };

  /** As many requests as a round has of one operation; what it finds is made as small as it can be in a moment. */
  const fuzz = async (operation: Operation, operationSeed: number): Promise<void> => {
    const state: { shown?: Fault; tries: number } = { tries: 0 };
    const requests = requestsOf(operation, values, resolve, {
      callers: ground.callers,
      known: ground.known.requestsOf(operation.operationId),
    });
    const property = fc.asyncProperty(requests, async (request) => {
      const { shown } = state;
      if (shown && (state.tries += 1) > mostTries) return true;
      const fault = await faultOf(operation, request, shown !== undefined);
      if (fault === undefined || (shown && fault.kind !== shown.kind)) return true;
      state.shown = fault;
      return false;
    });
    const { counterexample } = await fc.check(property, { seed: operationSeed, numRuns: runs });
    const { shown } = state;
    if (!shown || !counterexample) return;
    const what = `${operation.operationId} ${shown.kind}`;
    found.set(what, `${what}: ${shown.detail.slice(0, 3_000)}\n${asCurl(counterexample[0])}`);
    tally.write(`seed ${seed}: ${found.get(what)}`);
  };

  for (let round = 1; round <= rounds; round += 1) {
    await ground.furnish(round);
    for (const [index, operation] of operations.entries()) await fuzz(operation, seed + round * 10_000 + index);
    tally.tell(`round ${round} of ${rounds}, seed ${seed}, ${found.size} faults`);
  }
  tally.tellOperations(isFull);
  expect([`seed ${seed}`, ...found.values()].join('\n\n')).toBe(`seed ${seed}`);
  expect(tally.requests).toBe(rounds * runs * operations.length);
});

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    // Of a file there is nothing to remember.
    return undefined;
  }
}
