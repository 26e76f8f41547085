import type { HelpfulChangeResponse } from '@yizhan/client';
import { useTexts } from '../i18n/use-texts.js';

/** What would give a truck a driver, the cheapest first. */
export function HelpfulChanges({ changes }: { readonly changes: readonly HelpfulChangeResponse[] }) {
  const { t, codeText, changeText, timeOf } = useTexts();
  if (changes.length === 0) return null;
  return (
    <>
      <h3>{t('why_not.helps')}</h3>
      <ol className="reasons">
        {changes.map(({ kind, driverId = '', until, rule = '', licence = '', areaCode = '' }) => (
          <li key={`${kind} ${driverId} ${rule}`}>
            {changeText(kind, {
              driver: driverId,
              time: until === undefined ? '' : timeOf(until),
              rule: rule === '' ? '' : codeText('rule', rule),
              licence,
              area: areaCode,
            })}
          </li>
        ))}
      </ol>
    </>
  );
}
