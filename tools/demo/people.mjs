import { randomBytes } from 'node:crypto';
import { call } from './gateway.mjs';
import { check, show } from './tell.mjs';

const run = randomBytes(3).toString('hex');

/** A new person of this run, signed in. */
export async function person(name, role, timezone) {
  const email = `${name.toLowerCase()}.${run}@demo.test`;
  const answer = await call('POST', '/api/v1/accounts/dev/token', { body: { email, name, roles: [role], timezone } });
  check([200, 201].includes(answer.status), `${name} signs in`, answer);
  show(`${email}, ${role}, ${timezone}`);
  return { name, email, timezone, id: answer.body.user_id, token: answer.body.access_token };
}
