import { CannotStart } from '../postgres/cannot-start.mjs';

/** A tutor and a student who live by different clocks, a rival for the student, and someone who may grant credits. */
const PEOPLE = [
  { email: 'olena@demo.test', name: 'Olena', roles: ['tutor'], timezone: 'Europe/Kyiv' },
  { email: 'sam@demo.test', name: 'Sam', roles: ['student'], timezone: 'America/New_York' },
  { email: 'mia@demo.test', name: 'Mia', roles: ['student'], timezone: 'Asia/Tokyo' },
  { email: 'admin@demo.test', name: 'Ada', roles: ['admin'], timezone: 'UTC' },
];

/** Makes the demo people through the gateway, or finds them; answers them with ids and tokens. */
export async function makePeople(gateway) {
  const people = [];
  for (const person of PEOPLE) people.push({ ...person, ...(await tokenFor(gateway, person)) });
  return people;
}

async function tokenFor(gateway, person) {
  const answer = await fetch(`${gateway}/api/v1/accounts/dev/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(person),
  });
  const body = await answer.text();
  if (!answer.ok)
    throw new CannotStart(`The demo people could not be made: the gateway answered ${answer.status} ${body}`);
  return JSON.parse(body);
}
