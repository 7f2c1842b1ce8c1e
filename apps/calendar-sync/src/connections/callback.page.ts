import { createHash } from 'node:crypto';

const STYLE = `
:root { color-scheme: light dark; --ink: #1b1b1f; --soft: #62626e; --ground: #f6f6f8; --card: #fff; --line: #e3e3e8; }
@media (prefers-color-scheme: dark) { :root { --ink: #ececf1; --soft: #a9a9b6; --ground: #17171a; --card: #202024; --line: #33333b; } }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: var(--ground); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 26rem; margin: 1rem; padding: 2rem; background: var(--card); border: 1px solid var(--line); border-radius: .75rem; }
h1 { margin: 0 0 .5rem; font-size: 1.375rem; line-height: 1.3; }
p { margin: 0; color: var(--soft); }
`;

/** The page has a style of its own, and nothing else that a browser would load or run. */
export const PAGE_POLICY = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

/** How a consent can end, as its person reads it. */
export const OUTCOMES = {
  connected: {
    status: 200,
    title: 'Your calendar is connected',
    text: 'Your lessons will appear in it, and what stands in it closes your open hours. You can close this window.',
  },
  declined: {
    status: 200,
    title: 'Your calendar is not connected',
    text: 'You did not agree, and nothing was changed. You can close this window.',
  },
  too_little: {
    status: 409,
    title: 'Something is missing',
    text: 'Your calendar can only be connected with all boxes ticked. Please go back to where you began, and connect it again.',
  },
  unknown: {
    status: 409,
    title: 'This link is no longer good',
    text: 'It was used before, or too much time has passed. Please go back to where you began, and connect your calendar again.',
  },
  failed: {
    status: 503,
    title: 'Your calendar is not connected yet',
    text: 'Google did not answer as it should. Please go back to where you began, and try again in a minute.',
  },
} as const;

/** The page that says how a consent has ended. */
export const callbackPage = (outcome: keyof typeof OUTCOMES): string => {
  const { title, text } = OUTCOMES[outcome];
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>${title}</title>
    <style>${STYLE}</style>
  </head>
  <body>
    <main>
      <h1>${title}</h1>
      <p>${text}</p>
    </main>
  </body>
</html>
`;
};
