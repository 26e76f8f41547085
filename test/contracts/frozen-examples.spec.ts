import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { EventSchemas } from '../../docs/generate/event-schemas.js';
import { contractsFolder, faultsOf } from '../support/event-schemas.js';
import { exampleEvents, examplesOf, nameOf } from '../support/example-events.js';
import { dataPathsOf, pathsIn } from '../support/field-paths.js';

const folder = `${contractsFolder}/examples`;
const schemas = new EventSchemas();
const asTheyLie = new Map([...exampleEvents.keys()].map((file) => [file, readFileSync(`${folder}/${file}`, 'utf8')]));
const frozen = new Map(
  readFileSync(`${folder}/SHA256SUMS`, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => [line.slice(66), line.slice(0, 64)]),
);

/** What is wrong with the examples as they lie there, as against what was published. */
function changesOf(texts: ReadonlyMap<string, string>): string[] {
  const faults = [...frozen].flatMap(([file, digest]) => {
    const text = texts.get(file);
    if (text === undefined) return [`${file} is published and must not be removed`];
    const isSame = createHash('sha256').update(text).digest('hex') === digest;
    return isSame ? [] : [`${file} is published and must not change: add another example beside it`];
  });
  const unlisted = [...texts.keys()].filter((file) => !frozen.has(file));
  return [...faults, ...unlisted.map((file) => `${file} is new: add its line to libs/contracts/examples/SHA256SUMS`)];
}

describe('a frozen example', () => {
  it('is as it was published: examples may only be added', () => {
    expect(changesOf(asTheyLie)).toEqual([]);
  });

  it('that changes, goes or is not listed is seen', () => {
    const [first = '', second = ''] = asTheyLie.keys();
    const changed = new Map([...asTheyLie, [first, `${asTheyLie.get(first)} `], ['new.json', '{}']]);
    changed.delete(second);
    expect(changesOf(changed)).toEqual([
      `${first} is published and must not change: add another example beside it`,
      `${second} is published and must not be removed`,
      'new.json is new: add its line to libs/contracts/examples/SHA256SUMS',
    ]);
  });

  it('is there for every type', () => {
    const types = new Set([...exampleEvents.values()].map(nameOf));
    expect(schemas.events.map(({ name }) => name).filter((name) => !types.has(name))).toEqual([]);
  });

  it.each([...exampleEvents])('%s is what its writer may write', (_, event) => {
    expect(faultsOf(event, 'writer')).toEqual([]);
  });

  it('is named after its type', () => {
    expect([...exampleEvents].filter(([file, { type }]) => !file.startsWith(`${type}.`))).toEqual([]);
  });

  it.each(schemas.events.map((event) => [event.name, event] as const))(
    'of %s has every field, so that no field can change unseen',
    (name, event) => {
      const found = new Set(examplesOf(name).flatMap(({ data }) => pathsIn(data)));
      expect(dataPathsOf(schemas.dataDocument(event)).filter((path) => !found.has(path))).toEqual([]);
    },
  );
});
