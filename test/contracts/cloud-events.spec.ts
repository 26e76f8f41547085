import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { YizhanEvent } from '@yizhan/contracts';
import { canonicalJson, messageOf } from '@yizhan/event-log';
import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import { hasPythonSdk, type RawMessage, readByJavaScript, readByPython } from '../support/cloud-events-sdks.js';
import { exampleEvents } from '../support/example-events.js';

const standard = join(process.cwd(), '../shared/data/standards/cloudevents/cloudevents.json');
const examples = [...exampleEvents.values()];

/** Nobody has written it. */
function withoutSource(): object {
  const document: Partial<Record<keyof YizhanEvent, unknown>> = { ...examples[0] };
  delete document.source;
  return document;
}

/** As the publisher sends it. */
function published(event: YizhanEvent): RawMessage {
  const { key, value, headers } = messageOf({
    key: event.partitionkey,
    position: Number(event.position),
    document: canonicalJson(event),
  });
  return { key, value, headers: headers as Record<string, string> };
}

describe('what we publish', () => {
  it('is CloudEvents 1.0 by the schema of the specification', () => {
    if (!existsSync(standard)) throw new Error(`${standard} is missing: this test reads the specification's schema`);
    const schema = JSON.parse(readFileSync(standard, 'utf8')) as object;
    const validate = formats.default(new Ajv({ strict: false })).compile(schema);
    for (const event of examples)
      expect([event.type, validate(event), validate.errors]).toEqual([event.type, true, null]);
    expect(validate(withoutSource())).toBe(false);
  });

  it.each(examples.map((event) => [event.type, event] as const))(
    'is read by the SDK for JavaScript: %s',
    (_, event) => {
      expect(readByJavaScript(published(event))).toEqual(event);
    },
  );

  it('is refused by the SDK for JavaScript where an attribute is missing', () => {
    expect(() => readByJavaScript(published(withoutSource() as YizhanEvent))).toThrow();
  });

  it('is read by the SDK for Python', () => {
    if (!hasPythonSdk()) {
      process.stderr.write('\n  DID NOT RUN: the SDK of another language (`pip install cloudevents` brings it)\n\n');
      return;
    }
    expect(readByPython(examples.map(published))).toEqual(examples);
  });
});
