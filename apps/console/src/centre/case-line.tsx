import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { clockText, minutesSince } from '../board/phases.js';
import { type Texts, useTexts } from '../i18n/use-texts.js';
import { useNow } from '../live/use-now.js';
import { TruckLink } from '../names/name.js';
import { useName } from '../names/use-names.js';
import type { CentreCase } from './use-cases.js';

const CaseInFullView = lazy(async () => ({ default: (await import('./case-in-full.js')).CaseInFullView }));

export interface CaseShown {
  readonly areaCode: string;
  readonly shown: CentreCase;
  /** Name of its station; empty for what is of the whole area. */
  readonly place: string;
}

/** One case: what it is about, whose it is, and until when; opened, everything that was done and may be done. */
export function CaseLine({ areaCode, shown, place }: CaseShown) {
  const { t, codeText, timeOf } = useTexts();
  const now = useNow();
  const [isOpen, setOpen] = useState(false);
  const [about, owner] = [useName('area', shown.areaCode), useName('area', shown.ownerAreaCode)];
  const { caseId, ownerAreaCode, ownerId, state, isOverdue, dueAt, causeStands, outcome, closedAt, subjects, level } =
    shown;
  const visits = subjects.flatMap((subject) => (subject.startsWith('visit/') ? [subject.slice('visit/'.length)] : []));
  return (
    <>
      <p className="centre-alert-what">
        <strong>{causeText(shown, codeText)}</strong>
        {shown.label !== '' && <span> · {t('centre.licence', { licence: shown.label })}</span>}
        {place !== '' && <span> · {place}</span>}
        {shown.areaCode !== areaCode && <span> · {t('cases.of_area', { area: about })}</span>}
      </p>
      <p className="centre-alert-who">
        <span>
          {ownerAreaCode === areaCode ? t('cases.ours') : t('cases.theirs', { area: owner })}
          {ownerId !== undefined && ` · ${ownerId}`}
        </span>
        <span>{codeText('case_state', state)}</span>
        {closedAt === undefined ? (
          <span className={isOverdue ? 'badge badge-held' : 'badge'}>
            {isOverdue
              ? `! ${t('cases.overdue', { clock: clockText(minutesSince(dueAt, now)) })}`
              : t('cases.due', { time: timeOf(dueAt), clock: clockText(minutesUntil(dueAt, now)) })}
          </span>
        ) : (
          <span>
            {t('cases.closed_at', { time: timeOf(closedAt), outcome: codeText('case_outcome', outcome ?? 'other') })}
          </span>
        )}
        {closedAt === undefined && level !== undefined && (
          <span className={level === 'critical' ? 'badge badge-held' : 'badge'}>
            {level === 'critical' ? '▲' : '△'} {codeText('alert_level', level)}
          </span>
        )}
        {closedAt === undefined && !causeStands && <span className="badge">{t('cases.cause_gone')}</span>}
        {visits.map((visitId, index) => (
          <TruckLink key={visitId} visitId={visitId} otherwise={t('centre.truck', { number: index + 1 })} />
        ))}
      </p>
      {isOpen && (
        <Suspense>
          <CaseInFullView areaCode={areaCode} caseId={caseId} />
        </Suspense>
      )}
      <Button aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        {isOpen ? t('cases.fold') : t('cases.unfold')}
      </Button>
    </>
  );
}

/** The alert or exception in words. */
export const causeText = ({ cause, code }: Pick<CentreCase, 'cause' | 'code'>, codeText: Texts['codeText']): string =>
  codeText(cause === 'alert' ? 'alert_rule' : 'exception_code', code);

/** Whole minutes that are left; never fewer than none. */
const minutesUntil = (instant: string, now: number): number =>
  Math.max(0, Math.ceil((Date.parse(instant) - now) / 60_000));
