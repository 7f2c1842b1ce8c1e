import { invalid } from './google-refusal.ts';

/** What a person is asked to agree to. */
export interface ConsentRequest {
  readonly redirectUri: string;
  readonly scopes: readonly string[];
  readonly state: string;
  readonly challenge: string;
  /** Whether a refresh token is wanted. */
  readonly isOffline: boolean;
  /** Whether the person is asked though they have agreed before. */
  readonly isAskedAgain: boolean;
  /** Whether what was agreed to before is granted along with it. */
  readonly includesGranted: boolean;
}

const KNOWN = new Set(
  (
    'client_id,redirect_uri,response_type,scope,state,access_type,prompt,include_granted_scopes,login_hint,' +
    'code_challenge,code_challenge_method'
  ).split(','),
);

/** Reads what a consent is asked with; refuses what Google refuses, and a consent without PKCE. */
export function readConsent(params: URLSearchParams, clientId: string): ConsentRequest {
  const of = (name: string) => params.get(name) ?? '';
  const strange = [...params.keys()].find((name) => !KNOWN.has(name));
  if (strange !== undefined) throw refused(`The double does not know the parameter ${strange}.`);
  if (of('client_id') !== clientId) throw refused('The OAuth client was not found.', 'invalid_client');
  if (of('response_type') !== 'code') throw refused('Invalid response_type.');
  if (!/^https?:$/.test(URL.parse(of('redirect_uri'))?.protocol ?? '')) throw refused('Invalid redirect_uri.');
  if (of('code_challenge') === '' || of('code_challenge_method') !== 'S256') throw refused('S256 is wanted.');
  const scopes = of('scope').split(' ').filter(Boolean);
  if (scopes.length === 0) throw refused('Missing required parameter: scope');
  return {
    redirectUri: of('redirect_uri'),
    scopes,
    state: of('state'),
    challenge: of('code_challenge'),
    isOffline: of('access_type') === 'offline',
    isAskedAgain: of('prompt').split(' ').includes('consent'),
    includesGranted: of('include_granted_scopes') === 'true',
  };
}

const refused = (message: string, reason = 'invalid_request') => invalid(message, reason);
