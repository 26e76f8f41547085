import { useMutation } from '@tanstack/react-query';
import { Alert, Button } from 'antd';
import { asking, yizhan } from '../api/yizhan.js';
import { useTexts } from '../i18n/use-texts.js';
import './photos.css';
import { Picture } from './photos-field.js';
import { usePhotos } from './use-photos.js';

/** Photos of a stay: looked at when somebody wants to, as each look is recorded. */
export function PhotosPanel({ visitId }: { readonly visitId: string }) {
  const { t, problem } = useTexts();
  const here = usePhotos().filter((photo) => photo.visitId === visitId);
  const look = useMutation({ mutationFn: () => asking(() => readPhotos(visitId)) });
  const { data, error, isPending } = look;
  return (
    <section className="panel">
      <h2>{t('photos.title')}</h2>
      {here.length > 0 && <p>{t('photos.not_sent', { count: here.length })}</p>}
      {error && <Alert role="alert" type="error" showIcon title={problem(error)} />}
      <Button loading={isPending} onClick={() => look.mutate()}>
        {t('photos.look')}
      </Button>
      {data && (
        <>
          {data.photos.length === 0 && <p className="empty">{t('board.none')}</p>}
          {data.missing > 0 && <p>{t('photos.missing', { count: data.missing })}</p>}
          <ul className="photo-list">
            {data.photos.map(({ sha256, content }, index) => (
              <li key={sha256}>
                <Picture content={content} label={t('photos.nr', { nr: index + 1 })} />
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

/** What the service has of them, and how many are named and have not come yet. */
async function readPhotos(visitId: string) {
  const { photos, missingPhotos } = await yizhan.visits.listAttachments({ path: { visitId } });
  const read = photos.map(async ({ sha256, mediaType }) => {
    const content = await yizhan.visits.readPhoto({ path: { visitId, sha256 }, parseAs: 'blob' });
    return { sha256, content: new Blob([content], { type: mediaType }) };
  });
  return { photos: await Promise.all(read), missing: missingPhotos.length };
}
