import { connect, ProblemError } from '@yizhan/client';
import { type Session, SessionKeeper } from './session.js';

const place = 'yizhan.session';

function read(): Session | undefined {
  const text = localStorage.getItem(place);
  return text === null ? undefined : (JSON.parse(text) as Session);
}

function write(session: Session | undefined): void {
  if (session) localStorage.setItem(place, JSON.stringify(session));
  else localStorage.removeItem(place);
}

const placeOf = (installationId: string): string => `${place} ${installationId}`;

const aside = {
  put(session: Session): void {
    if (session.installationId !== undefined)
      localStorage.setItem(placeOf(session.installationId), JSON.stringify(session));
  },
  take(installationId: string): Session | undefined {
    const text = localStorage.getItem(placeOf(installationId));
    if (text === null) return undefined;
    localStorage.removeItem(placeOf(installationId));
    return JSON.parse(text) as Session;
  },
};

/** Over plain HTTP there are no locks: then each tab is alone. */
const alone = <T>(work: () => Promise<T>): Promise<T> =>
  'locks' in navigator ? navigator.locks.request('yizhan.session', work) : work();

const nobody = connect(location.origin);

/** The session of whoever works in this browser. */
export const currentSession = new SessionKeeper({
  read,
  write,
  aside,
  refresh: (refreshToken, signal) => nobody.sessions.refresh({ body: { refreshToken }, signal }),
  isOver: (error) => error instanceof ProblemError && [401, 403].includes(error.problem.status),
  alone,
  now: () => Date.now(),
});

addEventListener('storage', ({ key }) => {
  if (key === place) currentSession.look();
});
