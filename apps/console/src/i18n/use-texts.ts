import { useTranslation } from 'react-i18next';
import { problemText } from '../api/problem-text.js';
import { isToCome } from '../offline/logged-step.js';
import { dateTimeText, timeText } from './instant-text.js';

/** Texts in the language that is shown. */
export function useTexts() {
  const { t, i18n } = useTranslation();
  const isEnglish = i18n.language === 'en';
  return {
    t,
    isEnglish,
    /** A code of the service in words; the code itself where there are none. */
    codeText: (kind: string, code: string): string =>
      // What is kept for codes without words is under this name, too.
      t([`${kind}.${code}`, `${kind}.other`], { code: code === 'other' ? t('frame.other') : code }),
    /** A change that would help in words. */
    changeText: (kind: string, values: Readonly<Record<string, string>>): string =>
      t([`change.${kind}`, 'change.other'], { code: kind, ...values }),
    problem: (error: unknown): string =>
      problemText(
        error,
        (key) => t(key),
        (key) => i18n.exists(key),
      ),
    /** A refusal that was kept: in the words of its code where there are any. */
    refusalText: (code: string, detail: string): string => {
      const key = `problem.${code.replaceAll('.', '_')}`;
      return i18n.exists(key) ? t(key) : detail;
    },
    /** The id of somebody, who may not have one yet. */
    personText: (id: string): string => (isToCome(id) ? t('offline.new_person') : id),
    /** A number that this device has given, marked as such. */
    ticketText: (no: string): string =>
      no.startsWith('L') ? t('offline.provisional', { no }) : t('board.ticket', { no }),
    /** An instant as people here write it. */
    timeOf: (instant: string): string => timeText(instant, i18n.language),
    dateTimeOf: (instant: string): string => dateTimeText(instant, i18n.language),
    dateOf: (instant: string): string =>
      new Date(instant).toLocaleDateString(i18n.language, { month: '2-digit', day: '2-digit' }),
  };
}

export type Texts = ReturnType<typeof useTexts>;
