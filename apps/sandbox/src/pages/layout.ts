import { createHash } from 'node:crypto';
import { html, Html } from './html.ts';

const STYLE = `
:root { color-scheme: light dark; --ink: #1b1b1f; --soft: #62626e; --line: #e3e3e8; --ground: #f6f6f8; --card: #fff; --mark: #0a63c9; --ask: #0b6b3a; --off: #a3262a; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #ececf1; --soft: #9c9caa; --line: #33333b; --ground: #17171a; --card: #202024; --mark: #7ab4ff; --ask: #6fd79c; --off: #ff9294; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 60rem; margin: 0 auto; padding: 1.5rem 1rem 3rem; }
header { display: flex; flex-wrap: wrap; gap: .25rem 1rem; align-items: baseline; justify-content: space-between; margin-bottom: 1rem; }
h1 { margin: 0; font-size: 1.375rem; line-height: 1.3; overflow-wrap: anywhere; }
h2 { margin: 1.75rem 0 .5rem; font-size: 1rem; }
p { margin: 0; color: var(--soft); }
a { color: var(--mark); text-decoration: none; }
li .small a { color: inherit; }
a:hover { text-decoration: underline; }
:focus-visible { outline: 2px solid var(--mark); outline-offset: 2px; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: .625rem; overflow: hidden; }
ul { list-style: none; margin: 0; padding: 0; }
li { display: grid; grid-template-columns: 1fr auto; gap: 0 1rem; padding: .75rem 1rem; }
li + li { border-top: 1px solid var(--line); }
li > * { min-width: 0; overflow-wrap: anywhere; }
.subject { font-weight: 600; }
.small { font-size: .875rem; color: var(--soft); }
.right { text-align: right; }
.ask, .off { font-size: .8125rem; font-weight: 600; }
.ask { color: var(--ask); }
.off { color: var(--off); }
button { padding: .25rem .625rem; border: 1px solid var(--line); border-radius: .375rem; background: var(--ground); color: var(--ink); font: inherit; font-size: .8125rem; cursor: pointer; }
button:disabled { opacity: .5; cursor: default; }
.buttons { grid-column: 1 / -1; display: flex; flex-wrap: wrap; gap: .375rem; margin-top: .5rem; }
.empty { padding: 3rem 1rem; text-align: center; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1rem; margin: 0; padding: .875rem 1rem; font-size: .875rem; }
dt { color: var(--soft); }
dd { margin: 0; overflow-wrap: anywhere; }
pre { margin: 0; padding: .875rem 1rem; font: .8125rem/1.5 ui-monospace, monospace; white-space: pre-wrap; overflow-wrap: anywhere; }
iframe { display: block; width: 100%; height: 22rem; border: 0; background: #fff; color-scheme: light; }
@media (max-width: 34rem) {
  li { grid-template-columns: 1fr; }
  .right { text-align: left; }
  dl { grid-template-columns: 1fr; gap: 0; }
  dd + dt { margin-top: .5rem; }
}
`;

/** Names the one style sheet that a page may use. */
export const OWN_STYLE = `'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`;

const style = new Html(`<style>${STYLE}</style>`);

/** A whole page of the sandbox; `extra` goes into its head. */
export const layout = (title: string, body: Html, extra: Html = html``): string =>
  `${html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        ${extra} ${style}
      </head>
      <body>
        <main>${body}</main>
      </body>
    </html> `}`;

/** An instant for people, to the second, in UTC. */
export const shown = (at: Date): Html =>
  html`<time datetime="${at.toISOString()}">${at.toISOString().slice(0, 19).replace('T', ' ')} UTC</time>`;

/** What a calendar part does, in a word; nothing without one. */
export function calendarWord(method: string): Html {
  if (method === '') return html``;
  if (method === 'REQUEST') return html`<span class="ask">Invitation</span>`;
  if (method === 'CANCEL') return html`<span class="off">Cancellation</span>`;
  return html`<span class="ask">${method}</span>`;
}
