import { Button, Dropdown } from 'antd';
import { useUnsent } from '../offline/use-steps.js';
import { useTexts } from '../i18n/use-texts.js';
import { signOut } from '../session/sign-out.js';
import { useSwitches } from './use-switches.js';

/** Who works here: the next one takes over, or he signs out. On a phone language and colours are switched here, too. */
export function AccountMenu({
  accountId,
  onTakeOver,
}: {
  readonly accountId: string | undefined;
  readonly onTakeOver: () => void;
}) {
  const { t, problem } = useTexts();
  const { waiting } = useUnsent();
  const { language, scheme, failure } = useSwitches();
  const items = [
    { key: 'next', label: t('session.take_over'), onClick: onTakeOver },
    {
      key: 'language',
      className: 'only-narrow',
      label: <span lang={language.code}>{language.name}</span>,
      onClick: language.change,
    },
    { key: 'scheme', className: 'only-narrow', label: scheme.name, onClick: scheme.change },
    ...(waiting > 0 ? [{ key: 'kept', label: t('offline.sign_out_sure', { count: waiting }), disabled: true }] : []),
    { key: 'out', label: t('session.sign_out'), onClick: () => void signOut() },
  ];
  return (
    <>
      {failure !== undefined && (
        <span role="alert" className="only-narrow">
          {problem(failure)}
        </span>
      )}
      <Dropdown trigger={['click']} menu={{ items }}>
        <Button type="text" className="account-button" aria-label={t('session.account', { account: accountId })}>
          {accountId}
        </Button>
      </Dropdown>
    </>
  );
}
