import type { Channel } from './kinds.ts';

/** On which ways messages go as this service is set up; e-mail is always planned, and the ledger says where it could not go. */
export class ChannelsOn {
  constructor(private readonly channels: ReadonlySet<Channel>) {}

  /** Those of these ways that messages are planned for. */
  among = (channels: readonly Channel[]): Channel[] =>
    channels.filter((channel) => channel === 'email' || this.channels.has(channel));
}
