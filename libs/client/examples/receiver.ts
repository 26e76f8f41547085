import { createServer, type IncomingMessage } from 'node:http';
import { connect, createReceiver, WebhookRefused } from '@yizhan/client';
import { KeptEvents } from './kept-events.js';
import { config } from './receiver.config.js';

/** How long what is missing may still be on its way. */
const patience = 500;
const mostBytes = 64 * 1024;

const kept = new KeptEvents(config.folder);
const receiver = createReceiver({
  secrets: config.secrets,
  remember: kept,
  handle: (event) => kept.append(event),
  yizhan: connect(config.address, config.token),
});

const server = createServer((request, response) => {
  const answer = (status: number, body?: object): void => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(body && JSON.stringify(body));
  };
  take(request).then(
    (challenge) => (challenge ? answer(200, challenge) : answer(204)),
    (error: unknown) => {
      process.stderr.write(`${String(error)}\n`);
      // Whatever is no 2xx is sent again.
      answer(error instanceof WebhookRefused ? 401 : 500);
    },
  );
});

async function take(request: IncomingMessage): Promise<object | undefined> {
  const received = await receiver.receive({ headers: request.headers, body: await bodyOf(request) });
  if (received.kind === 'challenge') return received.answer;
  if (received.kind === 'event' && received.missing > 0) pullLater(received.subscriptionId);
  return undefined;
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > mostBytes) throw new Error('the message is too large');
    parts.push(part);
  }
  return Buffer.concat(parts);
}

const waiting = new Set<string>();

function pullLater(subscriptionId: string): void {
  if (waiting.has(subscriptionId)) return;
  waiting.add(subscriptionId);
  setTimeout(() => {
    waiting.delete(subscriptionId);
    receiver.pullMissing(subscriptionId).then(
      (count) => process.stdout.write(`pulled ${count}\n`),
      // The gap stays, so it is tried again when the next message comes.
      (error: unknown) => process.stderr.write(`${String(error)}\n`),
    );
  }, patience);
}

for (const subscriptionId of kept.subscriptions) pullLater(subscriptionId);
server.listen(config.port, '127.0.0.1', () => process.stdout.write('listening\n'));
