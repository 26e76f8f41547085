import type { SubscriptionResponse } from '@yizhan/client';
import { changeOf, enteredOf, wishOf } from './subscription-fields.js';

const url = 'https://hooks.example.com/yizhan';

it('what was left empty is not asked for', () => {
  expect(wishOf({ url: ` ${url} `, order: 'as_it_comes', description: ' ', plates: '', headers: '\n' })).toEqual({
    url,
    ordered: false,
    filter: {},
  });
});

it('lists are read between commas, and headers a line each', () => {
  const entered = {
    url,
    order: 'per_truck',
    description: 'our ERP',
    types: 'yizhan.visit.*，yizhan.handoff.*',
    plates: '浙G10001 浙G10002',
    references: 'W1',
    perSecond: ' 20 ',
    headers: 'x-tenant: shunfa\n Authorization : Basic a:b=\nnonsense',
  } as const;
  expect(wishOf(entered)).toEqual({
    url,
    ordered: true,
    description: 'our ERP',
    filter: { types: ['yizhan.visit.*', 'yizhan.handoff.*'], plates: ['浙G10001', '浙G10002'], references: ['W1'] },
    perSecond: 20,
    headers: [
      { name: 'x-tenant', value: 'shunfa' },
      { name: 'Authorization', value: 'Basic a:b=' },
      { name: 'nonsense', value: '' },
    ],
  });
});

it('a change takes away what was emptied, and leaves headers that nobody has entered anew', () => {
  const subscription = {
    url,
    ordered: true,
    description: 'our ERP',
    perSecond: 5,
    filter: { types: ['yizhan.visit.*'], areas: ['jinhua', 'yiwu'] },
    headerNames: ['x-tenant'],
  } as unknown as SubscriptionResponse;
  const { description, perSecond, filter } = subscription;
  expect(changeOf(enteredOf(subscription))).toEqual({ url, ordered: true, description, perSecond, filter });
  const emptied = { ...enteredOf(subscription), description: '', perSecond: '', areas: ' ' };
  expect(changeOf(emptied)).toEqual({
    url,
    ordered: true,
    description: null,
    perSecond: null,
    filter: { types: ['yizhan.visit.*'] },
  });
});
