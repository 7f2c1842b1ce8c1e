import { createHash } from 'node:crypto';
import type { Standing } from './unsubscribe.service.ts';
import { WORDS } from './unsubscribe.words.ts';

const STYLE = `
:root { color-scheme: light dark; --ink: #1b1b1f; --soft: #5c5c68; --ground: #f6f6f8; --card: #fff; --line: #e3e3e8; --deed: #1d4ed8; --on-deed: #fff; }
@media (prefers-color-scheme: dark) { :root { --ink: #ececf1; --soft: #a9a9b6; --ground: #17171a; --card: #202024; --line: #33333b; --deed: #93b4ff; --on-deed: #10131a; } }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: var(--ground); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 26rem; margin: 1rem; padding: 2rem; background: var(--card); border: 1px solid var(--line); border-radius: .75rem; }
h1 { margin: 0 0 .5rem; font-size: 1.375rem; line-height: 1.3; }
p { margin: 0 0 1rem; }
p.soft { margin: 1rem 0 0; color: var(--soft); font-size: .875rem; }
button { padding: .75rem 1.25rem; border: 0; border-radius: .5rem; background: var(--deed); color: var(--on-deed); font: inherit; font-weight: 600; cursor: pointer; }
button:focus-visible { outline: 3px solid var(--ink); outline-offset: 2px; }
`;

/** The page has a style of its own and a form that comes back here, and nothing else that a browser would load or run. */
export const PAGE_POLICY = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'`;

/** The page that says whether mail of a kind comes, and changes that by a button; `isNews` says that it was changed just now. */
export function unsubscribePage({ kind, isOn, locale }: Standing, isNews: boolean): string {
  const language = languageOf(locale);
  const words = WORDS[language]!;
  const [said, deed] = isOn ? [isNews ? words.resumed : words.asked, words.stop] : [words.stopped, words.resume];
  const text = said.replace('{kind}', words.kinds[kind] ?? kind);
  // Each sentence stands in our own tables: nothing that anybody else wrote comes onto this page.
  return `<!doctype html>
<html lang="${language}">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="robots" content="noindex" />
    <title>${isOn && !isNews ? words.ask : text}</title>
    <style>${STYLE}</style>
  </head>
  <body>
    <main>
      ${isOn && !isNews ? `<h1>${words.ask}</h1>\n      <p>${text}</p>` : `<h1>${text}</h1>`}
      <form method="post" action="?${isOn ? '' : 'undo=true'}">
        <button type="submit">${deed}</button>
      </form>
      <p class="soft">${words.rest}</p>
    </main>
  </body>
</html>
`;
}

function languageOf(locale: string): string {
  const [language = 'en'] = locale.toLowerCase().split(/[-_]/);
  return Object.hasOwn(WORDS, language) ? language : 'en';
}
