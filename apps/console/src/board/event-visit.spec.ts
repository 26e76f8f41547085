import { visitOf } from './event-visit.js';

it.each([
  ['{"data":{"visitId":"v1","plate":"浙G1"}}', 'v1'],
  ['{"data":{"driverId":"R1"}}', undefined],
  ['{"data":{"visitId":7}}', undefined],
  ['{}', undefined],
])('of %s is %s', (document, visitId) => expect(visitOf(document)).toBe(visitId));
