/** How a driver's time to accept runs out. */
export type AcceptUrgency = 'calm' | 'soon' | 'over';

/** From here on somebody should call him, seconds. */
export const soonWithin = 60;

/** What is left of the time to accept: whole seconds, rounded up, so that none is left exactly when it is over. */
export function timeToAccept(
  acceptBy: string,
  now: number,
): { readonly clock: string; readonly urgency: AcceptUrgency; readonly seconds: number } {
  const seconds = Math.max(0, Math.ceil((Date.parse(acceptBy) - now) / 1_000));
  const clock = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
  return { clock, seconds, urgency: seconds === 0 ? 'over' : seconds <= soonWithin ? 'soon' : 'calm' };
}
