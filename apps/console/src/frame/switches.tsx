import { Button, Space } from 'antd';
import { useState } from 'react';
import { showIn } from '../i18n/texts.js';
import { useTexts } from '../i18n/use-texts.js';
import { useColourScheme } from './colour-scheme.js';

/** Language and light or dark, on every page. */
export function Switches() {
  const { t, isEnglish, problem } = useTexts();
  const [failure, setFailure] = useState<unknown>();
  const switchLanguage = (): void =>
    void showIn(isEnglish ? 'zh-CN' : 'en').then(() => setFailure(undefined), setFailure);
  const { isDark, toggle } = useColourScheme();
  return (
    <Space size={4}>
      {failure !== undefined && <span role="alert">{problem(failure)}</span>}
      <Button type="text" lang={isEnglish ? 'zh-CN' : 'en'} onClick={switchLanguage}>
        {isEnglish ? '中文' : 'English'}
      </Button>
      <Button
        type="text"
        aria-label={isDark ? t('frame.light') : t('frame.dark')}
        title={isDark ? t('frame.light') : t('frame.dark')}
        onClick={toggle}
      >
        <span aria-hidden="true">{isDark ? '☀' : '☾'}</span>
      </Button>
    </Space>
  );
}
