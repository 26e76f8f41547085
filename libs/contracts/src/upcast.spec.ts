import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type AnyVersion, asWritten, upcast, type Upcaster, upcastWith } from './upcast.js';

const file = join(__dirname, '../examples/yizhan.visit.queued.v1.json');
const queued = JSON.parse(readFileSync(file, 'utf8')) as AnyVersion;

/** `queue` gets another name, then a number. */
const renamed: Upcaster = {
  name: 'visit.queued',
  from: 1,
  data: ({ data }) => {
    const { queue, ...others } = data as { queue: string };
    return { ...others, line: queue };
  },
};
const numbered: Upcaster = {
  name: 'visit.queued',
  from: 2,
  data: ({ data, sequence }) => ({ ...data, lineNo: (data as { line: string }).line === 'inside' ? 1 : 2, sequence }),
};

describe('an upcaster', () => {
  it('leaves every type as it is while there is only one version', () => {
    expect(upcast(queued)).toEqual({ event: queued });
    expect(asWritten(queued)).toEqual({ event: queued });
  });

  it('leads one after the other to the newest version, and changes nothing but type, schema and data', () => {
    const { queue, ...others } = queued.data as { queue: string };
    expect(upcastWith([renamed, numbered])(queued)).toEqual({
      event: {
        ...queued,
        type: 'yizhan.visit.queued.v3',
        dataschema: 'https://yizhan.dev/schemas/yizhan.visit.queued.v3.json',
        data: { ...others, line: queue, lineNo: 1, sequence: queued.sequence },
      },
    });
  });

  it('takes a document up from the version in which it was written', () => {
    const second = { ...queued, type: 'yizhan.visit.queued.v2', data: { line: 'outside' } };
    const { event } = upcastWith([renamed, numbered])(second) as { event: AnyVersion };
    expect(event).toMatchObject({ type: 'yizhan.visit.queued.v3', data: { line: 'outside', lineNo: 2 } });
  });

  it('leaves a version that is newer than the program, and other types', () => {
    const toNewest = upcastWith([renamed, numbered]);
    for (const type of ['yizhan.visit.queued.v4', 'yizhan.visit.queued.v3', 'yizhan.visit.called.v1']) {
      expect(toNewest({ ...queued, type })).toEqual({ event: { ...queued, type } });
    }
  });

  it('does not change the document that it is given', () => {
    const before = JSON.stringify(queued);
    upcastWith([renamed, numbered])(queued);
    expect(JSON.stringify(queued)).toBe(before);
  });

  it('that throws gives the reason', () => {
    const broken: Upcaster = {
      ...numbered,
      data: () => {
        throw new Error('there is no such line');
      },
    };
    expect(upcastWith([renamed, broken])(queued)).toEqual({
      reason: 'yizhan.visit.queued.v2 has no version 3: there is no such line',
    });
  });

  it('has no rival and no gap before it', () => {
    expect(() => upcastWith([renamed, renamed])).toThrow('two upcasters take yizhan.visit.queued.v1');
    expect(() => upcastWith([numbered])).toThrow('nothing leads to yizhan.visit.queued.v2');
    expect(() => upcastWith([numbered, renamed])).toThrow('nothing leads to yizhan.visit.queued.v2');
  });
});
