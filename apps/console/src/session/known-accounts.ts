import { currentSession } from './current-session.js';

const most = 8;

/** Of this installation: at another one they are nobody's. */
const place = (): string => `yizhan.accounts ${currentSession.installationId ?? ''}`;

/** Who has signed in on this device, the last one first: their ids alone. */
export const knownAccounts = (): readonly string[] => JSON.parse(localStorage.getItem(place()) ?? '[]') as string[];

/** Whoever is signed in now is found here again. */
export function rememberAccount(): void {
  const { accountId } = currentSession;
  if (accountId === undefined) return;
  const others = knownAccounts().filter((each) => each !== accountId);
  localStorage.setItem(place(), JSON.stringify([accountId, ...others].slice(0, most)));
}
