import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { headersOf } from '../../apps/dispatch/src/delivery/message.js';
import { keyOfSecret, newSecret } from '../../apps/dispatch/src/delivery/signature.js';

const page = readFileSync(resolve(__dirname, '../../docs/verify-webhooks.md'), 'utf8');

/** What the page says, with a program around it: for five arguments each, the last of them the body in base64, `true` or `false`. */
interface Language {
  /** Of the block on the page, and of the program. */
  readonly files: readonly [block: string, program: string];
  readonly program: string;
  readonly compile?: readonly string[];
  readonly run: readonly string[];
}

const languages: Readonly<Record<string, Language>> = {
  java: {
    files: ['VerifyWebhook.java', 'Program.java'],
    program: `class Program {
  public static void main(String[] given) throws Exception {
    for (int at = 0; at < given.length; at += 5) {
      byte[] body = java.util.Base64.getDecoder().decode(given[at + 4]);
      System.out.println(VerifyWebhook.isGenuine(given[at], given[at + 1], given[at + 2], given[at + 3], body));
    }
  }
}`,
    compile: ['javac', 'Program.java', 'VerifyWebhook.java'],
    run: ['java', 'Program'],
  },
  python: {
    files: ['verify_webhook.py', 'program.py'],
    program: `import base64, sys
from verify_webhook import is_genuine
given = sys.argv[1:]
for at in range(0, len(given), 5):
    print(str(is_genuine(*given[at : at + 4], base64.b64decode(given[at + 4]))).lower())`,
    run: [process.env['YIZHAN_PYTHON'] ?? 'python3', 'program.py'],
  },
  go: {
    files: ['verify_webhook.go', 'program.go'],
    program: `package main

import (
	"encoding/base64"
	"fmt"
	"os"
)

func main() {
	given := os.Args[1:]
	for at := 0; at < len(given); at += 5 {
		body, _ := base64.StdEncoding.DecodeString(given[at+4])
		fmt.Println(isGenuine(given[at], given[at+1], given[at+2], given[at+3], body))
	}
}`,
    run: ['go', 'run', 'program.go', 'verify_webhook.go'],
  },
};

const now = (): number => Math.floor((performance.timeOrigin + performance.now()) / 1_000);

interface Sent {
  readonly secrets: readonly string[];
  readonly seconds?: number;
  readonly with?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** The arguments for a message that was sent like this, and came with something changed. */
function argumentsOf(secret: string, { secrets, seconds = now(), with: changed = {}, body }: Sent): string[] {
  const document = JSON.stringify({ type: 'yizhan.visit.arrived.v1', data: { plate: '浙G12345' } });
  const sender = { subscriptionId: 'one', keys: secrets.map(keyOfSecret), headers: [] };
  const headers = { ...headersOf(sender, { id: 'event_one', body: document, number: 7 }, seconds), ...changed };
  const [id, timestamp, signatures] = ['id', 'timestamp', 'signature'].map((name) => headers[`webhook-${name}`] ?? '');
  return [secret, id ?? '', timestamp ?? '', signatures ?? '', Buffer.from(body ?? document).toString('base64')];
}

const [mine, newer, another] = [newSecret(), newSecret(), newSecret()];
const messages: readonly (readonly [genuine: boolean, given: readonly string[]])[] = [
  [true, argumentsOf(mine, { secrets: [mine] })],
  [true, argumentsOf(mine, { secrets: [newer, mine] })],
  [true, argumentsOf(newer, { secrets: [newer, mine] })],
  [true, argumentsOf(mine, { secrets: [mine], seconds: now() - 200 })],
  [false, argumentsOf(another, { secrets: [newer, mine] })],
  [false, argumentsOf(mine, { secrets: [mine], body: '{}' })],
  [false, argumentsOf(mine, { secrets: [mine], with: { 'webhook-id': 'another' } })],
  [false, argumentsOf(mine, { secrets: [mine], with: { 'webhook-timestamp': String(now() + 5) } })],
  [false, argumentsOf(mine, { secrets: [mine], with: { 'webhook-timestamp': 'soon' } })],
  [false, argumentsOf(mine, { secrets: [mine], with: { 'webhook-signature': 'v1,浙' } })],
  [false, argumentsOf(mine, { secrets: [mine], seconds: now() - 400 })],
  [false, argumentsOf(mine, { secrets: [mine], seconds: now() + 400 })],
];

const blockOf = (language: string): string =>
  new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'm').exec(page)?.[1] ?? '';

function ran([command = '', ...rest]: readonly string[], folder: string): string {
  const { stdout, stderr, status } = spawnSync(command, rest, { cwd: folder, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} ${rest[0]}: ${stderr}`);
  return stdout;
}

const isThere = ({ compile, run }: Language): boolean =>
  [compile ?? run, run].every(([command = '']) => spawnSync('which', [command]).status === 0);

test.each(Object.keys(languages))(
  'the lines in %s believe what is sent, and nothing else',
  (name) => {
    const language = languages[name];
    if (!isThere(language)) {
      process.stderr.write(`\n  DID NOT RUN: docs/verify-webhooks.md in ${name}, which is not on this machine\n\n`);
      return;
    }
    const folder = mkdtempSync(join(tmpdir(), 'yizhan-verify-'));
    try {
      const [block, program] = language.files;
      expect(blockOf(name)).toMatch(new RegExp(`^(//|#) ${block.replace('.', '\\.')}\n`));
      writeFileSync(join(folder, block), blockOf(name));
      writeFileSync(join(folder, program), language.program);
      if (language.compile) ran(language.compile, folder);
      const said = ran([...language.run, ...messages.flatMap(([, given]) => given)], folder);
      expect(said.trim().split(/\s+/)).toEqual(messages.map(([genuine]) => String(genuine)));
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
  120_000,
);
