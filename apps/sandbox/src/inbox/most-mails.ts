/** How many mails the inbox keeps, the newest ones. */
export const MOST_MAILS = 20_000;
