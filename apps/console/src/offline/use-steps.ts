import { useMutation, useQueryClient } from '@tanstack/react-query';
import { liveQuery } from 'dexie';
import { createContext, use, useEffect, useMemo, useRef, useSyncExternalStore } from 'react';
import { newId } from '../api/new-id.js';
import { usePhotos } from '../photos/use-photos.js';
import { useSession } from '../session/use-session.js';
import { device } from './device-store.js';
import { type Logged, logSteps } from './log-steps.js';
import { isKept, type LoggedStep, tapsIn } from './logged-step.js';
import type { About, NewStep } from './step-kinds.js';

const nothing: readonly LoggedStep[] = [];
let known = nothing;
const listeners = new Set<() => void>();
let watching: { unsubscribe(): void } | undefined;

/** One look at the device for all that show it, whichever tab has changed it. */
function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  watching ??= liveQuery(() => device().steps.orderBy('order').toArray()).subscribe((steps) => {
    known = steps;
    for (const each of listeners) each();
  });
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    watching?.unsubscribe();
    watching = undefined;
  };
}

/** Every step that lies on this device, in order. */
export const useSteps = (): readonly LoggedStep[] => useSyncExternalStore(subscribe, () => known);

/** Those of one visit. */
export function useStepsOf(visitId: string): readonly LoggedStep[] {
  const steps = useSteps();
  return useMemo(() => steps.filter(({ about }) => about.visitId === visitId), [steps, visitId]);
}

/** How much on this device is not with the service yet, and how much a person has to settle: taps, and photos. */
export function useUnsent(): { readonly waiting: number; readonly refused: number } {
  const steps = useSteps();
  const photos = usePhotos();
  const { accountId } = useSession();
  return useMemo(() => {
    const isRefusedHere = ({ state, account }: { readonly state: string; readonly account: string }): boolean =>
      state === 'refused' && account === accountId;
    return {
      waiting: tapsIn(steps.filter(isKept)) + photos.filter(({ state }) => state === 'waiting').length,
      refused: tapsIn(steps.filter(isRefusedHere)) + photos.filter(isRefusedHere).length,
    };
  }, [steps, photos, accountId]);
}

/** The step that the form within stands for, where one is entered anew. */
export const InsteadOf = createContext<LoggedStep | undefined>(undefined);

/** Logs steps of a truck, whether the service can be reached or not; what is tapped again has the same keys. */
export function useStep(about: About, onDone?: (logged: Logged) => void) {
  const client = useQueryClient();
  const insteadOf = use(InsteadOf);
  const keys = useRef(new Map<string, string>());
  const isShown = useRef(false);
  useEffect(() => {
    isShown.current = true;
    return () => {
      isShown.current = false;
    };
  }, []);
  const keyOf = (step: NewStep): string => {
    const text = JSON.stringify(step);
    const key = step.key ?? keys.current.get(text) ?? newId();
    keys.current.set(text, key);
    return key;
  };
  return useMutation({
    mutationFn: (steps: readonly NewStep[]) =>
      logSteps({
        steps,
        about: announcedIn(steps) ?? about,
        keys: steps.map(keyOf),
        insteadOf,
        isShown: () => isShown.current,
      }),
    onSuccess: (logged) => {
      keys.current.clear();
      onDone?.(logged);
    },
    onSettled: () => client.invalidateQueries({ queryKey: ['station'] }),
  });
}

/** An announcement makes the visit that it is about. */
function announcedIn([first]: readonly NewStep[]): About | undefined {
  if (first?.kind !== 'announcement') return undefined;
  const { visitId, stationCode, truck } = first.body;
  return { visitId, stationCode, plate: truck.plate };
}
