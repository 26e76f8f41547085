import i18next from 'i18next';
import en from '../i18n/levers.en.json';
import zh from '../i18n/levers.zh-CN.json';

// They come with the levers, drivers and notices, which the big screens have not.
for (const [language, texts] of Object.entries({ en, 'zh-CN': zh }))
  i18next.addResourceBundle(language, 'translation', texts, true);
