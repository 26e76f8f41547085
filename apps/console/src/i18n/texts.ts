import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import zh from './zh-CN.json';

export const languages = ['zh-CN', 'en'] as const;

export type LanguageCode = (typeof languages)[number];

const place = 'yizhan.language';

/** The language of this device: Chinese until somebody has chosen. */
export const rememberedLanguage = (): LanguageCode => (localStorage.getItem(place) === 'en' ? 'en' : 'zh-CN');

/** The words of English come when they are asked for: who reads Chinese does not load them. */
async function addEnglish(): Promise<void> {
  if (i18next.hasResourceBundle('en', whole)) return;
  const [{ default: en }, { default: problems }] = await Promise.all([
    import('./en.json'),
    import('./problems.en.json'),
  ]);
  i18next.addResourceBundle('en', 'translation', en, true);
  i18next.addResourceBundle('en', 'translation', problems, true);
  i18next.addResourceBundle('en', whole, {});
}

/** Marks that English is there: pages that bring words of their own may have come before. */
const whole = 'whole';

/**
 * Brings the Chinese words for what the service refuses: most of them nobody ever sees, and none before something was refused.
 * As long as they are not there, a refusal is told in the words of the service, which are English.
 */
export async function addProblems(): Promise<void> {
  const { default: problems } = await import('./problems.zh-CN.json');
  i18next.addResourceBundle('zh-CN', 'translation', problems, true);
}

/** Shows everything in a language, and remembers it. @throws Error where its words cannot be loaded now: nothing has changed. */
export async function showIn(language: LanguageCode): Promise<void> {
  if (language === 'en') await addEnglish();
  localStorage.setItem(place, language);
  document.documentElement.lang = language;
  await i18next.changeLanguage(language);
}

/** Has the texts ready before anything is shown: in Chinese where those of English cannot be loaded now. */
export async function prepareTexts(): Promise<void> {
  await i18next.use(initReactI18next).init({
    resources: { 'zh-CN': { translation: zh } },
    lng: 'zh-CN',
    fallbackLng: 'zh-CN',
    interpolation: { escapeValue: false },
  });
  document.documentElement.lang = 'zh-CN';
  addProblems().catch((error: unknown) => console.warn('words for refusals cannot be loaded now', error));
  if (rememberedLanguage() === 'en')
    await showIn('en').catch((error: unknown) => console.warn('English cannot be loaded now', error));
}
