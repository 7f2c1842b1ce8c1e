/** What a newcomer needs to go on from here. */
export function welcome(gateway, people) {
  const sam = people.find((person) => person.name === 'Sam');
  const width = Math.max(...people.map(({ email }) => email.length));
  const rows = people.map(
    ({ email, roles, timezone, user_id: id }) =>
      `    ${email.padEnd(width)}  ${roles.join().padEnd(7)}  ${timezone.padEnd(16)}  ${id}`,
  );
  return `
  Gateway        ${gateway}
  API docs       ${gateway}/docs
  E-mail inbox   ${gateway}/sandbox/inbox
  Cards          ${gateway}/sandbox/stripe
  Calendars      ${gateway}/sandbox/google
  Phones         ${gateway}/sandbox/phones
  Push messages  ${gateway}/sandbox/pushes
  All messages   ${gateway}/dev/messages

  People (POST ${gateway}/api/v1/accounts/dev/token {"email": …} gives a token for anyone)
${rows.join('\n')}

  Try it as ${sam.name}
    curl -H "Authorization: Bearer ${sam.access_token}" ${gateway}/api/v1/accounts/tutors

  npm run demo     plays the whole story
  npm run db:url   tells how to connect with psql
  Ctrl-C           stops everything; the data stays
`;
}
