import { Alert, Button, Form, Input, Segmented } from 'antd';
import { useState } from 'react';
import { openYizhan } from '../api/yizhan.js';
import { useTexts } from '../i18n/use-texts.js';
import { currentSession } from '../session/current-session.js';
import { rememberAccount } from '../session/known-accounts.js';
import type { NewSession } from '../session/session.js';

interface Entered {
  readonly accountId: string;
  readonly secret: string;
}

/** Account and password, or PIN. The account is fixed where somebody signs in again. */
export function SignInForm({
  accountId,
  firstKind = 'password',
  begin = (session) => currentSession.begin(session),
  onDone,
}: {
  readonly accountId?: string | undefined;
  readonly firstKind?: 'password' | 'pin';
  /** What is done with the session. */
  readonly begin?: (session: NewSession) => Promise<void> | void;
  readonly onDone: () => void;
}) {
  const { t, problem } = useTexts();
  const [kind, setKind] = useState(firstKind);
  const [failure, setFailure] = useState<unknown>();
  const [isBusy, setBusy] = useState(false);

  const signIn = async ({ accountId: account, secret }: Entered): Promise<void> => {
    setBusy(true);
    try {
      await begin(await openYizhan.sessions.start({ body: { accountId: account.trim(), [kind]: secret } }));
      rememberAccount();
      onDone();
    } catch (error) {
      setFailure(error);
    } finally {
      setBusy(false);
    }
  };

  return (
    <Form<Entered>
      layout="vertical"
      size="large"
      requiredMark={false}
      initialValues={{ accountId }}
      onFinish={(entered) => void signIn(entered)}
    >
      {failure !== undefined && (
        <Form.Item>
          <Alert role="alert" type="error" showIcon title={problem(failure)} />
        </Form.Item>
      )}
      <Form.Item
        name="accountId"
        label={t('sign_in.account')}
        validateTrigger="onSubmit"
        rules={[
          { required: true, message: t('sign_in.needed') },
          { pattern: /^\s*[a-z_]+:\S+\s*$/, message: t('sign_in.account_rule') },
        ]}
      >
        <Input
          autoComplete="username"
          autoCapitalize="none"
          placeholder="operator:lin"
          disabled={accountId !== undefined}
        />
      </Form.Item>
      <Form.Item>
        <Segmented
          block
          aria-label={t('sign_in.with')}
          value={kind}
          onChange={setKind}
          options={[
            { value: 'password', label: t('sign_in.password') },
            { value: 'pin', label: t('sign_in.pin') },
          ]}
        />
      </Form.Item>
      <Form.Item
        name="secret"
        label={kind === 'pin' ? t('sign_in.pin') : t('sign_in.password')}
        rules={[{ required: true, message: t('sign_in.needed') }]}
      >
        <Input.Password
          autoComplete={kind === 'pin' ? 'one-time-code' : 'current-password'}
          inputMode={kind === 'pin' ? 'numeric' : 'text'}
        />
      </Form.Item>
      <Button block type="primary" htmlType="submit" loading={isBusy}>
        {t('sign_in.submit')}
      </Button>
    </Form>
  );
}
