import { EventLines } from './event-lines.js';

it('cuts a stream into events, wherever its pieces end', () => {
  const lines = new EventLines();
  expect(lines.add('retry: 2000\nid: 7\n\nid: 8\nda')).toEqual([{ id: '7' }]);
  expect(lines.add('ta: {"a":1}\n')).toEqual([]);
  expect(lines.add('\n')).toEqual([{ id: '8', data: '{"a":1}' }]);
});

it('takes a comment for a sign of life', () => {
  expect(new EventLines().add(': beat\n\n')).toEqual([{}]);
});

it('puts lines of data together', () => {
  expect(new EventLines().add('data: a\ndata: b\n\n')).toEqual([{ data: 'a\nb' }]);
});
