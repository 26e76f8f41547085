import { connect, ProblemError } from '@yizhan/client';

/** The token of the link, which stands behind `#` and is never sent as part of an address. */
export const linkToken = (hash: string): string => new URLSearchParams(hash.slice(1)).get('token') ?? '';

/** The API as the driver of a link. */
export const asDriver = (token: string) => connect(location.origin, token);

/** What a link's driver is asked for: the handoff of the link, or the one that he is assigned to. */
export async function readTask(token: string) {
  const api = asDriver(token);
  const caller = await api.caller.read();
  const driverId = caller.driverId ?? '';
  const driver = await api.drivers.read({ path: { driverId } });
  const handoffId = caller.handoffId ?? driver.liveHandoffId;
  const handoff = handoffId === undefined ? undefined : await readHandoff(api, handoffId);
  const station = handoff && (await api.stations.read({ path: { stationCode: handoff.stationCode } }));
  return { driver, handoff, station, expiresAt: caller.expiresAt };
}

/** `undefined` once it is somebody else's. */
async function readHandoff(api: ReturnType<typeof asDriver>, handoffId: string) {
  try {
    return await api.handoffs.read({ path: { handoffId } });
  } catch (error) {
    if (error instanceof ProblemError && error.problem.status === 404) return undefined;
    throw error;
  }
}

export type DriverTask = Awaited<ReturnType<typeof readTask>>;
