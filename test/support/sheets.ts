import type { FileAnswer } from './upload.js';
import { area, jindong, zone } from './network.js';

/** What is said of a sheet that was sent; of a problem its code too. */
export interface SheetAnswer {
  readonly code?: string;
  readonly rows: number;
  readonly badRows: number;
  readonly faultCount: number;
  readonly faults: readonly {
    readonly row: number;
    readonly column: string;
    readonly reason: string;
    readonly message: string;
  }[];
}

export const sheetAnswer = ({ bytes }: FileAnswer): SheetAnswer => JSON.parse(bytes.toString()) as SheetAnswer;

export const csv = (...lines: readonly string[]): string => `${lines.join('\r\n')}\r\n`;

/** Header of a sheet of drivers without what is personal. */
export const driverHead =
  'driverId,areaCode,insideZoneId,licences,homeStationCode,carrierId,qualifiedFrom,qualifiedUntil,qualificationIssuer';

/** A relay driver of the area, with everything in order. */
export const driverLine = (id: string): string =>
  `${id},${area},${zone},A2 B2,${jindong},,2024-01-01,2030-01-01,330700`;
