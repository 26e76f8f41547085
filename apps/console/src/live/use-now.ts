import { useEffect, useState } from 'react';

let ahead = 0;

/** The service's clock is what counts: waiting times and signatures go by it. */
export function setServerTime(instant: string): void {
  ahead = Date.parse(instant) - Date.now();
}

/** The present by the service's clock, epoch milliseconds; never later than its own. */
export const serverNow = (): number => Date.now() + ahead;

/** The present, renewed every ten seconds. */
export function useNow(): number {
  const [now, setNow] = useState(serverNow);
  useEffect(() => {
    const timer = setInterval(() => setNow(serverNow()), 10_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}
