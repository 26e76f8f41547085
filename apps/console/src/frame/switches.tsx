import { Button, Space } from 'antd';
import { showIn } from '../i18n/texts.js';
import { useTexts } from '../i18n/use-texts.js';
import { useColourScheme } from './colour-scheme.js';

/** Language and light or dark, on every page. */
export function Switches() {
  const { t, isEnglish } = useTexts();
  const { isDark, toggle } = useColourScheme();
  return (
    <Space size={4}>
      <Button type="text" lang={isEnglish ? 'zh-CN' : 'en'} onClick={() => void showIn(isEnglish ? 'zh-CN' : 'en')}>
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
