import { Card } from 'antd';
import type { ReactNode } from 'react';
import { Switches } from '../frame/switches.js';
import { useTexts } from '../i18n/use-texts.js';

/** The frame of a page for those who are not signed in. */
export function OpenPage({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const { t } = useTexts();
  return (
    <main className="open-page">
      <div className="open-head">
        <img src="/icon.svg" alt="" width={56} height={56} />
        <div>
          <p className="open-name">{t('frame.name')}</p>
          <p className="open-motto">{t('frame.motto')}</p>
        </div>
      </div>
      <Card className="open-card">
        <h1>{title}</h1>
        {children}
      </Card>
      <Switches />
    </main>
  );
}
