import { Button, Modal } from 'antd';
import { useTexts } from '../i18n/use-texts.js';
import { signOut } from '../session/sign-out.js';
import { useSession } from '../session/use-session.js';
import { SignInForm } from './sign-in-form.js';

/** Where a session ends in the middle of something: over the page, which keeps what was entered and goes on afterwards. */
export function SignInAgain() {
  const { t } = useTexts();
  const { accountId } = useSession();
  return (
    <Modal open title={t('sign_in.again')} footer={null} closable={false}>
      <p>{t('sign_in.nothing_lost')}</p>
      <SignInForm accountId={accountId} onDone={() => undefined} />
      <Button block type="link" onClick={() => void signOut()}>
        {t('sign_in.somebody_else')}
      </Button>
    </Modal>
  );
}
