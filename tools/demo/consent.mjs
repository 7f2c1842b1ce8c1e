import { check } from './tell.mjs';

/** Agrees at the consent page as a browser does: reads the page, sends its form, and follows it back. */
export async function agree(url, { email, name }) {
  const page = await fetch(here(url));
  const text = await page.text();
  check(page.status === 200 && text.includes('<form'), `${name} is asked by Google`, { status: page.status });
  const form = new URLSearchParams();
  for (const [input] of text.matchAll(/<input[^>]*>/g)) {
    const [field, value] = [attribute(input, 'name'), attribute(input, 'value')];
    if (field && (/type="hidden"/.test(input) || /type="checkbox"/.test(input))) form.append(field, value ?? '');
  }
  form.set('email', email);
  form.set('decision', 'allow');
  const agreed = await fetch(here(url), { method: 'POST', body: form, redirect: 'manual' });
  const back = await fetch(here(agreed.headers.get('location')));
  check(back.status === 200 && (await back.text()).includes('is connected'), `${name} agrees, and is sent back`, {
    status: back.status,
  });
}

/** Names that end in `.localhost` are this machine (RFC 6761): browsers know that, and not every resolver does. */
const here = (url) => url.replace(/^(http:\/\/)[\w-]+\.localhost(?=[:/])/, '$1localhost');

const attribute = (tag, name) => {
  const value = new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1];
  return value
    ?.replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
};
