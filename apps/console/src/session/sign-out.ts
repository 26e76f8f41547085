import { openYizhan } from '../api/yizhan.js';
import { forgetAnswers } from '../offline/keep-answers.js';
import { currentSession } from './current-session.js';

/** Whoever works here leaves: nothing that he has read stays behind, in no tab and not on the device; what waits to be sent does. */
export async function signOut(): Promise<void> {
  const { refreshToken } = currentSession;
  currentSession.forget();
  await forgetAnswers();
  if (refreshToken === undefined) return;
  // On this device the session is over in any case; without a network its token ends by itself.
  await openYizhan.sessions.signOut({ body: { refreshToken } }).catch(() => undefined);
}
