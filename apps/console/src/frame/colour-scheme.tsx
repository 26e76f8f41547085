import { createContext, type ReactNode, use, useEffect, useMemo, useState } from 'react';

interface Scheme {
  readonly isDark: boolean;
  readonly toggle: () => void;
}

const place = 'yizhan.scheme';
const Context = createContext<Scheme>({ isDark: false, toggle: () => undefined });

/** As it was chosen on this device, else as the device is set. */
function rememberedDark(): boolean {
  const chosen = localStorage.getItem(place);
  return chosen === null ? matchMedia('(prefers-color-scheme: dark)').matches : chosen === 'dark';
}

/** Light or dark, for everything within. */
export function ColourScheme({ children }: { readonly children: ReactNode }) {
  const [isDark, setDark] = useState(rememberedDark);
  useEffect(() => {
    document.documentElement.dataset['scheme'] = isDark ? 'dark' : 'light';
  }, [isDark]);
  const value = useMemo(
    () => ({
      isDark,
      toggle: () => {
        localStorage.setItem(place, isDark ? 'light' : 'dark');
        setDark(!isDark);
      },
    }),
    [isDark],
  );
  return <Context value={value}>{children}</Context>;
}

export const useColourScheme = (): Scheme => use(Context);
