import { html, type Html } from '../pages/html.ts';
import type { Mail } from './inbox.service.ts';
import { calendarWord, layout, OWN_STYLE, shown } from '../pages/layout.ts';

/** The list loads nothing and runs nothing. */
export const INBOX_POLICY = `default-src 'none'; style-src ${OWN_STYLE}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

const RENEW_SECONDS = 10;

/** The list of mails in the order given; it renews itself, since it runs no script. */
export const inboxPage = (mails: readonly Mail[], to?: string): string =>
  layout(
    'Sandbox inbox',
    html`<header>
        <h1>Sandbox inbox</h1>
        <p class="small">${whose(mails.length, to)} · <a href="/sandbox/inbox.json">JSON</a></p>
      </header>
      <div class="card">
        ${
          mails.length > 0
            ? html`<ul>
                ${mails.map(row)}
              </ul>`
            : html`<p class="empty">No mail yet.</p>`
        }
      </div>`,
    html`<meta http-equiv="refresh" content="${RENEW_SECONDS}" />`,
  );

const whose = (count: number, to?: string): Html =>
  to === undefined
    ? html`${count} shown, newest first`
    : html`${count} shown to ${to}, newest first · <a href="/sandbox/inbox">all</a>`;

const row = (mail: Mail): Html =>
  html`<li>
    <a class="subject" href="/sandbox/inbox/${mail.n}">${mail.subject || '(no subject)'}</a>
    <span class="right">${calendarWord(mail.calendarMethod)}</span>
    <span class="small">to <a href="/sandbox/inbox?to=${encodeURIComponent(mail.to)}">${mail.to}</a></span>
    <span class="small right">${shown(mail.receivedAt)}</span>
  </li>`;
