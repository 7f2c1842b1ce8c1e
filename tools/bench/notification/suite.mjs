import { reminders } from './reminders.mjs';

/** What is promised of notification's speed. */
export const notification = { reminders };
