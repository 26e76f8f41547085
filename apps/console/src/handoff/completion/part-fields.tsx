import { Checkbox, Input } from 'antd';
import { later } from '../../frame/later.js';
import { useTexts } from '../../i18n/use-texts.js';
import type { OverrideRequest } from '../../overrides/overrides.js';
import { Choices, Field } from '../steps/step-props.js';
import { Fault } from './part-form.js';
import { type CompletionDraft, isOtherSeal, sealOf, usualItems } from './parts.js';
import { mostKm, mostPercent, type ReadingFault, readingIn } from './reading.js';

const OverrideSeal = later(async () => (await import('../../overrides/override-seal.js')).OverrideSeal);

interface PartProps {
  readonly draft: CompletionDraft;
  readonly change: (part: Partial<CompletionDraft>) => void;
}

/** Keys, papers and cards. */
export function ItemsFields({ draft: { items }, change }: PartProps) {
  const { t, codeText } = useTexts();
  return (
    <>
      <p>{t('complete.items_explain')}</p>
      <div className="ticks" role="group" aria-label={t('complete.items')}>
        {usualItems.map((code) => (
          <Checkbox
            key={code}
            className="tick"
            checked={items.includes(code)}
            onChange={({ target }) =>
              change({ items: target.checked ? [...items, code] : items.filter((each) => each !== code) })
            }
          >
            {codeText('item', code)}
          </Checkbox>
        ))}
      </div>
    </>
  );
}

/** Odometer, and how full the tank or the battery is. */
export function ReadingFields({
  draft: { odometer, fuel },
  change,
  isTried,
  isElectric,
}: PartProps & { readonly isTried: boolean; readonly isElectric: boolean }) {
  const { t } = useTexts();
  const ofOdometer = readingIn(odometer, mostKm);
  const isMissing = isTried && ofOdometer.value === undefined && ofOdometer.fault === undefined;
  return (
    <div className="fields">
      <ReadingField
        id="odometer"
        isFirst
        label={t('complete.odometer')}
        typed={odometer}
        most={mostKm}
        fault={isMissing ? 'missing' : ofOdometer.fault}
        onChange={(typed) => change({ odometer: typed })}
      />
      <ReadingField
        id="fuel"
        label={isElectric ? t('complete.charge') : t('complete.fuel')}
        typed={fuel}
        most={mostPercent}
        fault={readingIn(fuel, mostPercent).fault}
        onChange={(typed) => change({ fuel: typed })}
      />
    </div>
  );
}

function ReadingField({
  id,
  label,
  typed,
  most,
  fault,
  isFirst = false,
  onChange,
}: {
  readonly id: string;
  readonly label: string;
  readonly typed: string;
  readonly most: number;
  readonly fault: ReadingFault | undefined;
  readonly isFirst?: boolean;
  readonly onChange: (typed: string) => void;
}) {
  const { t } = useTexts();
  const texts: Readonly<Record<ReadingFault, string>> = {
    missing: t('complete.odometer_missing'),
    not_a_number: t('complete.not_a_number'),
    out_of_range: t('complete.out_of_range', { most }),
  };
  return (
    <div>
      <Field label={label} htmlFor={id}>
        <Input
          id={id}
          size="large"
          className="big-field"
          inputMode="decimal"
          autoComplete="off"
          value={typed}
          status={fault ? 'error' : ''}
          aria-invalid={fault !== undefined}
          aria-describedby={`${id}-fault`}
          {...(isFirst && { 'data-first-field': true })}
          onChange={({ target }) => onChange(target.value)}
        />
      </Field>
      <Fault id={`${id}-fault`} text={fault && texts[fault]} />
    </div>
  );
}

/** The seal as it is on the truck, beside the one that was recorded; another one needs a second person. */
export function SealFields({
  draft,
  change,
  isTried,
  recorded,
  handoffId,
  request,
}: PartProps & {
  readonly isTried: boolean;
  readonly recorded: string | undefined;
  readonly handoffId: string;
  readonly request: OverrideRequest | undefined;
}) {
  const { t } = useTexts();
  const { sealNumber, isIntact } = draft;
  const seal = sealOf(draft);
  // A number that is being typed is no other one yet.
  const isBegun = seal?.intact === true && recorded?.startsWith(seal.number) === true && !isTried;
  const isOther = isOtherSeal(draft, recorded) && !isBegun;
  const isMissing = isTried && recorded !== undefined && seal === undefined;
  return (
    <>
      <div>
        <Field
          label={recorded === undefined ? t('check.seal') : t('check.seal_recorded', { seal: recorded })}
          htmlFor="complete-seal"
        >
          <Input
            id="complete-seal"
            size="large"
            className="big-field"
            autoComplete="off"
            autoCapitalize="characters"
            spellCheck={false}
            data-first-field
            value={sealNumber}
            status={isMissing ? 'error' : isOther ? 'warning' : ''}
            aria-invalid={isMissing || isOther}
            aria-describedby="complete-seal-fault"
            onChange={({ target }) => change({ sealNumber: target.value })}
          />
        </Field>
        <Fault id="complete-seal-fault" text={isMissing ? t('complete.seal_missing') : undefined} />
      </div>
      <Choices
        label={t('complete.intact')}
        value={isIntact ? 'yes' : 'no'}
        onChange={(value) => change({ isIntact: value === 'yes' })}
        options={[
          { value: 'yes', label: t('complete.intact_yes') },
          { value: 'no', label: t('complete.intact_no') },
        ]}
      />
      <div className="warning-place" aria-live="polite">
        {isOther && seal && <OverrideSeal {...{ handoffId, seal, request }} />}
      </div>
    </>
  );
}
