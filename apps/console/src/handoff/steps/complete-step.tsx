import { Alert, Checkbox, InputNumber } from 'antd';
import { useState } from 'react';
import { later } from '../../frame/later.js';
import { useTexts } from '../../i18n/use-texts.js';
import { serverNow } from '../../live/use-now.js';
import { aboutOf } from '../../offline/step-kinds.js';
import { useStep } from '../../offline/use-steps.js';
import type { TakenPhoto } from '../../photos/photo.js';
import { useSession } from '../../session/use-session.js';
import { signaturesOf } from '../signatures.js';
import { SealField } from './seal-field.js';
import { Choices, Field, Step, type StepProps } from './step-props.js';

const OverrideSeal = later(async () => (await import('../../overrides/override-seal.js')).OverrideSeal);
const PhotosField = later(async () => (await import('../../photos/photos-field.js')).PhotosField);

/** What usually goes from one driver to the next. */
const usualItems = ['keys', 'vehicle_licence', 'waybill', 'pass', 'etc_card', 'fuel_card'] as const;
const expectedItems: ReadonlySet<string> = new Set(['keys', 'vehicle_licence', 'waybill']);

/** Things, figures, seal and three signatures: at this instant responsibility moves. */
export function CompleteStep({ truck: { visit, handoff, truck }, onDone }: StepProps) {
  const { t, codeText, personText } = useTexts();
  const { accountId = '' } = useSession();
  const [items, setItems] = useState<ReadonlySet<string>>(expectedItems);
  const [odometerKm, setOdometer] = useState<number | null>(null);
  const [fuelPercent, setFuel] = useState<number | null>(null);
  const [sealNumber, setSeal] = useState('');
  const [isIntact, setIntact] = useState<'yes' | 'no'>('yes');
  const [sealReason, setSealReason] = useState<string>();
  const [photos, setPhotos] = useState<readonly TakenPhoto[]>([]);
  const [isFull, setFull] = useState(false);
  const [hasSigned, setSigned] = useState<ReadonlySet<string>>(new Set());
  const missing = handoff?.missingSignatures ?? [];
  const toSign = missing.filter((role) => role !== 'witness');
  const recorded = truck?.sealNumber;
  const seal = sealNumber.trim();
  const isOther = seal !== '' && (isIntact === 'no' || (recorded !== undefined && seal !== recorded));
  const run = useStep(aboutOf(visit), onDone);
  const toggle = (set: ReadonlySet<string>, name: string, is: boolean) =>
    new Set(is ? [...set, name] : [...set].filter((each) => each !== name));
  /** Before the handoff that names them: they are on this device once it is logged. */
  const keep = async (): Promise<boolean> => {
    if (photos.length === 0) return true;
    try {
      await (await import('../../photos/photos-field.js')).keepPhotos(visit, photos, accountId);
      setFull(false);
      return true;
    } catch {
      // No room is left, or the browser keeps nothing: said where the photos are.
      setFull(true);
      return false;
    }
  };
  const send = async (): Promise<void> => {
    if (!(await keep())) return;
    const signedAt = new Date(serverNow() - 1_000).toISOString();
    const body = {
      signatures: signaturesOf({
        missing,
        custodian: truck?.custodian,
        onComing: handoff?.driverId ?? '',
        operator: accountId,
        signedAt,
      }),
      items: usualItems
        .filter((code) => expectedItems.has(code) || items.has(code))
        .map((code) => ({ code, given: items.has(code) })),
      photos: photos.map(({ stage, sha256 }) => ({ stage, sha256 })),
      reservations: [],
      ...(odometerKm !== null && { odometerKm }),
      ...(fuelPercent !== null && { fuelPercent }),
      ...(seal !== '' && { seal: { number: seal, intact: isIntact === 'yes' } }),
      ...(isOther && sealReason !== undefined && { overrides: [{ rule: 'seal' as const, reason: sealReason }] }),
    };
    run.mutate([{ kind: 'completion', id: handoff?.handoffId ?? '', body }]);
  };
  return (
    <Step
      error={run.error}
      isBusy={run.isPending}
      isReady={
        odometerKm !== null && (recorded === undefined || seal !== '') && toSign.every((role) => hasSigned.has(role))
      }
      label={t('complete.submit')}
      onSubmit={() => void send()}
    >
      <fieldset className="field">
        <legend className="field-label">{t('complete.items')}</legend>
        <div className="fields">
          {usualItems.map((code) => (
            <Checkbox
              key={code}
              checked={items.has(code)}
              onChange={({ target }) => setItems(toggle(items, code, target.checked))}
            >
              {codeText('item', code)}
            </Checkbox>
          ))}
        </div>
      </fieldset>
      <div className="fields">
        <Field label={t('complete.odometer')} htmlFor="odometer">
          <InputNumber
            id="odometer"
            size="large"
            min={0}
            max={9_999_999}
            controls={false}
            value={odometerKm}
            onChange={setOdometer}
            style={{ width: '100%' }}
          />
        </Field>
        <Field label={t('complete.fuel')} htmlFor="fuel">
          <InputNumber
            id="fuel"
            size="large"
            min={0}
            max={100}
            controls={false}
            value={fuelPercent}
            onChange={setFuel}
            style={{ width: '100%' }}
          />
        </Field>
        <SealField id="complete-seal" recorded={recorded} value={sealNumber} onChange={setSeal} />
      </div>
      {seal !== '' && (
        <Choices
          label={t('complete.intact')}
          value={isIntact}
          onChange={setIntact}
          options={[
            { value: 'yes', label: t('complete.intact_yes') },
            { value: 'no', label: t('complete.intact_no') },
          ]}
        />
      )}
      {isOther && (
        <OverrideSeal
          stationCode={visit.stationCode}
          handoffId={handoff?.handoffId ?? ''}
          seal={{ number: seal, intact: isIntact === 'yes' }}
          onApproved={setSealReason}
        />
      )}
      <PhotosField photos={photos} onChange={setPhotos} />
      {isFull && <Alert role="alert" type="error" showIcon title={t('photos.not_kept')} />}
      <fieldset className="field">
        <legend className="field-label">{t('complete.signatures')}</legend>
        {handoff?.signatures.map(({ role, personId }) => (
          <p key={role}>
            ✓ {t('complete.has_signed', { role: codeText('role_of_signature', role), person: personId })}
          </p>
        ))}
        {toSign.map((role) => (
          <Checkbox
            key={role}
            checked={hasSigned.has(role)}
            onChange={({ target }) => setSigned(toggle(hasSigned, role, target.checked))}
          >
            {role === 'offgoing' && truck?.custodian?.kind !== 'driver'
              ? t('complete.for_absent')
              : t('complete.on_paper', {
                  role: codeText('role_of_signature', role),
                  person: personText(role === 'offgoing' ? (truck?.custodian?.id ?? '') : (handoff?.driverId ?? '')),
                })}
          </Checkbox>
        ))}
        <p>{t('complete.witness', { person: accountId })}</p>
      </fieldset>
    </Step>
  );
}
