import { type QueryClient, queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { i18n } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { ApiClient } from '../api/api-client.ts';
import { problemOf } from '../api/problem.ts';
import type { Me } from '../api/shapes.ts';
import { isLanguage, type Language, storedLanguage, storeLanguage } from '../i18n/language.ts';
import { changeLanguage } from '../i18n/start-i18n.ts';
import { useServices } from './services.tsx';

const NEW_ACCOUNT: Language = 'en';

/** Who is signed in; null: nobody. */
function meQuery(api: ApiClient) {
  return queryOptions({
    queryKey: ['me'],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async (): Promise<Me | null> => {
      try {
        const me = await api.call('GET /auth/me');
        api.setCsrfToken(me.csrfToken);
        return me;
      } catch (error) {
        if (problemOf(error).status === 401) return null;
        throw error;
      }
    },
  });
}

export function useMe() {
  return useQuery(meQuery(useServices().api));
}

export function useSignIn() {
  const { api } = useServices();
  const queries = useQueryClient();
  const { i18n } = useTranslation();
  return useMutation({
    mutationFn: (body: { login: string; password: string }) => api.call('POST /auth/sign-in', { body }),
    onSuccess: async (me) => {
      api.setCsrfToken(me.csrfToken);
      await agreeOnLanguage(api, i18n, me);
      forgetAllBut(queries, 'me');
      queries.setQueryData(['me'], me);
    },
  });
}

/** What somebody else has seen is not for the next one. `me` stays: the page watches it, and is to see it change. */
function forgetAllBut(queries: QueryClient, kept: string): void {
  queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== kept });
}

/**
 * The language that was read until now becomes the account's. Only an account that says something else than what
 * accounts begin with, on a screen where nobody has chosen, tells the screen.
 */
async function agreeOnLanguage(api: ApiClient, i18n: i18n, { user }: Me): Promise<void> {
  if (user.locale === i18n.language) return;
  if (storedLanguage() === null && user.locale !== NEW_ACCOUNT) return changeLanguage(i18n, user.locale);
  const chosen = isLanguage(i18n.language) ? i18n.language : user.locale;
  await api.call('PUT /auth/locale', { body: { locale: chosen } });
}

export function useSignOut() {
  const { api, stream } = useServices();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => api.call('POST /auth/sign-out'),
    onSettled: () => {
      stream.close();
      sessionStorage.clear();
      api.setCsrfToken(undefined);
      forgetAllBut(queries, 'me');
      queries.setQueryData(['me'], null);
    },
  });
}

/** Changes the page's language at once, and the account's when somebody is signed in. */
export function useChooseLanguage() {
  const { api } = useServices();
  const { i18n } = useTranslation();
  const { data: me } = useMe();
  return async (language: Language) => {
    storeLanguage(language);
    await changeLanguage(i18n, language);
    if (me) await api.call('PUT /auth/locale', { body: { locale: language } });
  };
}
