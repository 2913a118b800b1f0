import { useLayoutEffect, useState } from 'react';
import { cssTokens, type Scheme } from './tokens.ts';

const STORED = 'dialwright.scheme';

function firstScheme(): Scheme {
  const stored = localStorage.getItem(STORED);
  if (stored === 'light' || stored === 'dark') return stored;
  return window.matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}

/** Light or dark: chosen here before, else as the system has it. Puts our tokens on the page. */
export function useScheme(): { scheme: Scheme; toggle(): void } {
  const [scheme, setScheme] = useState(firstScheme);
  useLayoutEffect(() => {
    const { style } = document.documentElement;
    for (const [name, value] of Object.entries(cssTokens(scheme))) style.setProperty(name, value);
    style.colorScheme = scheme;
  }, [scheme]);
  const toggle = () => {
    const next = scheme === 'dark' ? 'light' : 'dark';
    localStorage.setItem(STORED, next);
    setScheme(next);
  };
  return { scheme, toggle };
}
