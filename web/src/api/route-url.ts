export type Fields = Readonly<Record<string, unknown>>;

/** `GET /campaigns/{campaignId}` with its fields filled in. Fields that are undefined are left out of the query. */
export function routeUrl(route: string, params: Fields, query: Fields): { method: string; url: string } {
  const [method = 'GET', path = ''] = route.split(' ', 2);
  const filled = path.replaceAll(/\{(\w+)\}/g, (_all, name: string) =>
    encodeURIComponent(String(params[name])),
  );
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== null)
      search.set(name, typeof value === 'string' ? value : JSON.stringify(value));
  }
  return { method, url: `/api/v1${filled}${search.size > 0 ? `?${search}` : ''}` };
}
