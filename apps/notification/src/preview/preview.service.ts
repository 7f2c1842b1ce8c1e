import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import type { PersonId } from '@scheduling/domain';
import { Liquid } from 'liquidjs';
import { NotificationConfig } from '../config.ts';
import { mailOf } from '../email/mail.ts';
import { mailboxOf } from '../mailbox.ts';
import { type Kind, KINDS } from '../messages/kinds.ts';
import { letterOf } from '../messages/letter.ts';
import { type News, peopleOf } from '../messages/message.ts';
import { segmentsOf } from '../sms/segments.policy.ts';
import { textOf } from '../sms/text.policy.ts';
import { type Locale, LOCALES } from '../templates/format.ts';
import { exampleOf } from './examples.ts';

/** What is looked at. */
export interface View {
  readonly kind: Kind;
  readonly locale: Locale;
  readonly reader: 'student' | 'tutor';
  /** Whether names are such as no friend of ours would choose. */
  readonly isHostile: boolean;
}

const SAID_AT = new Date('2026-12-01T09:00:00Z');
const NAMES = { plain: 'Olena', hostile: '<b>Ann</b>, "Bob"\r\nBcc: eve@example.org 🦊 דנה' };
const ZONES: Readonly<Record<Locale, string>> = {
  en: 'America/New_York',
  uk: 'Europe/Kyiv',
  es: 'Europe/Madrid',
  de: 'Europe/Berlin',
};

/** Texts and pages of an HTML page: each is escaped. */
const liquid = new Liquid({ outputEscape: 'escape', ownPropertyOnly: true });
const page = liquid.parse(readFileSync(join(__dirname, 'page.liquid'), 'utf8'));

@Injectable()
export class PreviewService {
  constructor(private readonly config: NotificationConfig) {}

  /** The page that shows one kind of message as it comes on each way. */
  page(view: View): string {
    const { letter, mail, kind } = this.written(view);
    const { channels } = KINDS[kind];
    const sms = textOf(letter, '00000000-0000-4000-8000-000000c0ffee');
    const link = (more: Partial<View>) => `?${queryOf({ ...view, ...more })}`;
    return String(
      liquid.renderSync(page, {
        kind,
        letter,
        mail,
        sms,
        segments: segmentsOf(sms),
        has: Object.fromEntries(channels.map((channel) => [channel, true])),
        frame: `messages/mail${link({})}`,
        kinds: Object.keys(KINDS).map((one) => ({
          name: one,
          link: link({ kind: one as Kind }),
          isThis: one === kind,
        })),
        locales: LOCALES.map((one) => ({ name: one, link: link({ locale: one }), isThis: one === view.locale })),
        readers: (['student', 'tutor'] as const).map((one) => ({
          name: one,
          link: link({ reader: one }),
          isThis: one === view.reader,
        })),
        names: { link: link({ isHostile: !view.isHostile }), isHostile: view.isHostile },
      }),
    );
  }

  /** The HTML of the mail alone. */
  mail(view: View): string {
    return this.written(view).mail.html;
  }

  private written({ kind, locale, reader, isHostile }: View) {
    const news: News = exampleOf(kind);
    const people = peopleOf(news);
    const name = isHostile ? NAMES.hostile : NAMES.plain;
    const parties = {
      reader: {
        id: (people[reader === 'tutor' ? 1 : 0] ?? people[0]) as PersonId,
        email: 'sam@example.org',
        phone: '+380441234567',
        name: isHostile ? NAMES.hostile : 'Sam',
        timezone: ZONES[locale],
        locale,
        isCalendarConnected: false,
        hasDevice: true,
        hasStopped: false,
        isErased: false,
      },
      other: name,
      from: mailboxOf(this.config.MAIL_FROM),
      byFile: true,
    };
    const letter = letterOf(news, parties, SAID_AT);
    return { kind, letter, mail: mailOf({ message: { news, createdAt: SAID_AT }, parties, letter }) };
  }
}

const queryOf = ({ kind, locale, reader, isHostile }: View): string =>
  new URLSearchParams({ kind, locale, reader, names: isHostile ? 'hostile' : 'plain' }).toString();
