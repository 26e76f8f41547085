import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { Link, Navigate, Outlet, useLocation, useNavigate } from 'react-router';
import { addProblems } from '../i18n/texts.js';
import { useTexts } from '../i18n/use-texts.js';
import { useSession } from '../session/use-session.js';
import { useMayBeCleared } from '../offline/kept-for-good.js';
import { keepAnswers } from '../offline/keep-answers.js';
import { startSending } from '../offline/sender.js';
import { isBesideBoard, rememberWorkplace, stationIn, workplace } from '../offline/station-in.js';
import { UpdatePrompt } from '../offline/update-prompt.js';
import { UnsentBadge } from '../offline/unsent-badge.js';
import { BackupBanner } from '../storage/backup-banner.js';
import { AccountMenu } from './account-menu.js';
import { later } from './later.js';
import { Switches } from './switches.js';

const TakeOverDialog = later(async () => (await import('../sign-in/take-over-dialog.js')).TakeOverDialog);

/** Loaded when somebody is there: the page comes sooner. */
const AtWork = later(async () => (await import('../attention/at-work.js')).AtWork);

const afterFirstLook = 4_000;

/** The pages of the work at a station, before the network is gone: over plain HTTP nothing else keeps them. */
const loadPages = () =>
  Promise.all([
    addProblems(),
    import('../board/board-page.js'),
    import('../truck/truck-page.js'),
    import('../handoff/step-form.js'),
    import('../offline/unsent-page.js'),
    import('../find/find-dialog.js'),
    import('../attention/attention-drawer.js'),
    import('../attention/at-work.js'),
    import('../gate/driver-says.js'),
    import('../photos/photos-field.js'),
    import('../photos/send-photos.js'),
  ]);

/** The frame of every page for those who are signed in; others are led to the sign-in, and from there to what they have opened. */
export function StaffFrame() {
  const { state, accountId } = useSession();
  const { pathname, search } = useLocation();
  const [wasSignedIn] = useState(state !== 'nobody');
  // Whoever comes after somebody who has left begins at his own work, not at what the other one was at.
  if (state === 'nobody')
    return <Navigate to="/sign-in" replace state={wasSignedIn ? undefined : { from: `${pathname}${search}` }} />;
  return <Frame key={accountId} accountId={accountId} />;
}

function Frame({ accountId }: { readonly accountId: string | undefined }) {
  const { t } = useTexts();
  const client = useQueryClient();
  const navigate = useNavigate();
  const { pathname } = useLocation();
  useMayBeCleared();
  useEffect(() => rememberWorkplace(pathname), [pathname]);
  useEffect(() => keepAnswers(client), [client]);
  useEffect(() => {
    // Where they cannot be loaded, they are when the network is back, or when they are opened.
    const load = (): void => void loadPages().catch(() => undefined);
    const timer = setTimeout(load, afterFirstLook);
    addEventListener('online', load);
    return () => {
      clearTimeout(timer);
      removeEventListener('online', load);
    };
  }, []);
  useEffect(() => startSending(() => void client.invalidateQueries({ queryKey: ['station'] })), [client]);
  const station = isBesideBoard(pathname) ? (stationIn(pathname) ?? workplace()) : undefined;
  const [isTakingOver, setTakingOver] = useState(false);
  return (
    <div className="frame">
      <a className="skip" href="#main">
        {t('frame.skip')}
      </a>
      <header className="frame-head">
        <Link to="/" className="frame-name">
          <img src="/icon.svg" alt="" width={28} height={28} />
          <span>{t('frame.name')}</span>
        </Link>
        <div className="frame-tools">
          {station !== undefined && <AtWork key={station} stationCode={station} />}
          <UnsentBadge />
          <Switches />
          <AccountMenu accountId={accountId} onTakeOver={() => setTakingOver(true)} />
        </div>
      </header>
      {isTakingOver && (
        <TakeOverDialog
          accountId={accountId}
          onClose={() => setTakingOver(false)}
          onDone={() => {
            setTakingOver(false);
            void navigate('/');
          }}
        />
      )}
      <UpdatePrompt />
      {!pathname.startsWith('/carrier') && <BackupBanner />}
      <main id="main" className="frame-main" tabIndex={-1}>
        <Outlet />
      </main>
    </div>
  );
}
