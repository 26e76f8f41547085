import type { SubscriptionResponse } from '@yizhan/client';
import { listIn } from './list-in.js';

/** Lists that a filter may have, in the order in which they are asked for. */
export const filterLists = ['types', 'plates', 'stations', 'areas', 'references', 'consignments'] as const;
type FilterList = (typeof filterLists)[number];

/** What somebody has entered of a subscription: lists between commas, headers one to a line. */
export interface Entered extends Readonly<Partial<Record<FilterList, string>>> {
  readonly url: string;
  readonly description?: string;
  readonly order: 'as_it_comes' | 'per_truck';
  readonly perSecond?: string;
  readonly headers?: string;
}

/** What a subscription is to be. */
interface Wish {
  readonly url: string;
  readonly ordered: boolean;
  readonly description?: string;
  readonly filter: Readonly<Partial<Record<FilterList, string[]>>>;
  readonly perSecond?: number;
  readonly headers?: HeaderWish[];
}

interface HeaderWish {
  readonly name: string;
  readonly value: string;
}

export function wishOf({ url, order, description = '', perSecond = '', headers = '', ...lists }: Entered): Wish {
  const named = headersIn(headers);
  return {
    url: url.trim(),
    ordered: order === 'per_truck',
    filter: filterOf(lists),
    ...(description.trim() !== '' && { description: description.trim() }),
    ...(perSecond.trim() !== '' && { perSecond: Number(perSecond) }),
    ...(named.length > 0 && { headers: named }),
  };
}

/** The same as a change: what was emptied is taken away. Values of headers are shown to nobody, so none entered are as before. */
export const changeOf = (entered: Entered) => ({ description: null, perSecond: null, ...wishOf(entered) });

/** A subscription as somebody would have entered it, but for the values of its headers. */
export function enteredOf(subscription: SubscriptionResponse): Entered {
  const { url, description, ordered, perSecond, filter } = subscription;
  const lists = filterLists.flatMap((name) => (filter[name] ? [[name, filter[name].join(', ')]] : []));
  return {
    url,
    order: ordered ? 'per_truck' : 'as_it_comes',
    ...(description !== undefined && { description }),
    ...(perSecond !== undefined && { perSecond: String(perSecond) }),
    ...(Object.fromEntries(lists) as Partial<Record<FilterList, string>>),
  };
}

function filterOf(lists: Readonly<Partial<Record<FilterList, string>>>): Wish['filter'] {
  const entered = filterLists.map((name) => [name, listIn(lists[name] ?? '')] as const);
  return Object.fromEntries(entered.filter(([, list]) => list.length > 0));
}

/** A line without a colon is a name without a value: it is refused in words. */
const headersIn = (text: string): HeaderWish[] =>
  text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const [name = '', ...value] = line.split(':');
      return { name: name.trim(), value: value.join(':').trim() };
    });
