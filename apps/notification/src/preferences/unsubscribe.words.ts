import type { Kind } from '../messages/kinds.ts';

/** What the page about mail of one kind says; `{kind}` stands for the kind. */
export interface Words {
  readonly ask: string;
  readonly asked: string;
  readonly stop: string;
  readonly stopped: string;
  readonly resume: string;
  readonly resumed: string;
  readonly rest: string;
  readonly kinds: Partial<Record<Kind, string>>;
}

const en: Words = {
  ask: 'Stop these e-mails?',
  asked: 'You get e-mail of this kind: {kind}.',
  stop: 'Stop these e-mails',
  stopped: 'You will get no more e-mail of this kind: {kind}.',
  resume: 'Send them again',
  resumed: 'You will get e-mail of this kind again: {kind}.',
  rest: 'What nobody may miss, such as a canceled lesson, still comes. All else is chosen in your notification settings.',
  kinds: {
    booking_pending_payment: 'bookings that wait for their payment',
    booking_completed: 'lessons that are over',
    waitlist_offered: 'free seats that you wait for',
    proposal_answered: 'answers to your proposals',
    lesson_tomorrow: 'reminders a day before a lesson',
    lesson_soon: 'reminders two hours before a lesson',
    series_booked: 'summaries of lessons booked in a series',
    calendar_reconnect: 'requests to connect your calendar again',
    daily_agenda: 'the agenda of your day',
    digest: 'the daily digest',
  },
};

const uk: Words = {
  ask: 'Припинити ці листи?',
  asked: 'Ви отримуєте такі листи: {kind}.',
  stop: 'Припинити ці листи',
  stopped: 'Ви більше не отримуватимете таких листів: {kind}.',
  resume: 'Надсилати знову',
  resumed: 'Ви знову отримуватимете такі листи: {kind}.',
  rest: 'Найважливіше, наприклад скасування уроку, надходитиме й далі. Решту можна вибрати в налаштуваннях сповіщень.',
  kinds: {
    booking_pending_payment: 'бронювання, що очікують оплати',
    booking_completed: 'уроки, що завершилися',
    waitlist_offered: 'вільні місця, на які ви чекаєте',
    proposal_answered: 'відповіді на ваші пропозиції',
    lesson_tomorrow: 'нагадування за день до уроку',
    lesson_soon: 'нагадування за дві години до уроку',
    series_booked: 'підсумки серій заброньованих уроків',
    calendar_reconnect: 'прохання знову під’єднати календар',
    daily_agenda: 'розклад вашого дня',
    digest: 'щоденний дайджест',
  },
};

const es: Words = {
  ask: '¿Dejar de recibir estos correos?',
  asked: 'Recibes correos de este tipo: {kind}.',
  stop: 'Dejar de recibirlos',
  stopped: 'Ya no recibirás correos de este tipo: {kind}.',
  resume: 'Volver a recibirlos',
  resumed: 'Volverás a recibir correos de este tipo: {kind}.',
  rest: 'Lo que nadie debe perderse, como una clase cancelada, seguirá llegando. Lo demás se elige en los ajustes de notificaciones.',
  kinds: {
    booking_pending_payment: 'reservas pendientes de pago',
    booking_completed: 'clases terminadas',
    waitlist_offered: 'plazas libres que esperas',
    proposal_answered: 'respuestas a tus propuestas',
    lesson_tomorrow: 'recordatorios un día antes de la clase',
    lesson_soon: 'recordatorios dos horas antes de la clase',
    series_booked: 'resúmenes de clases reservadas en serie',
    calendar_reconnect: 'peticiones de volver a conectar tu calendario',
    daily_agenda: 'la agenda de tu día',
    digest: 'el resumen diario',
  },
};

const de: Words = {
  ask: 'Diese E-Mails abbestellen?',
  asked: 'Sie erhalten E-Mails dieser Art: {kind}.',
  stop: 'Diese E-Mails abbestellen',
  stopped: 'Sie erhalten keine E-Mails dieser Art mehr: {kind}.',
  resume: 'Wieder erhalten',
  resumed: 'Sie erhalten wieder E-Mails dieser Art: {kind}.',
  rest: 'Was niemand verpassen darf, etwa eine abgesagte Stunde, kommt weiterhin. Alles andere wählen Sie in den Einstellungen für Benachrichtigungen.',
  kinds: {
    booking_pending_payment: 'Buchungen, deren Zahlung aussteht',
    booking_completed: 'beendete Stunden',
    waitlist_offered: 'freie Plätze, auf die Sie warten',
    proposal_answered: 'Antworten auf Ihre Vorschläge',
    lesson_tomorrow: 'Erinnerungen einen Tag vor der Stunde',
    lesson_soon: 'Erinnerungen zwei Stunden vor der Stunde',
    series_booked: 'Übersichten über gebuchte Serien',
    calendar_reconnect: 'Bitten, den Kalender wieder zu verbinden',
    daily_agenda: 'Ihr Tagesplan',
    digest: 'die tägliche Zusammenfassung',
  },
};

/** By language. */
export const WORDS: Readonly<Record<string, Words>> = { en, uk, es, de };
