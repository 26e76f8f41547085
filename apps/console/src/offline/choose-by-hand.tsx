import { clockText } from '../board/phases.js';
import { Choices } from '../handoff/steps/step-props.js';
import { useTexts } from '../i18n/use-texts.js';
import type { ByHand } from './drivers-by-hand.js';

/** Whom a person can choose while nobody ranks them, and why the others cannot be. */
export function ChooseByHand({
  drivers,
  value,
  onChange,
}: {
  readonly drivers: readonly ByHand[];
  readonly value: string | undefined;
  readonly onChange: (driverId: string) => void;
}) {
  const { t, codeText } = useTexts();
  const offered = drivers.filter(({ block }) => block === undefined);
  const blocked = drivers.filter(({ block }) => block !== undefined);
  const labelOf = ({ driverId, licences, minutesLeft }: ByHand): string =>
    [
      driverId,
      licences.join(' '),
      minutesLeft !== undefined && t('board.hours_left', { clock: clockText(minutesLeft) }),
    ]
      .filter((part) => part !== false && part !== '')
      .join(' · ');
  return (
    <>
      <p>{offered.length > 0 ? t('offline.unranked') : t('offline.nobody_by_hand')}</p>
      {offered.length > 0 && (
        <Choices
          label={t('assign.driver')}
          value={value}
          onChange={onChange}
          options={offered.map((driver) => ({ value: driver.driverId, label: labelOf(driver) }))}
        />
      )}
      {blocked.length > 0 && (
        <details open={offered.length === 0 || undefined}>
          <summary>{t('assign.blocked', { count: blocked.length })}</summary>
          <ul className="reasons">
            {blocked.map(({ driverId, block = '' }) => (
              <li key={driverId}>
                {driverId} · {codeText('rule', block)}
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}
