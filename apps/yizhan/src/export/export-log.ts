import { createWriteStream, openSync, closeSync, fsyncSync, renameSync, rmSync, type WriteStream } from 'node:fs';
import { once } from 'node:events';
import { dirname } from 'node:path';
import type { LogReader } from '@yizhan/event-log';
import { environmentFault, messageOf } from '@yizhan/process';

const batch = 2_000;

/** Writes the log up to `head`, one document a line, in order. @returns how many events. */
export async function writeLog(
  reader: LogReader,
  out: NodeJS.WritableStream,
  head: number,
  onProgress: (events: number) => void = () => undefined,
): Promise<number> {
  let written = 0;
  for (let position = 0; position < head;) {
    const rows = await reader.documentsAfter(position, Math.min(batch, head - position));
    const last = rows.at(-1);
    if (!last) break;
    if (!out.write(`${rows.map(({ document }) => document).join('\n')}\n`)) await once(out, 'drain');
    position = last.position;
    written += rows.length;
    onProgress(written);
  }
  return written;
}

/** As `writeLog`, to a file that is there whole or not at all. */
export async function writeLogFile(
  reader: LogReader,
  file: string,
  head: number,
  onProgress?: (events: number) => void,
): Promise<number> {
  const draft = `${file}.${process.pid}.part`;
  try {
    const out = createWriteStream(draft);
    await once(out, 'open');
    const written = await Promise.race([writeLog(reader, out, head, onProgress), failureOf(out)]);
    await new Promise<void>((resolve, reject) =>
      out.end((error?: Error | null) => (error ? reject(error) : resolve())),
    );
    makeDurable(draft);
    renameSync(draft, file);
    makeDurable(dirname(file));
    return written;
  } catch (error) {
    rmSync(draft, { force: true });
    throw environmentFault(`cannot write ${file}: ${messageOf(error)}`);
  }
}

const failureOf = async (out: WriteStream): Promise<never> => {
  const [error] = (await once(out, 'error')) as [Error];
  throw error;
};

function makeDurable(path: string): void {
  // Windows does not open folders.
  if (process.platform === 'win32') return;
  const file = openSync(path, 'r');
  fsyncSync(file);
  closeSync(file);
}
