import { useState } from 'react';
import { showIn } from '../i18n/texts.js';
import { useTexts } from '../i18n/use-texts.js';
import { useColourScheme } from './colour-scheme.js';

/** Language and light or dark: what each is switched to, and what went wrong. */
export function useSwitches() {
  const { t, isEnglish } = useTexts();
  const { isDark, toggle } = useColourScheme();
  const [failure, setFailure] = useState<unknown>();
  return {
    language: {
      code: isEnglish ? 'zh-CN' : 'en',
      name: isEnglish ? '中文' : 'English',
      change: (): void => void showIn(isEnglish ? 'zh-CN' : 'en').then(() => setFailure(undefined), setFailure),
    },
    scheme: { isDark, name: isDark ? t('frame.light') : t('frame.dark'), change: toggle },
    failure,
  };
}
