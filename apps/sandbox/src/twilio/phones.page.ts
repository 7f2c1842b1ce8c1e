import { createHash } from 'node:crypto';
import { html, Html } from '../pages/html.ts';
import { layout, OWN_STYLE, shown } from '../pages/layout.ts';
import type { Text } from './texts.ts';
import type { Phone } from './twilio.service.ts';

/** How many texts of a phone are shown. */
const MOST_SHOWN = 20;
const RENEW_SECONDS = 10;

/** Writing is a request of JSON, which a page of somebody else's cannot send: a form could. */
const SCRIPT = `
document.addEventListener('click', async ({ target }) => {
  const { from, to, body } = target.dataset;
  if (!body) return;
  target.disabled = true;
  const answer = await fetch('/sandbox/phones/replies', {
    method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ from, to, body }),
  });
  if (!answer.ok) document.querySelector('[role=status]').textContent = (await answer.json()).title;
  else location.reload();
});
`;

const script = new Html(`<script>${SCRIPT}</script>`);
const ownScript = `'sha256-${createHash('sha256').update(SCRIPT).digest('base64')}'`;

/** The page runs its own few lines, which ask this server only. */
export const PHONES_POLICY =
  `default-src 'none'; style-src ${OWN_STYLE}; script-src ${ownScript}; connect-src 'self'; ` +
  `base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

/** Each phone with what it got and wrote, and a button for its STOP or START. */
export const phonesPage = (phones: readonly Phone[]): string =>
  layout(
    'Sandbox phones',
    html`<header>
        <h1>Sandbox phones</h1>
        <p class="small">
          ${phones.length} shown, newest first · <a href="/sandbox/phones.json">JSON</a> ·
          <a href="/sandbox/inbox">inbox</a>
        </p>
      </header>
      <p role="status" class="off"></p>
      ${phones.length > 0 ? phones.map(section) : html`<p class="card empty">No text yet.</p>`} ${script}`,
    html`<meta http-equiv="refresh" content="${RENEW_SECONDS}" />`,
  );

const section = ({ phone, number, hasStopped, texts }: Phone): Html =>
  html`<h2>${phone} ${hasStopped ? html`<span class="off">has sent STOP</span>` : html``}</h2>
    <div class="card">
      <ul>
        ${texts.slice(0, MOST_SHOWN).map(row)}
        <li>
          <span class="buttons">
            <button data-from="${phone}" data-to="${number}" data-body="${hasStopped ? 'START' : 'STOP'}">
              Reply ${hasStopped ? 'START' : 'STOP'}
            </button>
          </span>
        </li>
      </ul>
    </div>`;

const row = (text: Text): Html =>
  html`<li>
    <span class="subject">${text.body}</span>
    <span class="right ${tone(text)}">${text.status}${text.error_code === null ? '' : ` (${text.error_code})`}</span>
    <span class="small">from ${text.from} · ${text.num_segments} segment${text.num_segments === '1' ? '' : 's'}</span>
    <span class="small right">${shown(new Date(text.date_created))}</span>
  </li>`;

function tone({ status }: Text): string {
  if (status === 'delivered') return 'ask';
  return status === 'undelivered' || status === 'failed' ? 'off' : 'small';
}
