import type { Party } from '@yizhan/contracts';
import { nameOfCode } from '../report-sheets/code-names.js';
import type { Language } from '../report-sheets/sheet.js';
import { localTime } from '../reports/period.js';
import type { SlipRecord } from './slip-record.js';
import { nameOfItem, nameOfMethod, slipWords } from './slip-words.js';

/** A line of the paper: what, and which. */
export type SlipLine = readonly [name: string, value: string];

/** Everything that a slip says in words, in the order in which it is read. */
export function slipLines(record: SlipRecord, language: Language): SlipLine[] {
  const { facts, bayCode, carrierId, trailerPlate, consignmentIds, utcOffsetMinutes } = record;
  const say = slipWords[language];
  const time = (instant: number) => localTime(instant, utcOffsetMinutes);
  const { seal, returnAt } = facts;
  return [
    [say.station, `${record.stationName} (${facts.stationCode})`],
    ...optional(say.trailer, trailerPlate),
    [say.flow, nameOfCode(facts.flow, language)],
    [say.from, facts.from ? nameOf(facts.from, language) : say.none],
    [say.to, facts.toDriverId],
    [facts.kind === 'swap' ? say.custodyAt : say.plannedAt, time(facts.at)],
    ...optional(say.returnAt, returnAt === undefined ? null : time(returnAt)),
    ...optional(say.bay, bayCode),
    ...optional(say.carrier, carrierId),
    ...optional(say.consignments, consignmentIds.length === 0 ? null : consignmentIds.join('  ')),
    ...optional(
      say.seal,
      seal ? `${seal.number}${facts.kind === 'swap' ? ` ${seal.intact ? say.intact : say.broken}` : ''}` : null,
    ),
    ...evidenceLines(record, language),
  ];
}

/** What tells copies apart: the first print has none. @param copyNo absent for what is not printed here */
export function markOf(copyNo: number | undefined, language: Language): string | undefined {
  const say = slipWords[language];
  if (copyNo === undefined) return `【${say.electronic}】`;
  return copyNo === 1 ? undefined : `【${say.reprint} ${copyNo - 1}】`;
}

function evidenceLines({ evidence, utcOffsetMinutes }: SlipRecord, language: Language): SlipLine[] {
  if (!evidence) return [];
  const say = slipWords[language];
  const { items, odometerKm, fuelPercent, reservations, signatures } = evidence;
  const listed = items.map(({ code, given }) => `${given ? '√' : '×'}${nameOfItem(code, language)}`).join('  ');
  return [
    ...optional(say.items, listed === '' ? null : listed),
    ...optional(say.odometer, odometerKm === undefined ? null : String(odometerKm)),
    ...optional(say.fuel, fuelPercent === undefined ? null : String(fuelPercent)),
    [say.reservations, reservations.length === 0 ? say.none : reservations.map(({ code }) => code).join('  ')],
    ...signatures.map(({ role, personId, signedAt, method }): SlipLine => [
      `${say.signatures} (${say[role]})`,
      `${personId}  ${localTime(Date.parse(signedAt), utcOffsetMinutes).slice(11)}  ${nameOfMethod(method, language)}`,
    ]),
  ];
}

const optional = (name: string, value: string | null): SlipLine[] => (value === null ? [] : [[name, value]]);

const nameOf = ({ kind, id }: Party, language: Language): string => {
  const kinds = { zh: { station: '中转站', enterprise: '企业' }, en: { station: 'station', enterprise: 'enterprise' } };
  return kind === 'driver' ? id : `${kinds[language][kind]} ${id}`;
};
