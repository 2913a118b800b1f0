import { createContext, useContext } from 'react';
import type { Scheme } from '../theme/tokens.ts';

export const SchemeContext = createContext<{ scheme: Scheme; toggle(): void } | undefined>(undefined);

export function useSchemeChoice(): { scheme: Scheme; toggle(): void } {
  const choice = useContext(SchemeContext);
  if (!choice) throw new Error('useSchemeChoice outside SchemeContext');
  return choice;
}
