import { listIn } from './list-in.js';

it.each([
  ['', []],
  [' yizhan.visit.* ', ['yizhan.visit.*']],
  ['yizhan.visit.*, yizhan.handoff.*', ['yizhan.visit.*', 'yizhan.handoff.*']],
  [
    'yizhan.visit.*，yizhan.handoff.*\nyizhan.cargo.held.v1',
    ['yizhan.visit.*', 'yizhan.handoff.*', 'yizhan.cargo.held.v1'],
  ],
])('%j names %j', (text, types) => expect(listIn(text)).toEqual(types));
