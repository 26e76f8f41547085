import { useEffect, useState, useSyncExternalStore } from 'react';
import { keptClock, type KnownClock, shownBy } from './service-clock.js';

const place = 'yizhan.ahead';

/** As it was when the service could be reached last: a page that is opened without a network knows no other. */
let known = keptClock(localStorage.getItem(place), Date.now());
let isSpeedKnown = false;

function know(clock: KnownClock): void {
  known = clock;
  localStorage.setItem(place, JSON.stringify(clock));
}

/** The service's clock is what counts: waiting times and signatures go by it. */
export function setServerTime(instant: string): void {
  know({ ...known, at: Date.parse(instant), ours: Date.now() });
}

/** What was known is of another service's clock. */
export function forgetServerTime(): void {
  localStorage.removeItem(place);
}

/** A demonstration runs faster than the clock on the wall. */
export function setServerSpeed(speed: number): void {
  isSpeedKnown = true;
  if (speed !== known.speed) know({ at: serverNow(), ours: Date.now(), speed });
}

/** Whether the service's clock is known to run as fast as that on the wall. */
export const isRealTime = (): boolean => isSpeedKnown && known.speed === 1;

/** The present by the service's clock, epoch milliseconds; never later than its own. */
export const serverNow = (): number => shownBy(known, Date.now());

/** The present, renewed every ten seconds. */
export function useNow(): number {
  const [now, setNow] = useState(serverNow);
  useEffect(() => {
    const timer = setInterval(() => setNow(serverNow()), 10_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}

const eachSecond = new Set<() => void>();
let ticking: ReturnType<typeof setInterval> | undefined;
/** An instant by both clocks, epoch milliseconds. */
export interface BothClocks {
  readonly there: number;
  readonly here: number;
}

const bothNow = (): BothClocks => ({ there: serverNow(), here: Date.now() });
let second = bothNow();

function onSecond(listener: () => void): () => void {
  if (eachSecond.size === 0) second = bothNow();
  eachSecond.add(listener);
  ticking ??= setInterval(() => {
    second = bothNow();
    for (const each of eachSecond) each();
  }, 1_000);
  return () => {
    eachSecond.delete(listener);
    if (eachSecond.size > 0) return;
    clearInterval(ticking);
    ticking = undefined;
  };
}

/** The present by both clocks, renewed every second of this device: one beat for all that count. */
export const useBothClocks = (): BothClocks => useSyncExternalStore(onSecond, () => second);

/** The present by the service's clock, renewed every second of this device. */
export const useSecond = (): number => useBothClocks().there;
