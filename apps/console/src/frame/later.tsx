import { type ComponentType, type ReactNode, useEffect, useState } from 'react';

/**
 * A part of a page that is loaded when it is shown. Where it cannot be, as the network is gone, `instead` stands in its place
 * until the network is back, and the rest of the page goes on.
 */
export function later<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  instead: ReactNode = null,
): ComponentType<Props> {
  return function Later(props: Props) {
    const [Part, setPart] = useState<ComponentType<Props>>();
    useEffect(() => {
      let isGone = false;
      const look = (): void => {
        load().then(
          (part) => {
            if (!isGone) setPart(() => part);
          },
          // It is tried again once the network is back.
          () => undefined,
        );
      };
      look();
      addEventListener('online', look);
      return () => {
        isGone = true;
        removeEventListener('online', look);
      };
    }, []);
    return Part ? <Part {...props} /> : instead;
  };
}
