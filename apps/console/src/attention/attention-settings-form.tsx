import { Button, Slider, Switch } from 'antd';
import { useTexts } from '../i18n/use-texts.js';
import { changeAttention, useAttentionSettings } from './attention-settings.js';
import { needKinds } from './needs.js';
import { playSound } from './sounds.js';
import { canSpeak, say } from './speech.js';
import type { useWakeLock } from './use-wake-lock.js';

/** How this device draws attention: sounds, calls and the screen, each with a test. */
export function AttentionSettingsForm({ wakeLock }: { readonly wakeLock: ReturnType<typeof useWakeLock> }) {
  const { t, codeText, isEnglish } = useTexts();
  const { sounds, voice, awake, volume } = useAttentionSettings();
  return (
    <>
      <p>{t('attention.explain')}</p>
      <div className="attention-line">
        <label htmlFor="attention-sounds">{t('attention.sounds')}</label>
        <Switch id="attention-sounds" checked={sounds} onChange={(isOn) => changeAttention({ sounds: isOn })} />
      </div>
      <div className="attention-line">
        <span id="attention-volume">{t('attention.volume')}</span>
        <Slider
          className="attention-slider"
          ariaLabelledByForHandle="attention-volume"
          value={volume}
          onChange={(value) => changeAttention({ volume: value })}
        />
      </div>
      <div className="attention-tests" role="group" aria-label={t('attention.test')}>
        {needKinds.map((kind) => (
          <Button key={kind} onClick={() => playSound(kind, volume)}>
            <span aria-hidden="true">▶ </span>
            {codeText('need', kind)}
          </Button>
        ))}
      </div>
      <div className="attention-line">
        <label htmlFor="attention-voice">{t('attention.voice')}</label>
        <Switch
          id="attention-voice"
          checked={voice && canSpeak()}
          disabled={!canSpeak()}
          onChange={(isOn) => changeAttention({ voice: isOn })}
        />
      </div>
      <p className="attention-hint">{canSpeak() ? t('attention.voice_hint') : t('attention.no_voice')}</p>
      {canSpeak() && (
        <Button onClick={() => say(t('attention.example'), isEnglish ? 'en-US' : 'zh-CN', volume)}>
          <span aria-hidden="true">▶ </span>
          {t('attention.say_example')}
        </Button>
      )}
      <div className="attention-line">
        <label htmlFor="attention-awake">{t('attention.awake')}</label>
        <Switch id="attention-awake" checked={awake} onChange={(isOn) => changeAttention({ awake: isOn })} />
      </div>
      {wakeLock === 'refused' && <p className="attention-hint">{t('attention.awake_refused')}</p>}
    </>
  );
}
