import { createHash } from 'node:crypto';
import type Stripe from 'stripe';
import { html, Html } from '../pages/html.ts';
import { layout, OWN_STYLE, shown } from '../pages/layout.ts';
import { CARDS } from './cards.ts';

type Intent = Stripe.PaymentIntent | Stripe.SetupIntent;

/** Paying is a request of JSON, which a page of somebody else's cannot send: a form could. */
const SCRIPT = `
document.addEventListener('click', async ({ target }) => {
  const { id, card } = target.dataset;
  if (!card) return;
  target.disabled = true;
  const answer = await fetch('/sandbox/stripe/intents/' + id + '/pay', {
    method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ card }),
  });
  if (!answer.ok) document.querySelector('[role=status]').textContent = (await answer.json()).title;
  else location.reload();
});
`;

const script = new Html(`<script>${SCRIPT}</script>`);
const ownScript = `'sha256-${createHash('sha256').update(SCRIPT).digest('base64')}'`;

/** The page runs its own few lines, which ask this server only. */
export const INTENTS_POLICY =
  `default-src 'none'; style-src ${OWN_STYLE}; script-src ${ownScript}; connect-src 'self'; ` +
  `base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

const RENEW_SECONDS = 10;

/** The intents in the order given, each with a button for each card while it is to be paid. */
export const intentsPage = (intents: readonly Intent[]): string =>
  layout(
    'Sandbox Stripe',
    html`<header>
        <h1>Sandbox Stripe</h1>
        <p class="small">
          ${intents.length} shown, newest first · <a href="/sandbox/stripe/intents.json">JSON</a> ·
          <a href="/sandbox/inbox">inbox</a>
        </p>
      </header>
      <p role="status" class="off"></p>
      <div class="card">
        ${
          intents.length > 0
            ? html`<ul>
                ${intents.map(row)}
              </ul>`
            : html`<p class="empty">Nothing to pay yet.</p>`
        }
      </div>
      ${script}`,
    html`<meta http-equiv="refresh" content="${RENEW_SECONDS}" />`,
  );

const row = (intent: Intent): Html =>
  html`<li>
    <span class="subject">${what(intent)}</span>
    <span class="right ${tone(intent)}">${intent.status.replaceAll('_', ' ')}</span>
    <span class="small">${intent.id}${notes(intent)}</span>
    <span class="small right">${shown(new Date(intent.created * 1000))}</span>
    ${isOpen(intent) ? buttons(intent) : html``}
  </li>`;

const what = (intent: Intent): string =>
  intent.object === 'payment_intent' ? money(intent.amount, intent.currency) : 'Save a card';

/** An amount for people; Stripe counts in the currency's smallest unit, which for yen is the yen itself. */
function money(amount: number, currency: string): string {
  const format = new Intl.NumberFormat('en', { style: 'currency', currency: currency.toUpperCase() });
  const { maximumFractionDigits: digits = 2 } = format.resolvedOptions();
  return format.format(amount / 10 ** digits);
}

const notes = ({ metadata }: Intent): string =>
  Object.entries(metadata ?? {})
    .map(([name, value]) => ` · ${name} ${value}`)
    .join('');

const isOpen = ({ status }: Intent): boolean =>
  status === 'requires_payment_method' || status === 'requires_confirmation';

function tone({ status }: Intent): string {
  if (status === 'succeeded' || status === 'requires_capture') return 'ask';
  return status === 'canceled' ? 'off' : 'small';
}

const buttons = ({ id }: Intent): Html =>
  html`<span class="buttons">
    ${CARDS.map((card) => html`<button data-id="${id}" data-card="${card}">${LABELS[card]}</button>`)}
  </span>`;

const LABELS = {
  ok: 'Pay',
  declined: 'Card is declined',
  expires: 'Authorization expires',
  capture_refused: 'Capture is refused',
} as const satisfies Record<(typeof CARDS)[number], string>;
