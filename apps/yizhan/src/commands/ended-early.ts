import { inLanguage, tell } from './screen.js';

/** Told where a start is stopped before it was ready: what it has made is whole, and the next one goes on from there. */
export const sayEndedEarly = (): void =>
  tell(
    inLanguage({
      en: 'stopped before it was ready: nothing is half made, and the next start goes on',
      zh: '启动未完成即已停止：没有留下半成品，下次启动会接着完成',
    }),
  );
