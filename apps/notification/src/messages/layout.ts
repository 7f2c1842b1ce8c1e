import { Html, html } from './html.ts';

/** What a mail says, before it is set as text or as HTML. */
export interface Letter {
  /** BCP 47 tag of the language that it is in. */
  readonly language: string;
  readonly subject: string;
  readonly greeting: string;
  readonly headline: string;
  readonly lead: string;
  /** What the other person wrote, word for word. */
  readonly quote?: string;
  readonly facts: readonly (readonly [label: string, value: string])[];
  readonly action?: { readonly label: string; readonly link: string };
  readonly footer: string;
}

/** Sets a letter as plain text. */
export function textOf({ greeting, lead, quote, facts, action, footer }: Letter): string {
  const width = Math.max(...facts.map(([label]) => label.length)) + 2;
  const paragraphs = [
    greeting,
    lead,
    quote && `"${quote}"`,
    facts.map(([label, value]) => `${`${label}:`.padEnd(width)}${value}`).join('\n'),
    action && `${action.label}:\n${action.link}`,
    `-- \n${footer}`,
  ];
  return `${paragraphs.filter(Boolean).join('\n\n')}\n`;
}

// Mail programs know tables and inline styles; the few that know the style element turn dark with their reader.
const DARK = `
  @media (prefers-color-scheme: dark) {
    .page { background: #15171a !important; }
    .card { background: #202328 !important; border-color: #363b42 !important; }
    .ink { color: #f0f1f3 !important; }
    .faint { color: #a8afb9 !important; }
    .line { border-color: #363b42 !important; }
    .quote { border-color: #6ea8fe !important; }
    .button { background: #6ea8fe !important; color: #10131a !important; }
  }
  @media (max-width: 480px) {
    .page-cell { padding: 12px !important; }
    .card-cell { padding: 24px 20px !important; }
    .label, .value { display: block !important; width: auto !important; }
    .label { padding-bottom: 0 !important; }
    .value { border-top: 0 !important; padding-top: 2px !important; }
  }`;

const FONT = 'font-family:-apple-system,BlinkMacSystemFont,Segoe UI,Roboto,Helvetica,Arial,sans-serif';
const INK = `${FONT};color:#1b1f24`;
const FAINT = `${FONT};color:#5b6470`;

/** Sets a letter as an HTML document of at most 600 pixels: inline styles, readable without them, light and dark. */
export function htmlOf(letter: Letter): string {
  const { language, subject, greeting, headline, lead, quote, facts, action, footer } = letter;
  return html`<!doctype html>
    <html lang="${language}" dir="ltr">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        <title>${subject}</title>
        <style>
          ${new Html(DARK)}
        </style>
      </head>
      <body class="page" style="margin:0;padding:0;background:#f2f4f6">
        <table
          role="presentation"
          class="page"
          width="100%"
          cellpadding="0"
          cellspacing="0"
          border="0"
          style="background:#f2f4f6"
        >
          <tr>
            <td class="page-cell" align="center" style="padding:24px">
              <table
                role="presentation"
                class="card"
                width="100%"
                cellpadding="0"
                cellspacing="0"
                border="0"
                style="max-width:600px;background:#ffffff;border:1px solid #dfe3e8;border-radius:12px"
              >
                <tr>
                  <td class="card-cell" style="padding:32px">
                    <h1
                      class="ink"
                      style="${INK};margin:0 0 16px;font-size:24px;line-height:1.3;font-weight:600;overflow-wrap:anywhere"
                    >
                      ${headline}
                    </h1>
                    <p class="ink" style="${INK};margin:0 0 8px;font-size:16px;line-height:1.5;overflow-wrap:anywhere">
                      ${greeting}
                    </p>
                    <p class="ink" style="${INK};margin:0 0 24px;font-size:16px;line-height:1.5;overflow-wrap:anywhere">
                      ${lead}
                    </p>
                    ${quote ? quotation(quote) : ''}
                    <table
                      width="100%"
                      cellpadding="0"
                      cellspacing="0"
                      border="0"
                      style="border-collapse:collapse;margin:0 0 24px"
                    >
                      ${facts.map(([label, value]) => fact(label, value))}
                    </table>
                    ${action ? button(action.label, action.link) : ''}
                    <p
                      class="faint"
                      style="${FAINT};margin:24px 0 0;font-size:13px;line-height:1.5;overflow-wrap:anywhere"
                    >
                      ${footer}
                    </p>
                  </td>
                </tr>
              </table>
            </td>
          </tr>
        </table>
      </body>
    </html> `.toString();
}

const quotation = (quote: string): Html =>
  html`<blockquote
    class="ink quote"
    dir="auto"
    style="${INK};margin:0 0 24px;padding:4px 16px;border-left:4px solid #0b5fd0;font-size:16px;line-height:1.5;overflow-wrap:anywhere"
  >
    ${quote}
  </blockquote>`;

const fact = (label: string, value: string): Html =>
  html`<tr>
    <th
      class="label line faint"
      scope="row"
      align="left"
      valign="top"
      width="96"
      style="${FAINT};padding:10px 12px 10px 0;border-top:1px solid #dfe3e8;font-size:14px;line-height:1.5;font-weight:400"
    >
      ${label}
    </th>
    <td
      class="value line ink"
      valign="top"
      style="${INK};padding:10px 0;border-top:1px solid #dfe3e8;font-size:16px;line-height:1.4;overflow-wrap:anywhere"
    >
      ${value}
    </td>
  </tr>`;

const button = (label: string, link: string): Html =>
  html`<p style="margin:0 0 12px">
      <a
        class="button"
        href="${link}"
        style="${FONT};display:inline-block;padding:13px 24px;border-radius:8px;background:#0b5fd0;color:#ffffff;font-size:16px;line-height:1.25;font-weight:600;text-decoration:none"
        >${label}</a
      >
    </p>
    <p class="faint" style="${FAINT};margin:0;font-size:13px;line-height:1.5;overflow-wrap:anywhere">${link}</p>`;
