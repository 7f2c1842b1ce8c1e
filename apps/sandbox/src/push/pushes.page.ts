import { createHash } from 'node:crypto';
import { html, Html } from '../pages/html.ts';
import { layout, OWN_STYLE, shown as instant } from '../pages/layout.ts';
import type { Device } from './device.ts';
import type { Shown } from './shown.ts';

/** Writing is a request of JSON, which a page of somebody else's cannot send: a form could. */
const SCRIPT = `
const ask = async (method, path, body) => {
  const answer = await fetch('/sandbox/pushes/devices' + path, {
    method, ...(body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  if (!answer.ok) document.querySelector('[role=status]').textContent = (await answer.json()).title;
  else location.reload();
};
document.addEventListener('click', ({ target }) => {
  const { platform, remove } = target.dataset;
  if (platform || remove) target.disabled = true;
  if (platform) void ask('POST', '', { platform });
  if (remove) void ask('DELETE', '/' + remove);
});
`;
const STYLE = `
.card .buttons { margin: 0; padding: 0 1rem .875rem; }
.card .empty { padding: 1rem; }
`;

const script = new Html(`<script>${SCRIPT}</script>`);
const style = new Html(`<style>${STYLE}</style>`);
const hash = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** The page runs its own few lines, which ask this server only. */
export const PUSHES_POLICY =
  `default-src 'none'; style-src ${OWN_STYLE} ${hash(STYLE)}; script-src ${hash(SCRIPT)}; connect-src 'self'; ` +
  `base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

const NAMES = { web: 'Browser', android: 'Android telephone', ios: 'iPhone' } as const;

/** Every fake device: what it registers with, and what is to be seen on it. */
export const pushesPage = (devices: readonly { readonly device: Device; readonly shown: readonly Shown[] }[]): string =>
  layout(
    'Sandbox push messages',
    html`<header>
        <h1>Sandbox push messages</h1>
        <p class="small">
          <a href="/sandbox/pushes">renew</a> · <a href="/sandbox/pushes/devices.json">JSON</a> ·
          <a href="/sandbox/inbox">inbox</a>
        </p>
      </header>
      <p role="status" class="off"></p>
      <p class="buttons">
        <button data-platform="web">New browser</button>
        <button data-platform="android">New Android telephone</button>
        <button data-platform="ios">New iPhone</button>
      </p>
      ${
        devices.length > 0
          ? devices.map(({ device, shown }) => section(device, shown))
          : html`<p class="card empty">There is no device yet: make one, and register it as somebody’s.</p>`
      }
      ${script}`,
    style,
  );

const section = ({ id, isThere, registration }: Device, shown: readonly Shown[]): Html =>
  html`<h2>${NAMES[registration.platform]} ${id.slice(0, 8)}</h2>
    <div class="card">
      ${
        shown.length > 0
          ? html`<ul>
              ${lastOfEach(shown).map((last) => row(last, shown.filter(({ tag }) => tag === last.tag).length))}
            </ul>`
          : html`<p class="empty">Nothing has come.</p>`
      }
      ${isThere ? registering(id, registration) : html`<p class="empty off">The app is off it.</p>`}
    </div>`;

const row = ({ title, body, link, kind, isUrgent, receivedAt }: Shown, times: number): Html =>
  html`<li>
    <span class="subject">${title}</span>
    <span class="right ${isUrgent ? 'ask' : 'small'}">${kind}${times > 1 ? ` × ${times}` : ''}</span>
    <span>${body}</span>
    <span class="small right">${instant(receivedAt)}</span>
    <span class="small">${link}</span>
  </li>`;

const registering = (id: string, registration: Device['registration']): Html =>
  html`<dl>
      <dt>Registers with</dt>
      <dd>POST /api/v1/scheduling/notifications/devices</dd>
    </dl>
    <pre>${JSON.stringify(registration)}</pre>
    <p class="buttons"><button data-remove="${id}">Take the app off</button></p>`;

/** What is to be seen: of two with the same tag the last. */
const lastOfEach = (shown: readonly Shown[]): Shown[] =>
  shown.filter(({ tag }, at) => tag === '' || shown.findIndex((other) => other.tag === tag) === at);
