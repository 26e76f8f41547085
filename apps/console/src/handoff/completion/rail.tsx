import { useTexts } from '../../i18n/use-texts.js';
import { type Part, parts } from './parts.js';

/** What lies behind a truck that is in its bay, and what comes once all have signed. */
const before = ['check', 'bay'] as const;
const after = ['release'] as const;
const count = before.length + parts.length + after.length;

/** Where somebody is on the way through a completion, what is done, and what comes; what is open can be gone to. */
export function Rail({
  shown,
  open,
  isDone,
  onOpen,
}: {
  readonly shown: Part;
  readonly open: readonly Part[];
  readonly isDone: (part: Part) => boolean;
  readonly onOpen: (part: Part) => void;
}) {
  const { t, codeText } = useTexts();
  const nr = before.length + parts.indexOf(shown) + 1;
  return (
    <nav className="rail" aria-label={t('complete.rail')}>
      <p className="rail-where">
        {t('complete.where', { nr, count })} <strong aria-hidden="true">{codeText('completion_part', shown)}</strong>
      </p>
      <ol>
        {before.map((each) => (
          <li key={each} className="rail-done">
            <span className="rail-label">
              <span className="rail-text">
                <span aria-hidden="true">✓ </span>
                {codeText('completion_part', each)}
              </span>
            </span>
          </li>
        ))}
        {parts.map((part) => {
          const isOpen = open.includes(part);
          const isNow = part === shown;
          const isPast = !isNow && isOpen && isDone(part);
          return (
            <li key={part} className={isNow ? 'rail-now' : isPast ? 'rail-done' : ''}>
              <button
                type="button"
                className="rail-label"
                disabled={!isOpen}
                aria-current={isNow ? 'step' : undefined}
                onClick={() => onOpen(part)}
              >
                <span className="rail-text">
                  {isPast && <span aria-hidden="true">✓ </span>}
                  {codeText('completion_part', part)}
                </span>
              </button>
            </li>
          );
        })}
        {after.map((each) => (
          <li key={each}>
            <span className="rail-label">
              <span className="rail-text">{codeText('completion_part', each)}</span>
            </span>
          </li>
        ))}
      </ol>
    </nav>
  );
}
