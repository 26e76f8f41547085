#!/usr/bin/env node
// The image has no curl: this asks the process in its own container whether it gets on with its work.

const help = `Usage: node docker/health.mjs

Asks /health/live on the port of YIZHAN_HTTP_PORT (default 7700) of this
machine. Exits 0 when it answers 200 within 4 s, else 1 with what was said.
`;

const patience = 4_000;

async function ask() {
  const address = `http://127.0.0.1:${process.env.YIZHAN_HTTP_PORT?.trim() || 7700}/health/live`;
  try {
    const answer = await fetch(address, { signal: AbortSignal.timeout(patience) });
    // Docker keeps what is said for `docker inspect`.
    return { isAlive: answer.status === 200, said: `${answer.status} ${await answer.text()}` };
  } catch (error) {
    return { isAlive: false, said: `${address}: ${error.cause?.message ?? error.message}` };
  }
}

if (process.argv.includes('--help')) process.stdout.write(help);
else {
  const { isAlive, said } = await ask();
  process.stdout.write(`${said}\n`);
  process.exitCode = isAlive ? 0 : 1;
}
