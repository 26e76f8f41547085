import { Button } from 'antd';
import { PlateOf } from '../frame/plate-of.js';
import { useTexts } from '../i18n/use-texts.js';
import { forgetPhoto, sendPhotoAgain } from './keep-photos.js';
import { usePhotos } from './use-photos.js';

/** Photos that the service has not got yet, and those that it does not take. */
export function UnsentPhotos({ accountId }: { readonly accountId: string | undefined }) {
  const { t, refusalText } = useTexts();
  const photos = usePhotos();
  if (photos.length === 0) return null;
  return (
    <section aria-labelledby="photos">
      <h2 id="photos">
        {t('photos.title')} <span className="count">{photos.length}</span>
      </h2>
      <ul className="logged-steps">
        {photos.map(({ id, plate, account, state, problem }) => (
          <li key={id} className="panel logged-step">
            <div className="logged-head">
              <PlateOf plate={plate} />
              <span className={state === 'refused' ? 'badge badge-held' : 'badge badge-waiting'}>
                {state === 'refused' ? t('offline.needs_you') : t('offline.waiting')}
              </span>
            </div>
            {account !== accountId && <p>{t('offline.of_another', { account })}</p>}
            {problem && <p>{refusalText(problem.code, problem.detail)}</p>}
            {state === 'refused' && account === accountId && (
              <div className="logged-acts">
                <Button size="large" onClick={() => void sendPhotoAgain(id)}>
                  {t('offline.again')}
                </Button>
                <Button size="large" danger onClick={() => void forgetPhoto(id)}>
                  {t('offline.discard')}
                </Button>
              </div>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
