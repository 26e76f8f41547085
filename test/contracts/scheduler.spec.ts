import { eventType, type EventName, type YizhanEvent } from '@yizhan/contracts';
import { type AreaPicture, emptyPicture } from '../../apps/scheduler/src/picture/area-picture.js';
import type { Fold } from '../../apps/scheduler/src/picture/fold.js';
import { folds } from '../../apps/scheduler/src/scheduler.consumes.js';
import { unknownField, withUnknownFields } from '../support/append-documents.js';
import { pictureOf } from '../support/area-picture.js';
import { exampleEvents, nameOf } from '../support/example-events.js';
import { recordedEvents } from '../support/recorded-log.js';

const consumed = new Set(Object.keys(folds).map((name) => eventType(name as EventName)));
const examples = [...exampleEvents].filter(([, { type }]) => consumed.has(type));
const recorded = recordedEvents();

/** The picture as it was when the example happened, where it is of the recorded log; else after all of that. */
function pictureBefore(example: YizhanEvent): AreaPicture {
  const place = recorded.findIndex(({ id }) => id === example.id);
  return place === 0 ? emptyPicture(example.partitionkey) : pictureOf(recorded.slice(0, place < 0 ? undefined : place));
}

function fold(picture: AreaPicture, event: YizhanEvent): AreaPicture {
  (folds[nameOf(event)] as Fold<EventName>)(picture, event);
  return picture;
}

/** The picture in words. Whole values are kept as they came; nobody looks at what he does not know in them. */
const told = (picture: AreaPicture): string =>
  JSON.stringify(picture, (name, value: unknown) => {
    if (name === unknownField) return undefined;
    return value instanceof Map || value instanceof Set ? [...(value as Iterable<unknown>)] : value;
  });

describe('the scheduler', () => {
  it('has an example of every type that it folds', () => {
    expect(new Set(examples.map(([, { type }]) => type))).toEqual(consumed);
  });

  it.each(examples)('takes %s into an empty picture', (_, event) => {
    expect(() => fold(emptyPicture(event.partitionkey), event)).not.toThrow();
  });

  it.each(examples)('takes %s into the picture of a running area, whatever later versions add', (_, event) => {
    const plain = fold(pictureBefore(event), event);
    expect(told(fold(pictureBefore(event), withUnknownFields(event)))).toBe(told(plain));
  });

  it('sees something in every example of the recorded log', () => {
    const ids = new Set(recorded.map(({ id }) => id));
    const unseen = examples.filter(([, event]) => {
      const before = told(pictureBefore(event));
      return ids.has(event.id) && told(fold(pictureBefore(event), event)) === before;
    });
    // A check that fails holds nothing by itself: `cargo.held` does.
    expect(unseen.map(([file]) => file)).toEqual(['yizhan.visit.checked.v1.json']);
  });
});
