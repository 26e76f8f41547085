import { useEffect, useState } from 'react';

const place = 'yizhan.ahead';

/** As it was when the service could be reached last: a page that is opened without a network has no other. */
let ahead = Number(localStorage.getItem(place) ?? 0);

/** The service's clock is what counts: waiting times and signatures go by it. */
export function setServerTime(instant: string): void {
  ahead = Date.parse(instant) - Date.now();
  localStorage.setItem(place, String(ahead));
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
