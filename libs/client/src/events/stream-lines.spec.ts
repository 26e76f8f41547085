import fc from 'fast-check';
import { type StreamedFrame, StreamLines } from './stream-lines.js';

const text =
  'retry: 2000\nid: 3\n\nid: 4\nevent: yizhan.visit.queued.v1\ndata: {"a":"b: c"}\n\n:\n\n:\nid: 9\n\ndata:1\r\ndata:2\r\n\r\nid: 1';

const readInParts = (cuts: readonly number[]): StreamedFrame[] => {
  const lines = new StreamLines();
  const places = [0, ...cuts.toSorted((a, b) => a - b), text.length];
  return places.slice(1).flatMap((end, index) => lines.add(text.slice(places[index], end)));
};

describe('the lines of a stream', () => {
  it('give ids and documents, and pass over what is none', () => {
    expect(readInParts([])).toEqual([{ id: '3' }, { id: '4', data: '{"a":"b: c"}' }, { id: '9' }, { data: '1\n2' }]);
  });

  it('give the same wherever they are cut', () => {
    const whole = readInParts([]);
    fc.assert(fc.property(fc.array(fc.nat({ max: text.length })), (cuts) => expect(readInParts(cuts)).toEqual(whole)));
  });
});
