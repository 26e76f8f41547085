// Outlives its parent by a moment: when stdin ends, however the parent died, it kills what the parent started and removes
// its folder. Lines on stdin: `+<pid>` started, `-<pid>` gone, `folder <path>` to remove.
import { rmSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';

for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, () => undefined);

const running = new Set();
let folder;

for await (const line of createInterface({ input: process.stdin })) {
  if (line.startsWith('+')) running.add(Number(line.slice(1)));
  else if (line.startsWith('-')) running.delete(Number(line.slice(1)));
  else if (line.startsWith('folder ')) folder = line.slice('folder '.length);
}

function signal(pid, name) {
  try {
    return process.kill(pid, name);
  } catch (error) {
    if (error.code === 'ESRCH') return false;
    throw error;
  }
}

for (const pid of running) signal(pid, 'SIGKILL');
// Until they are gone they may still write. Where nobody collects the dead they never look gone: hence a limit.
for (let tries = 0; tries < 100 && [...running].some((pid) => signal(pid, 0)); tries += 1) await sleep(20);
if (folder) rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
