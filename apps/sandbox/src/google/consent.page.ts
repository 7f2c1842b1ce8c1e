import { createHash } from 'node:crypto';
import { html, Html } from '../pages/html.ts';
import { layout, OWN_STYLE } from '../pages/layout.ts';
import type { ConsentRequest } from './consent-request.ts';

const STYLE = `
form { padding: 1rem; display: grid; gap: 1rem; }
input[type=email] { display: block; width: 100%; margin-top: .25rem; padding: .5rem; font: inherit; border: 1px solid var(--line); border-radius: .375rem; background: var(--ground); color: var(--ink); }
fieldset { border: 1px solid var(--line); border-radius: .375rem; }
fieldset label { display: block; padding: .25rem 0; }
button { font-size: 1rem; padding: .5rem 1.25rem; }
`;

const style = new Html(`<style>${STYLE}</style>`);
const ownStyle = `'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`;

/** The form may go here, and from here back to who asked; a browser reads `form-action` for both. */
export const CONSENT_POLICY = (asker: string): string =>
  `default-src 'none'; style-src ${OWN_STYLE} ${ownStyle}; form-action 'self' ${asker}; base-uri 'none'; frame-ancestors 'none'`;

/** Asks a person who they are and what they agree to; the form goes back to where the page came from. */
export const consentPage = ({ scopes }: ConsentRequest, emails: readonly string[], hint: string): string =>
  layout(
    'Sandbox Google: agree',
    html`<header><h1>Somebody wants to use your calendar</h1></header>
      <form method="post" class="card">
        <p>This is not Google: whatever address you choose gets a calendar here.</p>
        <label>
          Account
          <input
            name="email"
            type="email"
            required
            list="emails"
            value="${hint}"
            placeholder="you@example.org"
            autocomplete="off"
            autofocus
          />
        </label>
        <datalist id="emails">${emails.map((email) => html`<option value="${email}"></option>`)}</datalist>
        <fieldset>
          <legend>What it may do</legend>
          ${scopes.map(box)}
        </fieldset>
        <div class="buttons">
          <button name="decision" value="allow">Allow</button>
          <button name="decision" value="deny" formnovalidate>Deny</button>
        </div>
      </form>`,
    style,
  );

const box = (scope: string): Html =>
  html`<label>
    <input type="checkbox" name="scope" value="${scope}" checked />
    ${WORDS.get(scope.split('/').at(-1)!) ?? scope}
  </label>`;

const WORDS = new Map([
  ['calendar.events', 'See and change the events of your calendars'],
  ['calendar.freebusy', 'See when you are busy'],
  ['calendar.calendarlist.readonly', 'See the list of your calendars'],
]);
