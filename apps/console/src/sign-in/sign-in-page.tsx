import { Navigate, useLocation } from 'react-router';
import { OneTap } from '../demonstration/one-tap.js';
import { useTitle } from '../frame/use-title.js';
import { useTexts } from '../i18n/use-texts.js';
import { useSession } from '../session/use-session.js';
import { OpenPage } from './open-page.js';
import { SignInForm } from './sign-in-form.js';

/** Where everybody begins. */
export function SignInPage() {
  const { t } = useTexts();
  useTitle(t('sign_in.title'));
  const { state } = useSession();
  const { from = '/' } = (useLocation().state ?? {}) as { readonly from?: string };
  if (state === 'signed_in') return <Navigate to={from} replace />;
  return (
    <OpenPage title={t('sign_in.title')}>
      <OneTap />
      <SignInForm onDone={() => undefined} />
    </OpenPage>
  );
}
