import { Alert, Button } from 'antd';
import { useCallback, useId, useRef, useState } from 'react';
import { useTexts } from '../i18n/use-texts.js';
import { type PhotoStage, photoStages, type TakenPhoto } from './photo.js';
import './photos.css';
import { digestOf, mayTakePhotos, smallerPhoto } from './smaller-photo.js';

// What keeps them is there as soon as they can be taken.
export { keepPhotos } from './keep-photos.js';

/** Photos of a handoff: with the camera where there is one, else from a file; each can be taken away again. */
export function PhotosField({
  photos,
  onChange,
}: {
  readonly photos: readonly TakenPhoto[];
  readonly onChange: (photos: readonly TakenPhoto[]) => void;
}) {
  const { t, codeText } = useTexts();
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const stage = useRef<PhotoStage>('seal');
  const [isBusy, setBusy] = useState(false);
  const [isUnreadable, setUnreadable] = useState(false);
  const take = (next: PhotoStage): void => {
    stage.current = next;
    input.current?.click();
  };
  const add = async (files: readonly File[]): Promise<void> => {
    setBusy(true);
    setUnreadable(false);
    try {
      const taken: TakenPhoto[] = [];
      for (const file of files) {
        const content = await smallerPhoto(file);
        taken.push({ stage: stage.current, sha256: await digestOf(content), content });
      }
      const known = new Set(photos.map(({ sha256 }) => sha256));
      onChange([...photos, ...taken.filter(({ sha256 }) => !known.has(sha256))]);
    } catch {
      // Whatever it is that cannot be drawn is no photo: the person sees it, and takes another one.
      setUnreadable(true);
    } finally {
      setBusy(false);
    }
  };
  if (!mayTakePhotos()) return <p>{t('photos.needs_https')}</p>;
  return (
    <fieldset className="field">
      <legend className="field-label">{t('photos.title')}</legend>
      <input
        ref={input}
        id={id}
        className="visually-hidden"
        type="file"
        accept="image/*"
        capture="environment"
        tabIndex={-1}
        aria-label={t('photos.title')}
        onChange={({ target }) => {
          const files = [...(target.files ?? [])];
          // The same file can be chosen again.
          target.value = '';
          void add(files);
        }}
      />
      <div className="choices">
        {photoStages.map((each) => (
          <Button key={each} size="large" loading={isBusy} onClick={() => take(each)}>
            + {codeText('photo_stage', each)}
          </Button>
        ))}
      </div>
      {isUnreadable && <Alert role="alert" type="error" showIcon title={t('photos.unreadable')} />}
      {photos.length > 0 && (
        <ul className="photo-list">
          {photos.map((photo, index) => (
            <li key={photo.sha256}>
              <Picture content={photo.content} label={codeText('photo_stage', photo.stage)} />
              <Button onClick={() => onChange(photos.filter((other) => other !== photo))}>
                {t('photos.remove', { nr: index + 1 })}
              </Button>
            </li>
          ))}
        </ul>
      )}
    </fieldset>
  );
}

/** A picture of this device. */
export function Picture({ content, label }: { readonly content: Blob; readonly label: string }) {
  const show = useCallback(
    (image: HTMLImageElement) => {
      const address = URL.createObjectURL(content);
      image.src = address;
      return () => URL.revokeObjectURL(address);
    },
    [content],
  );
  return (
    <figure className="photo">
      <img ref={show} alt={label} />
      <figcaption>{label}</figcaption>
    </figure>
  );
}
