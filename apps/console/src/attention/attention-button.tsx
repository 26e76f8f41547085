import { Button, Drawer, Slider, Switch } from 'antd';
import { useState } from 'react';
import { useTexts } from '../i18n/use-texts.js';
import './attention.css';
import { changeAttention, useAttentionSettings } from './attention-settings.js';
import { Bell } from './bell.js';
import { needKinds } from './needs.js';
import { playSound } from './sounds.js';
import { canSpeak, say } from './speech.js';
import { useWakeLock } from './use-wake-lock.js';

/** How many things need a person, and how this device draws attention to them. */
export function AttentionButton({ count }: { readonly count: number }) {
  const { t, codeText, isEnglish } = useTexts();
  const settings = useAttentionSettings();
  const { sounds, voice, awake, volume } = settings;
  const wakeLock = useWakeLock(awake);
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button
        className="attention-button"
        onClick={() => setOpen(true)}
        aria-label={t('attention.button', { count })}
        title={t('attention.title')}
      >
        <Bell isSilent={!sounds} />
        <span aria-hidden="true">{count}</span>
      </Button>
      <Drawer title={t('attention.title')} open={isOpen} onClose={() => setOpen(false)} size={420}>
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
    </>
  );
}
