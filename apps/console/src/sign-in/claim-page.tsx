import { Alert, Button, Form, Input } from 'antd';
import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { openYizhan } from '../api/yizhan.js';
import { useTitle } from '../frame/use-title.js';
import { useTexts } from '../i18n/use-texts.js';
import { currentSession } from '../session/current-session.js';
import { OpenPage } from './open-page.js';

interface Entered {
  readonly name: string;
  readonly password: string;
}

/** What stands behind `#token=` never reaches a server's log. */
const tokenInAddress = (): string => new URLSearchParams(location.hash.slice(1)).get('token') ?? '';

/** The first start's link opens this: whoever has it becomes the first administrator. */
export function ClaimPage() {
  const { t, problem } = useTexts();
  useTitle(t('claim.title'));
  const navigate = useNavigate();
  const [token] = useState(tokenInAddress);
  const [failure, setFailure] = useState<unknown>();
  const [isBusy, setBusy] = useState(false);

  const claim = async ({ name, password }: Entered): Promise<void> => {
    setBusy(true);
    try {
      const accountId = `administrator:${name.trim()}`;
      currentSession.begin(await openYizhan.sessions.claim({ body: { token, accountId, password } }));
      await navigate('/', { replace: true });
    } catch (error) {
      setFailure(error);
    } finally {
      setBusy(false);
    }
  };

  return (
    <OpenPage title={t('claim.title')}>
      {token === '' ? (
        <Alert
          type="warning"
          showIcon
          title={t('claim.no_token')}
          action={<Link to="/sign-in">{t('sign_in.title')}</Link>}
        />
      ) : (
        <Form<Entered> layout="vertical" size="large" requiredMark={false} onFinish={(entered) => void claim(entered)}>
          <p>{t('claim.explain')}</p>
          {failure !== undefined && (
            <Form.Item>
              <Alert role="alert" type="error" showIcon title={problem(failure)} />
            </Form.Item>
          )}
          <Form.Item
            name="name"
            label={t('claim.name')}
            rules={[
              { required: true, pattern: /^\s*[\p{L}\p{N}][\p{L}\p{N}._-]{0,40}\s*$/u, message: t('claim.name_rule') },
            ]}
          >
            <Input prefix="administrator:" autoComplete="username" autoCapitalize="none" />
          </Form.Item>
          <Form.Item
            name="password"
            label={t('claim.password')}
            rules={[{ required: true, min: 12, message: t('claim.password_rule') }]}
          >
            <Input.Password autoComplete="new-password" />
          </Form.Item>
          <Button block type="primary" htmlType="submit" loading={isBusy}>
            {t('claim.submit')}
          </Button>
        </Form>
      )}
    </OpenPage>
  );
}
