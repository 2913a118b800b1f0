import type { openApiDocument } from './openapi.ts';

type Document = ReturnType<typeof openApiDocument>;

/** The OpenAPI document as one readable page without scripts. */
export function docsPage(document: Document): string {
  const byTag = new Map<string, string[]>();
  for (const [path, operations] of Object.entries(document.paths ?? {})) {
    for (const [method, operation] of Object.entries(operations ?? {})) {
      const tag = (operation as Operation).tags?.[0] ?? 'Other';
      byTag.set(tag, [...(byTag.get(tag) ?? []), section(method, path, operation as Operation)]);
    }
  }
  const tags = [...byTag].map(
    ([tag, sections]) => `<h2 id="${text(tag)}">${text(tag)}</h2>${sections.join('')}`,
  );
  const menu = [...byTag.keys()].map((tag) => `<a href="#${text(tag)}">${text(tag)}</a>`).join(' · ');
  const schemas = Object.entries(document.components?.schemas ?? {}).map(
    ([name, schema]) =>
      `<details id="schema-${text(name)}"><summary>${text(name)}</summary>${json(schema)}</details>`,
  );
  return `<!doctype html><html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><title>Dialwright API</title><style>${STYLE}</style></head><body>
<h1>Dialwright API</h1><p>${text(document.info.description ?? '')}</p>
<p>The document itself: <a href="/api/openapi.json">/api/openapi.json</a></p><nav>${menu}</nav>
${tags.join('\n')}<h2>Schemas</h2>${schemas.join('')}</body></html>`;
}

interface Operation {
  tags?: string[];
  summary?: string;
  description?: string;
  parameters?: unknown[];
  requestBody?: unknown;
  responses?: Record<string, { content?: unknown }>;
}

const STYLE = `body{font:15px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1d2430}
details{border:1px solid #d5dae2;border-radius:6px;margin:.4rem 0;padding:.4rem .8rem}summary{cursor:pointer}
b{display:inline-block;min-width:4.2rem;text-transform:uppercase;font-size:.8rem;color:#0b5cad}
pre{background:#f4f6f9;padding:.6rem;overflow:auto;border-radius:4px;font-size:.82rem}nav{margin:1rem 0}
@media(prefers-color-scheme:dark){body{background:#14181f;color:#dfe5ee}pre{background:#1d232d}b,a{color:#7db8ff}}`;

function section(method: string, path: string, operation: Operation): string {
  const parts = [
    `<p>${text(operation.description ?? '')}</p>`,
    operation.parameters?.length ? `<h4>Parameters</h4>${json(operation.parameters)}` : '',
    operation.requestBody ? `<h4>Body</h4>${json(operation.requestBody)}` : '',
    ...Object.entries(operation.responses ?? {})
      .filter(([status]) => status.startsWith('2'))
      .map(([status, response]) => `<h4>Answer ${text(status)}</h4>${json(response.content ?? {})}`),
  ];
  const head = `<b>${text(method)}</b><code>${text(path)}</code> — ${text(operation.summary ?? '')}`;
  return `<details><summary>${head}</summary>${parts.join('')}</details>`;
}

function json(value: unknown): string {
  return `<pre>${text(JSON.stringify(value, null, 2))}</pre>`;
}

function text(value: string): string {
  const entities: Record<string, string> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  };
  return value.replaceAll(/[&<>"']/g, (char) => entities[char] ?? char);
}
