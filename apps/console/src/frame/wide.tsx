import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useTexts } from '../i18n/use-texts.js';

/** A table that may be wider than its place: it scrolls there, by finger and by keyboard, and where it is cut a line above says so. */
export function Wide({
  label,
  labelledBy,
  className,
  children,
}: {
  readonly label?: string;
  readonly labelledBy?: string;
  readonly className: string;
  readonly children: ReactNode;
}) {
  const { t } = useTexts();
  const region = useRef<HTMLDivElement>(null);
  const [isCut, setCut] = useState(false);
  useEffect(() => {
    const place = region.current;
    const content = place?.firstElementChild;
    if (!place || !content) return undefined;
    const watch = new ResizeObserver(() => setCut(place.scrollWidth > place.clientWidth + 1));
    watch.observe(place);
    watch.observe(content);
    return () => watch.disconnect();
  }, []);
  return (
    <>
      {isCut && (
        <p className="wide-sign" aria-hidden="true">
          ⇆ {t('frame.wide')}
        </p>
      )}
      <div
        ref={region}
        className={className}
        role="region"
        tabIndex={0}
        aria-label={label}
        aria-labelledby={labelledBy}
      >
        {children}
      </div>
    </>
  );
}
