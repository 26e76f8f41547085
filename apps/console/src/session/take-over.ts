import { openYizhan } from '../api/yizhan.js';
import { forgetAnswers } from '../offline/keep-answers.js';
import { currentSession } from './current-session.js';
import type { NewSession } from './session.js';

/**
 * Somebody takes this device over from whoever worked here, who is signed out by it: nothing that he has read stays behind, and
 * what waits to be sent does.
 */
export async function takeOver(next: NewSession): Promise<void> {
  const { refreshToken } = currentSession;
  currentSession.begin(next);
  await forgetAnswers();
  if (refreshToken === undefined) return;
  // Here he is signed out in any case; where this does not arrive his token ends by itself.
  await openYizhan.sessions.signOut({ body: { refreshToken } }).catch(() => undefined);
}
