/** What a sync token stands for; whoever was given one cannot read it. */
export interface SyncToken {
  readonly calendarId: string;
  /** The last change of the calendar that it knows. */
  readonly change: number;
  /** Tokens of an age that is past are over. */
  readonly age: number;
  readonly isSingle: boolean;
  /** The window of the list that it began with, in milliseconds. */
  readonly from: number;
  readonly until: number;
}

export const syncToken = (token: SyncToken): string => Buffer.from(JSON.stringify(token)).toString('base64url');

/** Reads a token that was given; nothing, where none was given like it. */
export function readSyncToken(text: string): SyncToken | undefined {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString('utf8')) as SyncToken;
  } catch {
    return undefined;
  }
}
