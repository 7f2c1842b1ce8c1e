import { check } from './tell.mjs';

/** Agrees at the consent page as a browser does: reads the page, sends its form, and follows it back. */
export async function agree(url, { email, name }) {
  const page = await fetch(url);
  const text = await page.text();
  check(page.status === 200 && text.includes('<form'), `${name} is asked by Google`, { status: page.status });
  const form = new URLSearchParams();
  for (const [input] of text.matchAll(/<input[^>]*>/g)) {
    const [field, value] = [attribute(input, 'name'), attribute(input, 'value')];
    if (field && (/type="hidden"/.test(input) || /type="checkbox"/.test(input))) form.append(field, value ?? '');
  }
  form.set('email', email);
  form.set('decision', 'allow');
  const agreed = await fetch(url, { method: 'POST', body: form, redirect: 'manual' });
  const back = await fetch(agreed.headers.get('location'));
  check(back.status === 200 && (await back.text()).includes('is connected'), `${name} agrees, and is sent back`, {
    status: back.status,
  });
}

const attribute = (tag, name) => {
  const value = new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1];
  return value
    ?.replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
};
