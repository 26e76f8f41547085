import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import en from './en.json';
import zh from './zh-CN.json';

export const languages = ['zh-CN', 'en'] as const;

export type LanguageCode = (typeof languages)[number];

const place = 'yizhan.language';

/** The language of this device: Chinese until somebody has chosen. */
export const rememberedLanguage = (): LanguageCode => (localStorage.getItem(place) === 'en' ? 'en' : 'zh-CN');

/** Shows everything in a language, and remembers it. */
export async function showIn(language: LanguageCode): Promise<void> {
  localStorage.setItem(place, language);
  document.documentElement.lang = language;
  await i18next.changeLanguage(language);
}

/** Has the texts ready before anything is shown. */
export async function prepareTexts(): Promise<void> {
  const language = rememberedLanguage();
  document.documentElement.lang = language;
  await i18next.use(initReactI18next).init({
    resources: { 'zh-CN': { translation: zh }, en: { translation: en } },
    lng: language,
    fallbackLng: 'zh-CN',
    interpolation: { escapeValue: false },
  });
}
