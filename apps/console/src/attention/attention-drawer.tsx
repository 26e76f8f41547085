import { Button, Drawer, Slider, Switch } from 'antd';
import { Link } from 'react-router';
import { useTexts } from '../i18n/use-texts.js';
import { changeAttention, useAttentionSettings } from './attention-settings.js';
import { needKinds } from './needs.js';
import { playSound } from './sounds.js';
import { canSpeak, say } from './speech.js';
import type { useWakeLock } from './use-wake-lock.js';

export interface AttentionDrawerProps {
  readonly isOpen: boolean;
  /** How many overrides whoever is here has to decide or to make. */
  readonly overrides: number;
  readonly wakeLock: ReturnType<typeof useWakeLock>;
  readonly onClose: () => void;
}

/** How this device draws attention: sounds, calls and the screen, each with a test. */
export function AttentionDrawer({ isOpen, overrides, wakeLock, onClose }: AttentionDrawerProps) {
  const { t, codeText, isEnglish } = useTexts();
  const { sounds, voice, awake, volume } = useAttentionSettings();
  return (
    <Drawer title={t('attention.title')} open={isOpen} onClose={onClose} size={420}>
      {overrides > 0 && (
        <Link to="overrides" className="attention-override" onClick={onClose}>
          <span>{t('overrides.for_you')}</span>
          <span className="badge badge-held">! {overrides}</span>
        </Link>
      )}
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
    </Drawer>
  );
}
