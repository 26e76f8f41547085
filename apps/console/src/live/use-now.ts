import { useEffect, useState, useSyncExternalStore } from 'react';

const place = 'yizhan.ahead';

/**
 * The service's clock at an instant of ours, and how many times as fast it runs. At first as far ahead as it was when the
 * service could be reached last: a page that is opened without a network knows no other.
 */
let known = { at: Date.now() + Number(localStorage.getItem(place) ?? 0), ours: Date.now(), speed: 1 };
let isSpeedKnown = false;

/** The service's clock is what counts: waiting times and signatures go by it. */
export function setServerTime(instant: string): void {
  known = { ...known, at: Date.parse(instant), ours: Date.now() };
  localStorage.setItem(place, String(known.at - known.ours));
}

/** What was known is of another service's clock. */
export function forgetServerTime(): void {
  localStorage.removeItem(place);
}

/** A demonstration runs faster than the clock on the wall. */
export function setServerSpeed(speed: number): void {
  known = { at: serverNow(), ours: Date.now(), speed };
  isSpeedKnown = true;
}

/** Whether the service's clock is known to run as fast as that on the wall. */
export const isRealTime = (): boolean => isSpeedKnown && known.speed === 1;

/** The present by the service's clock, epoch milliseconds; never later than its own. */
export const serverNow = (): number => known.at + (Date.now() - known.ours) * known.speed;

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
let second = serverNow();

function onSecond(listener: () => void): () => void {
  if (eachSecond.size === 0) second = serverNow();
  eachSecond.add(listener);
  ticking ??= setInterval(() => {
    second = serverNow();
    for (const each of eachSecond) each();
  }, 1_000);
  return () => {
    eachSecond.delete(listener);
    if (eachSecond.size > 0) return;
    clearInterval(ticking);
    ticking = undefined;
  };
}

/** The present, renewed every second of this device: one clock for all that count down. */
export const useSecond = (): number => useSyncExternalStore(onSecond, () => second);
