import PostalMime, { decodeWords } from 'postal-mime';
import { html, type Html } from '../pages/html.ts';
import type { Mail } from './inbox.service.ts';
import { calendarWord, layout, shown } from '../pages/layout.ts';

/**
 * The frame inherits this policy, and mails carry their style in attributes: so styles are free.
 * Scripts, forms and whatever would be fetched, such as tracking pixels, are not.
 */
export const MAIL_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** One mail: its headers, its HTML in a frame that may run nothing, its text, and its calendar part. */
export async function mailPage(mail: Mail): Promise<string> {
  const parsed = await PostalMime.parse(mail.raw, { attachmentEncoding: 'utf8' });
  const calendar = parsed.attachments.find(
    ({ mimeType }) => mimeType === 'text/calendar' || mimeType === 'application/ics',
  );
  const subject = mail.subject || '(no subject)';
  return layout(
    subject,
    html`<header>
        <h1>${subject}</h1>
        <a href="/sandbox/inbox">All mails</a>
      </header>
      <dl class="card">
        <dt>envelope to</dt>
        <dd>${mail.to}</dd>
        <dt>received</dt>
        <dd>${shown(mail.receivedAt)} ${calendarWord(mail.calendarMethod)}</dd>
        ${parsed.headers.map(
          ({ originalKey, value }) =>
            html`<dt>${originalKey}</dt>
              <dd>${decodeWords(value)}</dd>`,
        )}
      </dl>
      ${parsed.html === undefined ? html`` : section('HTML', frame(parsed.html))}
      ${parsed.text === undefined ? html`` : section('Text', html`<pre>${parsed.text}</pre>`)}
      ${calendar === undefined ? html`` : section('Calendar', html`<pre>${String(calendar.content)}</pre>`)}`,
  );
}

const section = (title: string, content: Html): Html =>
  html`<h2>${title}</h2>
    <div class="card">${content}</div>`;

/** Links open beside the page, never within it; a second doctype or head in the mail is ignored by browsers. */
const frame = (mail: string): Html =>
  html`<iframe
    title="The mail as HTML"
    sandbox="allow-popups allow-popups-to-escape-sandbox"
    srcdoc="${`<!doctype html><base target="_blank">${mail}`}"
  ></iframe>`;
