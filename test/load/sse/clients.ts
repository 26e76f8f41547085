import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { answer } from '../ground/child.js';

/** Clients of a stream that do no more than count whole frames, so that the server is what is measured. */
const sockets = new Set<Socket>();
const atOnce = 50;
/** A frame of an event ends so, and nothing else does. */
const end = Buffer.from('}\n\n');
let counted = 0;
let expected = Infinity;
let arrived: () => void = () => undefined;

async function openOne(url: URL, token: string): Promise<void> {
  const socket = connect(Number(url.port), url.hostname);
  await once(socket, 'connect');
  socket.on('error', (error) => process.stderr.write(`bench: a client was cut: ${error.message}\n`));
  socket.write(
    `GET ${url.pathname} HTTP/1.1\r\nhost: ${url.host}\r\nauthorization: Bearer ${token}\r\naccept: text/event-stream\r\n\r\n`,
  );
  const [head] = (await once(socket, 'data')) as [Buffer];
  if (!head.toString('latin1').startsWith('HTTP/1.1 200')) throw new Error(head.toString('latin1'));
  let tail: Buffer = Buffer.alloc(0);
  socket.on('data', (bytes: Buffer) => {
    counted += framesIn(Buffer.concat([tail, bytes.subarray(0, end.length - 1)])) + framesIn(bytes);
    // Two bytes are too short for an end of their own.
    tail =
      bytes.length >= end.length - 1
        ? bytes.subarray(1 - end.length)
        : Buffer.concat([tail, bytes]).subarray(1 - end.length);
    if (counted >= expected) arrived();
  });
  sockets.add(socket);
}

function framesIn(bytes: Buffer): number {
  let frames = 0;
  for (let at = bytes.indexOf(end); at >= 0; at = bytes.indexOf(end, at + end.length)) frames += 1;
  return frames;
}

answer({
  /** Opens so many clients, with tokens in turn, and begins to count anew. */
  open: async ({ url, count, tokens }: { url: string; count: number; tokens: readonly string[] }) => {
    counted = 0;
    for (let opened = 0; opened < count; opened += atOnce) {
      const some = Array.from({ length: Math.min(atOnce, count - opened) }, (_none, index) =>
        openOne(new URL(url), tokens[(opened + index) % tokens.length] ?? ''),
      );
      await Promise.all(some);
    }
  },
  /** Resolves when so many frames have come over all of them since they were opened. */
  frames: ({ count }: { readonly count: number }) =>
    new Promise<void>((resolve) => {
      expected = count;
      arrived = () => {
        expected = Infinity;
        resolve();
      };
      if (counted >= expected) arrived();
    }),
  cut: () => {
    for (const socket of sockets) socket.destroy();
    sockets.clear();
  },
});
