import { Alert, Button, Divider } from 'antd';
import { useState } from 'react';
import { openYizhan } from '../api/yizhan.js';
import { useTexts } from '../i18n/use-texts.js';
import { currentSession } from '../session/current-session.js';
import { useDemonstration } from './use-demonstration.js';

/** The accounts of a demonstration, each a button; nothing in a real station. */
export function OneTap() {
  const { t, codeText, problem } = useTexts();
  const playing = useDemonstration();
  const [asked, setAsked] = useState<string>();
  const [failure, setFailure] = useState<unknown>();
  if (!playing) return null;

  const signIn = async (accountId: string, password: string): Promise<void> => {
    setAsked(accountId);
    try {
      currentSession.begin(await openYizhan.sessions.start({ body: { accountId, password } }));
    } catch (error) {
      setFailure(error);
    } finally {
      setAsked(undefined);
    }
  };

  return (
    <>
      <div className="one-tap" role="group" aria-label={t('demonstration.sign_in')}>
        <strong>{t('demonstration.sign_in')}</strong>
        {failure !== undefined && <Alert role="alert" type="error" showIcon title={problem(failure)} />}
        {playing.accounts.map(({ accountId, role, password }, index) => (
          <Button
            key={accountId}
            block
            size="large"
            type={index === 0 ? 'primary' : 'default'}
            loading={asked === accountId}
            disabled={asked !== undefined}
            onClick={() => void signIn(accountId, password)}
          >
            {codeText('demonstration_role', role)}
          </Button>
        ))}
      </div>
      <Divider plain>{t('demonstration.or')}</Divider>
    </>
  );
}
