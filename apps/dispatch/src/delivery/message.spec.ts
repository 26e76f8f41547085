import { bodyOf, headersOf, mostBytes } from './message.js';

const documentOf = (reason: string): string => JSON.stringify({ data: { reason }, id: 'e1', position: '7' });
const around = Buffer.byteLength(documentOf(''));

it.each([
  ['a small document', 'x'],
  ['the largest that is under 20 kB', 'x'.repeat(mostBytes - around - 1)],
  ['Chinese under 20 kB', '浙'.repeat(Math.floor((mostBytes - around - 1) / 3))],
])('%s goes letter by letter', (_, reason) => {
  const document = documentOf(reason);
  expect(Buffer.byteLength(document)).toBeLessThan(mostBytes);
  expect(bodyOf(document, 7)).toBe(document);
});

it.each([
  ['one of 20 kB', 'x'.repeat(mostBytes - around)],
  ['fewer letters than bytes', '浙'.repeat(7_000)],
])('%s goes without its data, and says where it lies whole', (_, reason) => {
  const body = bodyOf(documentOf(reason), 7);
  expect(JSON.parse(body)).toEqual({ id: 'e1', position: '7', dataref: '/api/v1/events?after=6&limit=1' });
});

it('headers of the subscriber never take the place of ours', () => {
  const ours = ['content-type', 'user-agent', 'webhook-id', 'webhook-timestamp', 'webhook-signature'];
  const headers = [...ours, 'x-tenant'].map((name) => ({ name, value: 'theirs' }));
  const sent = headersOf({ subscriptionId: 's', keys: [Buffer.from('k')], headers }, { id: 'i', body: '{}' }, 1);
  expect(Object.entries(sent).filter(([, value]) => value === 'theirs')).toEqual([['x-tenant', 'theirs']]);
});
