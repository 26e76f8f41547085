import { Button, Space } from 'antd';
import { useTexts } from '../i18n/use-texts.js';
import { useSwitches } from './use-switches.js';

/** Language and light or dark, on every page. */
export function Switches() {
  const { problem } = useTexts();
  const { language, scheme, failure } = useSwitches();
  return (
    <Space size={4} className="switches">
      {failure !== undefined && <span role="alert">{problem(failure)}</span>}
      <Button type="text" lang={language.code} onClick={language.change}>
        {language.name}
      </Button>
      <Button type="text" aria-label={scheme.name} title={scheme.name} onClick={scheme.change}>
        <span aria-hidden="true">{scheme.isDark ? '☀' : '☾'}</span>
      </Button>
    </Space>
  );
}
