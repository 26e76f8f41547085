import { useQuery, useQueryClient } from '@tanstack/react-query';
import { asking, type keyed, yizhan } from '../api/yizhan.js';
import { useChange } from '../api/use-change.js';
import { serverNow } from '../live/use-now.js';
import { useCaller } from '../session/use-session.js';
import { everything } from './everything.js';
import { keyState } from './key-state.js';
import { trucksNow } from './trucks-now.js';

const limit = 200;
const lookEvery = 5_000;

/** The carrier's trucks with where each is, looked at every few seconds. */
export function useTrucks() {
  return useQuery({
    queryKey: ['carrier', 'trucks'],
    queryFn: () =>
      asking(async () => {
        const [trucks, announced, arrived, runs] = await Promise.all([
          everything((page) => yizhan.trucks.list({ query: { limit, ...page } })),
          everything((page) => yizhan.visits.list({ query: { limit, state: 'announced', ...page } })),
          everything((page) => yizhan.visits.list({ query: { limit, state: 'arrived', ...page } })),
          everything((page) => yizhan.runs.list({ query: { limit, state: 'open', ...page } })),
        ]);
        return trucksNow(trucks, [...announced, ...arrived], runs);
      }),
    refetchInterval: lookEvery,
  });
}

/** The run that a truck is on; null where it is on none. */
export function useOpenRunOf(plate: string) {
  return useQuery({
    queryKey: ['carrier', 'run', plate],
    queryFn: () =>
      asking(async () => {
        const { items } = await yizhan.runs.list({ query: { limit: 1, state: 'open', plate } });
        return items[0] ?? null;
      }),
    refetchInterval: lookEvery,
  });
}

/** Every stay of one truck, the newest first. */
export function useVisitsOf(plate: string) {
  return useQuery({
    queryKey: ['carrier', 'visits', plate],
    queryFn: () =>
      asking(async () => {
        const visits = await everything((page) => yizhan.visits.list({ query: { limit, plate, ...page } }));
        const instantOf = ({ arrivedAt, queuedAt, expectedAt }: (typeof visits)[number]): string =>
          arrivedAt ?? queuedAt ?? expectedAt ?? '';
        return visits.toSorted((one, other) => instantOf(other).localeCompare(instantOf(one)));
      }),
    refetchInterval: lookEvery,
  });
}

/** What was written of one stay. */
export function useHistoryOf(visitId: string, isOpen: boolean) {
  return useQuery({
    queryKey: ['carrier', 'history', visitId],
    enabled: isOpen,
    queryFn: () => asking(() => yizhan.visits.readHistory({ path: { visitId } })),
    refetchInterval: lookEvery,
  });
}

export function useSubscriptions() {
  return useQuery({
    queryKey: ['carrier', 'subscriptions'],
    queryFn: () => asking(() => everything((page) => yizhan.subscriptions.list({ query: { limit, ...page } }))),
    refetchInterval: lookEvery,
  });
}

export function useSubscription(subscriptionId: string) {
  return useQuery({
    queryKey: ['carrier', 'subscription', subscriptionId],
    queryFn: () => asking(() => yizhan.subscriptions.one({ path: { subscriptionId } })),
    refetchInterval: lookEvery,
  });
}

export type Subscription = NonNullable<ReturnType<typeof useSubscription>['data']>;

export function useConsents() {
  return useQuery({
    queryKey: ['carrier', 'consents'],
    queryFn: () =>
      asking(async () => {
        const consents = await everything((page) => yizhan.consents.list({ query: { limit, ...page } }));
        return consents.toSorted((one, other) => other.givenAt.localeCompare(one.givenAt));
      }),
    refetchInterval: lookEvery,
  });
}

/** Which carrier is signed in. */
export function useCallerCarrier() {
  const { data, error } = useCaller();
  return { data: data?.carrierId, error };
}

/** The carrier's keys, those that are live first. */
export function useKeys(carrierId: string | undefined) {
  return useQuery({
    queryKey: ['carrier', 'keys', carrierId],
    enabled: carrierId !== undefined,
    queryFn: () =>
      asking(async () => {
        const path = { carrierId: carrierId ?? '' };
        const keys = await everything((page) => yizhan.carrierKeys.list({ path, query: { limit, ...page } }));
        const place = (key: (typeof keys)[number]): number => Number(keyState(key, serverNow()) !== 'live');
        return keys.toSorted((one, other) => place(one) - place(other) || other.createdAt.localeCompare(one.createdAt));
      }),
    refetchInterval: lookEvery,
  });
}

/** The newest replays of a subscription. */
export function useReplays(subscriptionId: string) {
  return useQuery({
    queryKey: ['carrier', 'replays', subscriptionId],
    queryFn: () =>
      asking(async () => {
        const { items } = await yizhan.deliveries.replays({ path: { subscriptionId }, query: { limit: 10 } });
        return items;
      }),
    refetchInterval: lookEvery,
  });
}

/** What became of the deliveries of each subscription, by day. */
export function useUsage() {
  return useQuery({
    queryKey: ['carrier', 'usage'],
    queryFn: () =>
      asking(async () => {
        const subscriptions = await everything((page) => yizhan.subscriptions.list({ query: { limit, ...page } }));
        return Promise.all(
          subscriptions.map(async (subscription) => {
            const { subscriptionId } = subscription;
            const { days } = await yizhan.deliveries.usage({ path: { subscriptionId } });
            return { subscription, days };
          }),
        );
      }),
    refetchInterval: 60_000,
  });
}

export type Used = NonNullable<ReturnType<typeof useUsage>['data']>[number];

/** A change of a carrier; what is shown is looked at anew, whatever came of it. */
export function useCarrierChange<Input, Answer>(
  run: (input: Input, headers: ReturnType<typeof keyed>) => Promise<Answer>,
  onDone?: (answer: Answer, input: Input) => void,
) {
  const client = useQueryClient();
  return useChange(async (input: Input, headers) => {
    try {
      return await run(input, headers);
    } finally {
      void client.invalidateQueries({ queryKey: ['carrier'] });
    }
  }, onDone);
}
