import { Alert, Skeleton } from 'antd';
import { later } from '../../frame/later.js';
import { useTexts } from '../../i18n/use-texts.js';
import type { Truck } from '../../truck/use-truck.js';
import '../completion/completion.css';
import { ItemsFields, ReadingFields, SealFields } from '../completion/part-fields.js';
import { PartForm } from '../completion/part-form.js';
import { Rail } from '../completion/rail.js';
import { SignFields } from '../completion/sign-fields.js';
import { type Completion, useCompletion } from '../completion/use-completion.js';
import type { StepProps } from './step-props.js';

const PhotosField = later(async () => (await import('../../photos/photos-field.js')).PhotosField);

/** Things, figures, photos, seal and three signatures, one after the other: with the last one responsibility moves. */
export function CompleteStep(props: StepProps) {
  const { t } = useTexts();
  // Of a truck that only the board knows nobody can say here who has to sign.
  if (!props.truck.handoff) return <Alert type="warning" showIcon title={t('complete.not_known')} />;
  return <CompletionForm {...props} />;
}

function CompletionForm({ truck, onDone }: StepProps) {
  const { t, codeText } = useTexts();
  const completion = useCompletion(truck, onDone);
  if (!completion) return <Skeleton active />;
  const { part, run } = completion;
  return (
    <div className="completion">
      <Rail shown={part} open={completion.openParts} isDone={completion.isWhole} onOpen={completion.open} />
      <SignedElsewhere completion={completion} truck={truck} />
      {completion.isLost && <Alert type="warning" showIcon title={t('complete.draft_lost')} />}
      {completion.isShared && <Alert type="warning" showIcon title={t('complete.shared')} />}
      <PartForm
        key={part}
        part={part}
        title={codeText('completion_title', part)}
        takesFocus={completion.hasMoved}
        tries={completion.tries}
        error={run.error}
        isBusy={run.isPending}
        label={part === 'witness' ? t('complete.submit') : t('complete.next')}
        onBack={completion.goBack}
        onNext={completion.goOn}
      >
        <PartFields completion={completion} truck={truck} />
      </PartForm>
    </div>
  );
}

function PartFields({ completion, truck }: { readonly completion: Completion; readonly truck: Truck }) {
  const { part, draft, change, tries } = completion;
  const isTried = tries > 0;
  switch (part) {
    case 'items':
      return <ItemsFields draft={draft} change={change} />;
    case 'readings':
      return (
        <ReadingFields
          draft={draft}
          change={change}
          isTried={isTried}
          isElectric={truck.truck?.plateColour === 'green' || truck.truck?.plateColour === 'yellow_green'}
        />
      );
    case 'photos':
      return <PhotosPart photos={completion.photos} />;
    case 'seal':
      return (
        <SealFields
          draft={draft}
          change={change}
          isTried={isTried}
          recorded={completion.recordedSeal}
          handoffId={completion.handoffId}
          request={completion.request}
        />
      );
    case 'offgoing':
    case 'oncoming':
      return <DriverSigns role={part} completion={completion} truck={truck} />;
    case 'witness':
      return <WitnessSigns completion={completion} truck={truck} />;
  }
}

/** A driver who signs on his phone is seen at once, whatever part is open. */
function SignedElsewhere({
  completion: { part },
  truck: { handoff },
}: {
  readonly completion: Completion;
  readonly truck: Truck;
}) {
  const { t, codeText, personText } = useTexts();
  const others = (handoff?.signatures ?? []).filter(({ role }) => role !== part);
  return (
    <div role="status">
      {others.map(({ role, personId }) => (
        <p key={role}>
          ✓ {t('complete.has_signed', { role: codeText('role_of_signature', role), person: personText(personId) })}
        </p>
      ))}
    </div>
  );
}

function PhotosPart({ photos: { taken, named, change, isFull } }: Pick<Completion, 'photos'>) {
  const { t } = useTexts();
  return (
    <>
      <PhotosField photos={taken} onChange={change} />
      {named.length > 0 && <p>{t('complete.photos_before', { count: named.length })}</p>}
      {isFull && <Alert role="alert" type="error" showIcon title={t('photos.not_kept')} />}
    </>
  );
}

function DriverSigns({
  role,
  completion: { draft, photos, tries, signers, missing, isWhole, sign },
  truck: { handoff },
}: {
  readonly role: 'offgoing' | 'oncoming';
  readonly completion: Completion;
  readonly truck: Truck;
}) {
  const { t, codeText, personText } = useTexts();
  const { personId, method } = signers[role];
  const signedBy = handoff?.signatures.find((each) => each.role === role)?.personId ?? personId;
  const roleText = codeText('role_of_signature', role);
  return (
    <SignFields
      draft={draft}
      photoCount={photos.all.length}
      isTried={tries > 0}
      hasSigned={
        missing.includes(role) ? undefined : t('complete.has_signed', { role: roleText, person: personText(signedBy) })
      }
      isSigned={isWhole(role)}
      label={
        method === 'operator_for_absent'
          ? t('complete.for_absent')
          : t('complete.on_paper', { role: roleText, person: personText(personId) })
      }
      onSign={(isSigned) => sign(role, isSigned)}
    />
  );
}

function WitnessSigns({
  completion: { draft, photos, tries, signers, accountId, isWhole, sign },
  truck: { visit },
}: {
  readonly completion: Completion;
  readonly truck: Truck;
}) {
  const { t, personText } = useTexts();
  return (
    <SignFields
      draft={draft}
      photoCount={photos.all.length}
      isTried={tries > 0}
      isSigned={isWhole('witness')}
      label={t('complete.witness', { person: accountId })}
      onSign={(isSigned) => sign('witness', isSigned)}
    >
      <p>
        {t('complete.moves', { driver: personText(signers.oncoming.personId) })}{' '}
        {visit.held || visit.checked !== true ? t('complete.stays_held') : t('complete.is_released')}
      </p>
    </SignFields>
  );
}
