import { type ReactNode, useEffect, useRef } from 'react';

/** Longer than a finger that is on its way already, shorter than a person notices, milliseconds. */
const settleFor = 600;

/**
 * What is inside takes no tap for a moment after its large button has become another one: the driver is changed and steps go on
 * by themselves, and whoever taps means the button that he has seen. The keyboard is not held up: it acts on what has the focus.
 */
export function Steady({ children }: { readonly children: ReactNode }) {
  const inside = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const place = inside.current;
    if (!place) return undefined;
    const labelOf = () => place.querySelector('.big-button')?.textContent ?? '';
    let label = labelOf();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const watch = new MutationObserver(() => {
      const now = labelOf();
      if (now === label) return;
      label = now;
      place.classList.add('settling');
      clearTimeout(timer);
      timer = setTimeout(() => place.classList.remove('settling'), settleFor);
    });
    watch.observe(place, { childList: true, characterData: true, subtree: true });
    return () => {
      watch.disconnect();
      clearTimeout(timer);
    };
  }, []);
  return <div ref={inside}>{children}</div>;
}
