import type { SheetLine } from '../report-sheets/sheet.js';
import type { HandoverPicture } from './handover-picture.js';

/** The picture as lines of a table. */
export function handoverLines(picture: HandoverPicture): SheetLine[] {
  const { openTrucks, openRuns, openExceptions, driversNearLimits, changes, care = {} } = picture;
  const at = (instant: string | undefined) => (instant === undefined ? null : Date.parse(instant));
  return [
    ...openTrucks.map(({ plate, state, arrivedAt, flow, driverId }) => {
      const detail = driverId === undefined ? flow : `${flow} ${driverId}`;
      return { section: 'open_trucks', subject: plate, state, since: at(arrivedAt), detail };
    }),
    ...openTrucks
      .filter(({ held }) => held)
      .map(({ plate, arrivedAt, holdReasons }) => {
        return { section: 'holds', subject: plate, state: 'held', since: at(arrivedAt), detail: holdReasons.join(' ') };
      }),
    ...openRuns.map(({ plate, openedAt, overdue, driverId }) => {
      const state = overdue ? 'overdue' : 'out';
      return { section: 'open_runs', subject: plate, state, since: at(openedAt), detail: driverId };
    }),
    ...openExceptions.map(({ code, openedAt, plate = null, exceptionId }) => {
      return { section: 'open_exceptions', subject: plate, state: code, since: at(openedAt), detail: exceptionId };
    }),
    ...driversNearLimits.map(({ driverId, reason, shiftEndsAt, holdsPlate = null }) => {
      return {
        section: 'drivers_near_limits',
        subject: driverId,
        state: reason,
        since: at(shiftEndsAt),
        detail: holdsPlate,
      };
    }),
    ...Object.entries({ ...changes, ...care }).map(([name, count]) => {
      return { section: 'changes', subject: null, state: codeOf(name), since: null, detail: String(count) };
    }),
  ];
}

/** `runsOpened` → `runs_opened`. */
const codeOf = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
