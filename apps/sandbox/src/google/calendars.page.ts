import { createHash } from 'node:crypto';
import { html, Html } from '../pages/html.ts';
import { layout, OWN_STYLE, shown } from '../pages/layout.ts';
import { type Event, spanOf } from './event-times.ts';
import type { Shown } from './google.service.ts';

const HOUR = 3_600_000;

/** Writing is a request of JSON, which a page of somebody else's cannot send: a form could. */
const SCRIPT = `
const ask = async (method, path, body) => {
  const answer = await fetch('/sandbox/google/events' + path, {
    method, ...(body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  if (!answer.ok) document.querySelector('[role=status]').textContent = (await answer.json()).title;
  else location.reload();
};
document.addEventListener('click', ({ target }) => {
  const { act, id, email, start, end } = target.dataset;
  const path = '/' + id + '?email=' + encodeURIComponent(email);
  const later = (at) => new Date(Date.parse(at) + ${HOUR}).toISOString();
  if (act) target.disabled = true;
  if (act === 'move') void ask('PATCH', path, { start_at: later(start), end_at: later(end) });
  if (act === 'delete') void ask('DELETE', path);
});
document.addEventListener('submit', (event) => {
  event.preventDefault();
  const { email, summary, start, minutes } = Object.fromEntries(new FormData(event.target));
  const from = new Date(start);
  const until = new Date(from.getTime() + minutes * 60000);
  void ask('POST', '', { email, summary, start_at: from.toISOString(), end_at: until.toISOString() });
});
`;
const STYLE = `
form { display: flex; flex-wrap: wrap; gap: .5rem; padding: .75rem 1rem; border-top: 1px solid var(--line); }
input { padding: .25rem .5rem; border: 1px solid var(--line); border-radius: .375rem; background: var(--ground); color: var(--ink); font: inherit; font-size: .8125rem; }
`;

const script = new Html(`<script>${SCRIPT}</script>`);
const style = new Html(`<style>${STYLE}</style>`);
const hash = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** The page runs its own few lines, which ask this server only. */
export const CALENDARS_POLICY =
  `default-src 'none'; style-src ${OWN_STYLE} ${hash(STYLE)}; script-src ${hash(SCRIPT)}; connect-src 'self'; ` +
  `base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

/** Every fake calendar: what stands in it, and a form for more. */
export const calendarsPage = (calendars: readonly Shown[]): string =>
  layout(
    'Sandbox calendars',
    html`<header>
        <h1>Sandbox calendars</h1>
        <p class="small">
          Times in UTC · <a href="/sandbox/google">renew</a> · <a href="/sandbox/google/calendars.json">JSON</a> ·
          <a href="/sandbox/inbox">inbox</a>
        </p>
      </header>
      <p role="status" class="off"></p>
      ${
        calendars.length > 0
          ? calendars.map(section)
          : html`<p class="card empty">Nobody has a calendar yet: connect one, and choose any address.</p>`
      }
      ${script}`,
    style,
  );

const section = ({ email, entry, events }: Shown): Html =>
  html`<h2>${entry.summary}</h2>
    <div class="card">
      ${
        events.length > 0
          ? html`<ul>
              ${inOrder(events, entry.timeZone).map((event) => row(event, email, entry))}
            </ul>`
          : html`<p class="empty">Nothing stands here.</p>`
      }
      ${entry.isPrimary ? form(email) : html``}
    </div>`;

function row(event: Event, email: string, { timeZone, isPrimary }: Shown['entry']): Html {
  const { startAt, endAt } = spanOf(event, timeZone);
  const isLesson = event.extendedProperties?.private?.['scheduling_booking_id'] !== undefined;
  const rule = event.recurrence?.[0] ?? '';
  return html`<li>
    <span class="subject">${event.summary ?? '(no title)'}</span>
    <span class="right ${isLesson ? 'ask' : 'small'}">${isLesson ? 'lesson' : 'private'}</span>
    <span class="small">${shown(startAt)} – ${shown(endAt)} ${rule}</span>
    <span class="small right">${event.hangoutLink ?? ''}</span>
    ${isPrimary ? buttons(event.id ?? '', email, startAt, endAt) : html``}
  </li>`;
}

const buttons = (id: string, email: string, startAt: Date, endAt: Date): Html =>
  html`<span class="buttons">
    <button
      data-act="move"
      data-id="${id}"
      data-email="${email}"
      data-start="${startAt.toISOString()}"
      data-end="${endAt.toISOString()}"
    >
      An hour later
    </button>
    <button data-act="delete" data-id="${id}" data-email="${email}">Delete</button>
  </span>`;

const form = (email: string): Html =>
  html`<form>
    <input type="hidden" name="email" value="${email}" />
    <input name="summary" aria-label="Title" placeholder="Dentist" required />
    <input name="start" aria-label="Begins, on your own clock" type="datetime-local" required />
    <input name="minutes" aria-label="Minutes" type="number" min="1" max="10000" value="60" required />
    <button>Add</button>
  </form>`;

const inOrder = (events: readonly Event[], zone: string): Event[] =>
  events.toSorted((a, b) => spanOf(a, zone).startAt.getTime() - spanOf(b, zone).startAt.getTime());
