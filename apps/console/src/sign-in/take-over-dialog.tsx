import { Modal } from 'antd';
import { useState } from 'react';
import { Choices } from '../handoff/steps/step-props.js';
import { useTexts } from '../i18n/use-texts.js';
import { knownAccounts } from '../session/known-accounts.js';
import { takeOver } from '../session/take-over.js';
import { SignInForm } from './sign-in-form.js';

/** The next operator takes the tablet over with his PIN: chosen of those who have worked here, or by his account. */
export function TakeOverDialog({
  accountId,
  onClose,
  onDone,
}: {
  readonly accountId: string | undefined;
  readonly onClose: () => void;
  /** Called before the page is shown to who takes over: it begins at his own work. */
  readonly onDone: () => void;
}) {
  const { t } = useTexts();
  const [chosen, setChosen] = useState<string>();
  const others = knownAccounts().filter((each) => each !== accountId);
  return (
    <Modal open title={t('session.take_over')} footer={null} onCancel={onClose}>
      <p>{t('session.take_over_explain')}</p>
      {others.length > 0 && (
        <Choices
          label={t('session.who')}
          value={chosen}
          onChange={(next) => setChosen(next === chosen ? undefined : next)}
          options={others.map((value) => ({ value, label: value }))}
        />
      )}
      <SignInForm
        key={chosen}
        accountId={chosen}
        firstKind="pin"
        begin={(session) => {
          onDone();
          return takeOver(session);
        }}
        onDone={() => undefined}
      />
    </Modal>
  );
}
