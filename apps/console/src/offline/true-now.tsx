import { phaseOf } from '../board/phases.js';
import { useTexts } from '../i18n/use-texts.js';
import { isNamed } from '../names/name-text.js';
import { Name } from '../names/name.js';
import { useName } from '../names/use-names.js';
import type { LoggedStep } from './logged-step.js';

/** What is so instead of what this device had thought. */
export function TrueNow({ now: { visit, truck } = {} }: Pick<LoggedStep, 'now'>) {
  const { t, codeText } = useTexts();
  const custodian = truck?.custodian;
  const who = useName(isNamed(custodian?.kind) ? custodian.kind : 'station', custodian?.id);
  return (
    <div className="true-now">
      <strong>{t('offline.now')}</strong>
      {visit === undefined && custodian === undefined && <p>{t('offline.nothing_known')}</p>}
      {visit && (
        <p>
          {codeText('phase', phaseOf(visit))}
          {visit.driverId !== undefined && (
            <>
              {' '}
              · <Name kind="driver" id={visit.driverId} />
            </>
          )}
          {visit.held && <> · {t('board.held')}</>}
        </p>
      )}
      {custodian && <p>{t('offline.custodian', { who: `${codeText('party', custodian.kind)} ${who}` })}</p>}
    </div>
  );
}
