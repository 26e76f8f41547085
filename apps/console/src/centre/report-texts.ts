import i18next from 'i18next';
import en from '../i18n/centre-report.en.json';
import zh from '../i18n/centre-report.zh-CN.json';

// Nobody else loads them: they come with the page of reports.
for (const [language, texts] of Object.entries({ en, 'zh-CN': zh }))
  i18next.addResourceBundle(language, 'translation', texts, true);
