import type { Received, Reply } from '../doubles/http-server.ts';
import type { Desk } from './answering.ts';
import { CONSENT_POLICY, consentPage } from './consent.page.ts';
import { type ConsentRequest, readConsent } from './consent-request.ts';
import { invalid, notFound } from './google-refusal.ts';

const EMAIL = /^[^\s@<>"]{1,64}@[^\s@<>"]{1,190}$/;

/** Shows the page on which a person agrees, or sends their browser back with what they said. */
export function consented({ grants, world }: Pick<Desk, 'grants' | 'world'>, { method, query, body }: Received): Reply {
  const params = new URLSearchParams(query);
  const request = readConsent(params, grants.client.id);
  if (method === 'GET') return page(consentPage(request, world.emails(), params.get('login_hint') ?? ''), request);
  if (method !== 'POST') throw notFound();
  const form = new URLSearchParams(body);
  if (form.get('decision') !== 'allow') return back(request, { error: 'access_denied' });
  const email = form.get('email')?.trim().toLowerCase() ?? '';
  if (!EMAIL.test(email)) throw invalid('That is no address.');
  const scopes = request.scopes.filter((scope) => form.getAll('scope').includes(scope));
  world.add(email);
  return back(request, { code: grants.agree(request, { email, scopes }), scope: scopes.join(' ') });
}

function back({ redirectUri, state }: ConsentRequest, said: Record<string, string>): Reply {
  const url = new URL(redirectUri);
  for (const [name, value] of Object.entries({ ...(state && { state }), ...said })) url.searchParams.set(name, value);
  return { status: 303, body: '', headers: { location: url.href, 'cache-control': 'no-store' } };
}

const page = (body: string, { redirectUri }: ConsentRequest): Reply => ({
  status: 200,
  body,
  headers: {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': CONSENT_POLICY(new URL(redirectUri).origin),
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-store',
  },
});
