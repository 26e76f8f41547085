import { newId } from './new-id.js';

it('is a UUID of version 4', () => {
  const id = newId((bytes) => bytes.fill(0xff));
  expect(id).toBe('ffffffff-ffff-4fff-bfff-ffffffffffff');
});

it('is another one each time', () => {
  expect(newId()).not.toBe(newId());
});
