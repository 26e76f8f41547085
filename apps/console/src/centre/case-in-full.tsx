import { Alert, Skeleton } from 'antd';
import { lazy, Suspense } from 'react';
import { useTexts } from '../i18n/use-texts.js';
import { type CaseInFull, useCase } from './use-cases.js';

const CaseDeeds = lazy(async () => ({ default: (await import('./case-deeds.js')).CaseDeeds }));

/** Everything that was done about a case, and what may be done next. */
export function CaseInFullView({ areaCode, caseId }: { readonly areaCode: string; readonly caseId: string }) {
  const { problem } = useTexts();
  const { data, error } = useCase(areaCode, caseId);
  const fault = error && <Alert role="alert" type="error" showIcon title={problem(error)} />;
  if (!data) return fault ?? <Skeleton active />;
  return (
    <div className="case-in-full">
      {/* What is being written below outlives a look that fails. */}
      {fault}
      <ol className="case-log">
        {data.log.map((entry) => (
          <li key={entry.entryNo}>
            <CaseEntry entry={entry} />
          </li>
        ))}
      </ol>
      {data.allowedSteps.length > 0 && (
        <Suspense>
          <CaseDeeds areaCode={areaCode} found={data} />
        </Suspense>
      )}
    </div>
  );
}

function CaseEntry({ entry }: { readonly entry: CaseInFull['log'][number] }) {
  const { t, codeText, dateTimeOf, timeOf } = useTexts();
  const { at, done, byId, ownerAreaCode, ownerId, dueAt, outcome, note, isNoteGone } = entry;
  const to = [ownerAreaCode, ownerId].filter((part) => part !== undefined).join(' · ');
  return (
    <>
      <p className="centre-alert-who">
        <time dateTime={at}>{dateTimeOf(at)}</time>
        <strong>{codeText('case_done', done)}</strong>
        {byId !== undefined && <span>{byId}</span>}
        {(done === 'open' || done === 'hand_over') && <span>→ {to}</span>}
        {done === 'move_due' && <span>{t('cases.due_at', { time: timeOf(dueAt) })}</span>}
        {outcome !== undefined && <span>{codeText('case_outcome', outcome)}</span>}
      </p>
      {note !== undefined && <p className="case-note">{note}</p>}
      {isNoteGone && <p className="centre-quiet">{t('cases.note_gone')}</p>}
    </>
  );
}
