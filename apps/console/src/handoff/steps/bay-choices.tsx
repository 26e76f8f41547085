import type { OfferedBay } from '../../board/bays.js';
import { useTexts } from '../../i18n/use-texts.js';
import { plateText } from '../../ticket/plate.js';
import { Choices } from './step-props.js';

/** Bays of which one is chosen; those that another truck has are shown with it. */
export function BayChoices({
  label,
  bays,
  isOld,
  value,
  onChange,
}: {
  readonly label: string;
  readonly bays: readonly OfferedBay[];
  /** The station cannot be asked: who is here sees himself which bay is free. */
  readonly isOld: boolean;
  readonly value: string | undefined;
  readonly onChange: (bay: string) => void;
}) {
  const { t } = useTexts();
  return (
    <Choices
      label={label}
      value={value}
      onChange={onChange}
      options={bays.map(({ bay, takenBy, how }) => ({
        value: bay,
        isDisabled: takenBy !== undefined && !isOld,
        label: (
          <>
            {t('board.bay', { bay })}
            {takenBy && (
              <>
                <br />
                <small>
                  {how === 'in_bay' ? t('board.in_bay') : t('board.called')}{' '}
                  <span className="nowrap">{plateText(takenBy.plate)}</span>
                </small>
              </>
            )}
          </>
        ),
      }))}
    />
  );
}
